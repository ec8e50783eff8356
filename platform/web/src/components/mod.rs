//! Shared pieces of pages.
use crate::T;
use access::Roles;
use kernel::{Error, Kind};

pub(crate) fn error_title(_: Kind) -> &'static str {
    "error-title"
}
pub(crate) fn error_page(t: T, error: &Error, number: Option<&str>, _: &Roles) -> String {
    format!("<h1>{}</h1><p>{}</p>", t.of(error), number.unwrap_or_default())
}

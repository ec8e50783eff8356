//! The frame around every page: compiled once, here; a page is only its own body.
use crate::{Fault, Surroundings};

/// The whole document.
pub(crate) fn frame(around: &Surroundings, body: &str) -> Result<String, Fault> {
    Ok(format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"></head><body><main id=\"main\" data-page=\"{}\">{body}</main></body></html>",
        around.title,
        crate::assets::css_path(),
        around.page
    ))
}

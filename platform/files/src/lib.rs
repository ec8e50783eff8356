//! Evidence files: original bytes under their hash, told by content, cited by whatever they prove.
//!
//! A file is received before any unit of work ([`Store::begin`]), and is durable before its row is written ([`record`]):
//! whatever is killed in between leaves a blob that nothing names, never a row without its file. Files go out with the
//! headers of [`FileRow::headers`] and no others, so that nothing somebody sent runs in a reader's browser.
//!
//! Other files that people hand in are as durable before they are acknowledged ([`Landing`]).
//!
//! Who may read a file is the caller's to ask: the organisations of its row and of its [`citations`] say where it stands.
mod catalogue;
mod copy;
mod kind;
mod landing;
mod name;
mod serving;
mod store;

pub use catalogue::{Citation, FileRow, NewFile, citations, cite, cited, counted, of_org, one, record, uncite};
pub use copy::{Carrier, Copied, named};
pub use kind::Kind;
pub use landing::Landing;
pub use store::{Hash, Incoming, MAX_BYTES, Store, Stored};

use db::Migration;
use kernel::Error;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0007_files", sql: include_str!("../migrations/0007_files.sql") }];

/// This crate's sentences, by language.
pub const WORDS: &[(&str, &str)] =
    &[("zh", include_str!("../../../content/locales/zh/files.ftl")), ("en", include_str!("../../../content/locales/en/files.ftl"))];

/// For other files of the data directory: a full disk is the same refusal wherever it is met.
pub fn refusal(e: std::io::Error) -> Error {
    store::failed(e)
}

//! Files that tests hand in.
#![allow(clippy::expect_used, reason = "in a test, what is missing is a failure")]
use std::io::Write;
use tempfile::{NamedTempFile, TempPath};

/// A file with this text, which lies there until it is dropped.
pub fn lying(text: &str) -> TempPath {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room for it");
    file.into_temp_path()
}

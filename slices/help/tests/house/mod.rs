//! What both tests read: every catalogue of the house, since texts name buttons by their keys.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use std::fs;
use std::path::Path;
use web::Texts;

pub fn texts() -> Texts {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for lang in ["zh", "en"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/locales").join(lang)).unwrap() {
            all.push((lang, fs::read_to_string(entry.unwrap().path()).unwrap().leak()));
        }
    }
    Texts::load(all).unwrap()
}

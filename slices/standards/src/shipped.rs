//! The regulations that ship with the program and stand in every database.
use crate::edition::{Edition, Shelf, read};
use kernel::{Error, Result};
use scheme::Scheme;
use std::sync::Arc;

const SCHEMES: &[&str] = &[include_str!("../../../content/schemes/LN-JG-27.toml")];

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// File names and contents of content/regulations.
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../../content/regulations/", $name)))),*];
    };
}
files![
    "reg-zb-2018.toml",
    "reg-xj-2020.toml",
    "reg-dy-2019.toml",
    "reg-fz-2014.toml",
    "reg-fz-2026.toml",
    "reg-df-2008.toml",
    "reg-jg-2019.toml",
    "ln-sz-xz-2016.toml",
    "ln-sz-xz-2018.toml",
    "sample-xz-2023.toml",
    "sample-xz-2025.toml",
];

/// All shipped editions.
///
/// # Errors
/// Internal, naming the file, if one cannot be read; a test reads them all.
pub fn editions() -> Result<Vec<Edition>> {
    FILES.iter().map(|(name, text)| read(text).map_err(|e| Error::internal(format!("{name}: {e:?}")))).collect()
}

/// All shipped schemes.
///
/// # Errors
/// Internal, naming the finding, if one cannot be read.
pub fn schemes() -> Result<Vec<Scheme>> {
    SCHEMES.iter().map(|text| scheme::parse_toml(text).map_err(|f| Error::internal(format!("{:?}", f.first())))).collect()
}

/// The demo's standard and star rules, which a cycle of the demo binds beside its scheme (S42). Not in other databases.
///
/// # Errors
/// As [`editions`].
pub fn demo() -> Result<Vec<Edition>> {
    let files = [include_str!("../../../content/demo/sample-gf-2024.toml"), include_str!("../../../content/demo/sample-xj-2024.toml")];
    files.iter().map(|text| read(text).map_err(|e| Error::internal(format!("demo: {e:?}")))).collect()
}

/// The shipped editions as a shelf; what `scheme check` asks, which opens no database.
///
/// # Errors
/// As [`editions`].
pub fn shelf() -> Result<Shelf> {
    Ok(Shelf::new(editions()?.into_iter().map(Arc::new).collect()))
}

#[cfg(test)]
#[path = "shipped_tests.rs"]
mod tests;

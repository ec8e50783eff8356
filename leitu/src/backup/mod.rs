//! A backup is a folder: the database as one SQLite file whatever the engine, the evidence that database names, and a manifest
//! that comes last. A folder without it is none, so one that was cut off is never taken for a whole one.
//!
//! `leitu.db` and `files/` stand in it as in a data directory.
pub mod make;
pub mod manifest;
pub mod restore;

use crate::ground::make_private;
use files::{Carrier, Copied, Hash, Store};
use kernel::{Error, Result};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const DATABASE: &str = "leitu.db";
const FILES: &str = "files";
const MANIFEST: &str = "manifest.json";

/// Evidence that was carried over, and what could not be.
#[derive(Default)]
pub struct Evidence {
    pub files: u64,
    pub bytes: u64,
    /// Where it should lie.
    pub missing: Vec<PathBuf>,
    /// What lies there is something else.
    pub damaged: Vec<PathBuf>,
}

/// Carries over all that is named and there.
fn carry(named: &[Hash], from: &Path, to: &Path) -> Result<Evidence> {
    make_private(to)?;
    let mut evidence = Evidence::default();
    let mut carrier = Carrier::new(Store::at(from), Store::at(to));
    for hash in named {
        match carrier.carry(hash)? {
            Copied::Whole(bytes) => {
                evidence.files += 1;
                evidence.bytes += bytes;
            }
            Copied::Missing => evidence.missing.push(Store::at(from).place(hash)),
            Copied::Damaged => evidence.damaged.push(Store::at(from).place(hash)),
        }
    }
    carrier.end()?;
    sync(to)?;
    Ok(evidence)
}

/// The names in a folder, as they are on the disk.
fn sync(folder: &Path) -> Result<()> {
    fs::File::open(folder).and_then(|f| f.sync_all()).map_err(|e| unwritten(folder, &e))
}

fn unwritten(path: &Path, why: &io::Error) -> Error {
    Error::invalid("backup-file").with("path", path.display()).with("problem", why)
}

/// Everything in a folder; a folder that is not there is empty.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed?.map(|entry| Ok(entry?.path())).collect(),
    }
}

//! What a backup says of itself.
use super::{Evidence, MANIFEST, sync, unwritten};
use db::Content;
use kernel::{Error, Result};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The form of the folder; a program that reads another one says so.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize, Debug)]
pub struct Manifest {
    pub form: u32,
    /// Of the program that made it.
    pub version: String,
    /// The engine it was made from: `sqlite` or `postgres`.
    pub engine: String,
    pub made: String,
    pub database: File,
    pub audit: Audit,
    pub evidence: Files,
    pub tables: Vec<Table>,
}

#[derive(Serialize, Deserialize, Debug)]
pub struct File {
    pub bytes: u64,
    pub sha256: String,
}

/// The log as it stands in the copy.
#[derive(Serialize, Deserialize, Debug)]
pub struct Audit {
    pub events: i64,
    pub segments: i64,
    /// SHA-256 over the heads of all segments.
    pub head: String,
    /// Whether it held when it was copied.
    pub whole: bool,
}

#[derive(Serialize, Deserialize, Debug)]
pub struct Files {
    pub files: u64,
    pub bytes: u64,
    /// Named by the database, but lost or damaged before the backup was made.
    pub missing: u64,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, Debug)]
pub struct Table {
    pub name: String,
    pub rows: u64,
    /// The sum of its rows' SHA-256: the same on both engines.
    pub digest: String,
}

impl Manifest {
    pub fn new(engine: &str, made: String, database: &Path, audit: Audit, evidence: &Evidence, tables: Vec<Content>) -> Result<Self> {
        let missing = evidence.missing.len() + evidence.damaged.len();
        let table = |c: Content| Table { name: c.table, rows: c.rows, digest: hex(&c.digest) };
        Ok(Self {
            form: FORM,
            version: env!("CARGO_PKG_VERSION").into(),
            engine: engine.into(),
            made,
            database: file(database)?,
            audit,
            evidence: Files { files: evidence.files, bytes: evidence.bytes, missing: missing as u64 },
            tables: tables.into_iter().map(table).collect(),
        })
    }
    /// Comes last: from now on the folder is a backup.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let (part, whole) = (dir.join(format!("{MANIFEST}.part")), dir.join(MANIFEST));
        let text = serde_json::to_string_pretty(self).map_err(Error::internal)? + "\n";
        let write = || {
            let mut out = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()?;
            fs::rename(&part, &whole)
        };
        write().map_err(|e| unwritten(&whole, &e))?;
        sync(dir)
    }
    /// # Errors
    /// `restore-no-backup` for a folder without a manifest that can be read; `restore-newer` for one of a newer program.
    pub fn read(dir: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Form {
            form: u32,
        }
        let none = || Error::invalid("restore-no-backup").with("path", dir.display());
        let text = fs::read_to_string(dir.join(MANIFEST)).map_err(|_| none())?;
        let Form { form } = serde_json::from_str(&text).map_err(|_| none())?;
        if form != FORM {
            return Err(Error::invalid("restore-newer").with("path", dir.display()));
        }
        serde_json::from_str(&text).map_err(|_| none())
    }
}

/// Length and hash of a file.
pub fn file(path: &Path) -> Result<File> {
    let (mut sum, mut bytes, mut buffer) = (Context::new(&SHA256), 0, vec![0; 1 << 20]);
    let unreadable = |e: std::io::Error| Error::invalid("file-unreadable").with("path", path.display()).with("why", e);
    let mut file = fs::File::open(path).map_err(unreadable)?;
    loop {
        match file.read(&mut buffer).map_err(unreadable)? {
            0 => return Ok(File { bytes, sha256: hex(sum.finish().as_ref()) }),
            n => {
                sum.update(buffer.get(..n).unwrap_or_default());
                bytes += n as u64;
            }
        }
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

//! `backup`: the database and the evidence files. Keys are left out, so that a stolen copy opens nothing.
use crate::actor::actor;
use crate::ground::{Ground, make_private};
use crate::options::Place;
use crate::words;
use kernel::{Error, Result};
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

pub async fn run(place: &Place, dir: &Path) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    if !place.embedded() {
        return Err(Error::invalid("backup-postgres"));
    }
    if dir.join("files").exists() {
        return Err(Error::conflict("backup-exists").with("path", dir.join("files").display()));
    }
    make_private(dir)?;
    administration::note_backup(&ground.db, &actor()).await?;
    let copy = ground.db.backup_to(dir).await?;
    // After the database: a row is written only when its file is there, and files never change.
    let files = copy_files(&place.data_dir.join("files"), &dir.join("files"));
    let files = files.map_err(|e| Error::invalid("backup-file").with("path", dir.display()).with("problem", e))?;
    println!("{}", words::say("backup-made", &[("path", &copy.display().to_string()), ("files", &files.to_string())]));
    println!("{}", words::say("backup-without-keys", &[("keys", &place.key_dir().display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// Copies all that is whole; what is still coming in has no row yet.
fn copy_files(from: &Path, to: &Path) -> io::Result<u64> {
    fs::create_dir_all(to)?;
    if !from.exists() {
        return Ok(0);
    }
    let mut copied = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() && entry.file_name() != "incoming" {
            copied += copy_files(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &target)?;
            fs::File::open(&target)?.sync_all()?;
            copied += 1;
        }
    }
    fs::File::open(to)?.sync_all()?;
    Ok(copied)
}

//! A copy of a SQLite database while it is in use.
use crate::{Result, sqlite::Conn};
use rusqlite::{Connection, backup::Backup};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// The copy has a name of its own until it is whole, checked and on the disk.
pub(crate) fn copy(database: &Path, dir: &Path) -> Result<PathBuf> {
    let target = dir.join(database.file_name().unwrap_or(database.as_os_str()));
    if target.exists() {
        return Err(kernel::Error::conflict("backup-exists").with("path", target.display()).into());
    }
    let broken = |e: std::io::Error| kernel::Error::invalid("backup-file").with("path", target.display()).with("problem", e);
    std::fs::create_dir_all(dir).map_err(broken)?;
    let mut part = target.clone().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    if part.exists() {
        std::fs::remove_file(&part).map_err(broken)?;
    }
    fill(database, &part)?;
    File::open(&part).and_then(|f| f.sync_all()).map_err(broken)?;
    std::fs::rename(&part, &target).map_err(broken)?;
    File::open(dir).and_then(|d| d.sync_all()).map_err(broken)?;
    Ok(target)
}

/// All pages in one step, which is one snapshot: in smaller steps every commit meanwhile would start it again.
fn fill(database: &Path, part: &Path) -> Result<()> {
    let source = Conn::reading(database)?;
    crate::sqlite::create_privately(part)?;
    let mut copy = Connection::open(part)?;
    Backup::new(&source.raw, &mut copy)?.step(-1)?;
    // A copy nobody has read is a hope; and one that carries no log of its own is a single file.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    let health: String = copy.query_row("PRAGMA quick_check", [], |r| r.get(0))?;
    if health == "ok" { Ok(()) } else { Err(kernel::Error::internal(format!("the copy is damaged: {health}")).into()) }
}

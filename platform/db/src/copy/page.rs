//! SQLite: its file.
use crate::{Result, sqlite::Conn};
use rusqlite::{Connection, backup::Backup};
use std::path::Path;

/// All pages in one step, which is one snapshot: in smaller steps every commit meanwhile would start it again.
pub(crate) fn fill(database: &Path, part: &Path) -> Result<()> {
    let source = Conn::reading(database)?;
    crate::sqlite::create_privately(part)?;
    let mut copy = Connection::open(part)?;
    Backup::new(&source.raw, &mut copy)?.step(-1)?;
    Ok(())
}

//! Migrating a SQLite file: one transaction for everything that is missing, so a start that fails has changed nothing.
use super::conn::{Conn, is_busy};
use crate::{Migration, Result, dialect, dialect::Engine, migrate, planted::Defect};
use std::path::Path;

/// The write lock is the lock around migrating: a second process waits for it and then finds nothing missing.
pub(crate) fn run(path: &Path, list: &[Migration]) -> Result<()> {
    let conn = Conn::writing(path)?;
    // A table that is rebuilt is dropped first; what that breaks is looked for before the commit instead.
    conn.raw.execute_batch("PRAGMA foreign_keys=OFF")?;
    while let Err(e) = conn.raw.execute_batch("BEGIN IMMEDIATE").map_err(crate::Error::from) {
        if !is_busy(&e) {
            return Err(e);
        }
    }
    conn.raw.execute_batch(&dialect::translate(migrate::TABLE, Engine::Sqlite)?)?;
    let done = conn.raw.prepare("SELECT name FROM migration")?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let missing = migrate::missing(list, &done, Engine::Sqlite)?;
    for (name, sql) in &missing {
        conn.raw.execute_batch(sql).map_err(|e| migrate::failed(name, &e.into()))?;
        if Defect::MigrateApart.is_on() {
            conn.raw.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
        }
        conn.raw.execute("INSERT INTO migration (name) VALUES (?1)", [name])?;
    }
    if !missing.is_empty() && conn.raw.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(kernel::Error::internal("a migration left a row that points at nothing").into());
    }
    Ok(conn.raw.execute_batch("COMMIT")?)
}

/// An empty file is an empty database; the log beside it gets the same rights.
pub(crate) fn create_privately(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(kernel::Error::invalid("database-file").with("path", path.display()).with("problem", e).into())
        }
        _ => Ok(()),
    }
}

//! The SQL of what waits.
use db::{Result, Tx, params};
use kernel::{Error, ImportId, Instant};

db::row! {
    #[derive(Clone, Debug)]
    pub struct Import { pub id: ImportId, pub by_name: String, pub at: Instant }
    #[derive(Clone, Debug)]
    pub struct Waiting { pub place: i64, pub number: i64, pub body: String }
}

/// # Errors
/// The engine's own.
pub async fn insert(tx: &mut Tx<'_>, import: &Import, kind: &str, file: &str, rows: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO import (id, kind, file, by_name, at, state, rows) VALUES ($1, $2, $3, $4, $5, 'reading', $6)",
        &params![&import.id, kind, file, &import.by_name, import.at, rows],
    )
    .await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn wait(tx: &mut Tx<'_>, import: ImportId, row: &Waiting) -> Result<()> {
    tx.later(
        "INSERT INTO import_row (import, place, number, body) VALUES ($1, $2, $3, $4)",
        &params![&import, row.place, row.number, &row.body],
    )
    .await
}

/// From here on the import counts: its rows are carried over, whatever happens to this process.
///
/// # Errors
/// `not-found` if it is not one that was being read.
pub async fn start(tx: &mut Tx<'_>, import: ImportId) -> Result<()> {
    let n = tx.exec("UPDATE import SET state = 'applying' WHERE id = $1 AND state = 'reading'", &params![&import]).await?;
    if n == 1 { Ok(()) } else { Err(Error::not_found().into()) }
}

/// # Errors
/// The engine's own.
pub async fn done(tx: &mut Tx<'_>, import: ImportId) -> Result<()> {
    tx.later("UPDATE import SET state = 'done' WHERE id = $1", &params![&import]).await
}

/// Those that count and are not carried over whole.
///
/// # Errors
/// The engine's own.
pub async fn applying(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<Import>> {
    tx.all("SELECT id, by_name, at FROM import WHERE kind = $1 AND state = 'applying' ORDER BY at", &params![kind]).await
}

/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, import: ImportId, limit: i64) -> Result<Vec<Waiting>> {
    tx.all("SELECT place, number, body FROM import_row WHERE import = $1 ORDER BY place LIMIT $2", &params![&import, limit]).await
}

/// # Errors
/// The engine's own.
pub async fn carried(tx: &mut Tx<'_>, import: ImportId, last: i64) -> Result<()> {
    tx.later("DELETE FROM import_row WHERE import = $1 AND place <= $2", &params![&import, last]).await
}

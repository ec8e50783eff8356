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
        "INSERT INTO import (id, kind, file, by_name, at, state, rows, beat) VALUES ($1, $2, $3, $4, $5, 'reading', $6, $5)",
        &params![&import.id, kind, file, &import.by_name, import.at, rows],
    )
    .await?;
    Ok(())
}

/// Says that somebody still works on it.
///
/// # Errors
/// The engine's own.
pub async fn beat(tx: &mut Tx<'_>, import: ImportId, now: Instant) -> Result<()> {
    tx.later("UPDATE import SET beat = $2 WHERE id = $1", &params![&import, now]).await
}

/// `reading`, `applying`, `done`, `undone`; `None` if there is no such import.
///
/// # Errors
/// The engine's own.
pub async fn state(tx: &mut Tx<'_>, import: ImportId) -> Result<Option<String>> {
    tx.opt("SELECT state FROM import WHERE id = $1", &params![&import]).await
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

/// How many of a kind have come to count: a file that was checked before the last of them was checked against another world.
///
/// # Errors
/// The engine's own.
pub async fn counted(tx: &mut Tx<'_>, kind: &str) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM import WHERE kind = $1 AND state <> 'reading'", &params![kind]).await
}

/// From here on the import counts: its rows are carried over, whatever happens to this process.
///
/// # Errors
/// `import-overtaken` if another of its kind has come to count since there were `seen`; `not-found` if it is not one that was
/// being read, or lacks rows that were thrown away as abandoned.
pub async fn start(tx: &mut Tx<'_>, import: ImportId, (kind, seen): (&str, i64), rows: i64) -> Result<()> {
    if counted(tx, kind).await? != seen {
        return Err(super::overtaken().into());
    }
    let there: i64 = tx.one("SELECT COUNT(*) FROM import_row WHERE import = $1", &params![&import]).await?;
    if there != rows {
        return Err(Error::not_found().into());
    }
    let n = tx.exec("UPDATE import SET state = 'applying' WHERE id = $1 AND state = 'reading'", &params![&import]).await?;
    if n == 1 { Ok(()) } else { Err(Error::not_found().into()) }
}

/// # Errors
/// The engine's own.
pub async fn done(tx: &mut Tx<'_>, import: ImportId) -> Result<()> {
    tx.later("UPDATE import SET state = 'done' WHERE id = $1", &params![&import]).await
}

/// Those that count, are not carried over whole, and have not been worked on since.
///
/// # Errors
/// The engine's own.
pub async fn applying(tx: &mut Tx<'_>, kind: &str, since: Instant) -> Result<Vec<Import>> {
    tx.all("SELECT id, by_name, at FROM import WHERE kind = $1 AND state = 'applying' AND beat <= $2 ORDER BY at", &params![kind, since])
        .await
}

/// Those that count and are not carried over whole.
///
/// # Errors
/// The engine's own.
pub async fn carrying(tx: &mut Tx<'_>) -> Result<Vec<ImportId>> {
    tx.all("SELECT id FROM import WHERE state = 'applying'", &[]).await
}

/// Those that never came to count and that nobody has worked on since.
///
/// # Errors
/// The engine's own.
pub async fn abandoned(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<ImportId>> {
    tx.all("SELECT id FROM import WHERE state = 'reading' AND beat <= $1", &params![since]).await
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

/// Throws away what waited of an import that will not count; at most `limit` rows, answers whether some are left.
///
/// # Errors
/// The engine's own.
pub async fn drop_some(tx: &mut Tx<'_>, import: ImportId, limit: i64) -> Result<bool> {
    let some = waiting(tx, import, limit).await?;
    match some.last() {
        Some(last) => carried(tx, import, last.place).await?,
        None => tx.later("DELETE FROM import WHERE id = $1 AND state = 'reading'", &params![&import]).await?,
    }
    Ok(!some.is_empty())
}

/// Notes what a row did, so that it can be taken back.
///
/// # Errors
/// The engine's own.
pub async fn trace(tx: &mut Tx<'_>, import: ImportId, place: i64, body: &str) -> Result<()> {
    tx.later("INSERT INTO import_trace (import, place, body) VALUES ($1, $2, $3)", &params![&import, place, body]).await
}

/// What rows did, the last first; those at or after `before` are left out.
///
/// # Errors
/// The engine's own.
pub async fn traces(tx: &mut Tx<'_>, import: ImportId, before: i64, limit: i64) -> Result<Vec<Waiting>> {
    tx.all(
        "SELECT place, 0, body FROM import_trace WHERE import = $1 AND place < $2 ORDER BY place DESC LIMIT $3",
        &params![&import, before, limit],
    )
    .await
}

/// A row has been taken back.
///
/// # Errors
/// The engine's own.
pub async fn untrace(tx: &mut Tx<'_>, import: ImportId, place: i64) -> Result<()> {
    tx.later("DELETE FROM import_trace WHERE import = $1 AND place = $2", &params![&import, place]).await
}

/// Forgets what files of a kind keep of a thing that is erased: what their rows did to it, and rows that wait to change it. A file that
/// waited with such a row must be handed in again. It reads every row of that kind.
///
/// # Errors
/// The engine's own.
pub async fn forget(tx: &mut Tx<'_>, kind: &str, id: &str) -> Result<()> {
    let about = format!("%{id}%");
    let of = [
        "DELETE FROM import_trace WHERE import IN (SELECT id FROM import WHERE kind = $1) AND body LIKE $2",
        "DELETE FROM import_row WHERE import IN (SELECT id FROM import WHERE kind = $1) AND body LIKE $2",
    ];
    for sql in of {
        tx.exec(sql, &params![kind, &about]).await?;
    }
    Ok(())
}

/// From one state to the next.
///
/// # Errors
/// `import-state` if it is in another by now.
pub async fn turn(tx: &mut Tx<'_>, import: ImportId, from: &str, to: &str) -> Result<()> {
    match tx.exec("UPDATE import SET state = $3 WHERE id = $1 AND state = $2", &params![&import, from, to]).await? {
        1 => Ok(()),
        _ => Err(Error::conflict("import-state").into()),
    }
}

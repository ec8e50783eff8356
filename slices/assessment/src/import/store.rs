//! The SQL of what waits.
use super::row::Value;
use db::{Result, Tx, params};
use kernel::{CycleId, Error, ImportId, Instant, SheetId};

db::row! {
    #[derive(Clone, Debug)]
    pub struct Intake {
        pub id: ImportId, pub cycle: CycleId, pub kind: String, pub file: String, pub by_name: String, pub at: Instant, pub rows: i64,
        pub state: String,
    }
    #[derive(Clone, Debug)]
    pub struct Waiting { pub sheet: SheetId, pub key: String, pub layer: String, pub value: String, pub source: String }
}

/// # Errors
/// The engine's own.
pub async fn insert(tx: &mut Tx<'_>, i: &Intake) -> Result<()> {
    tx.exec(
        "INSERT INTO intake (id, cycle, kind, file, by_name, at, rows, state, beat) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6)",
        &params![&i.id, &i.cycle, &i.kind, &i.file, &i.by_name, i.at, i.rows, &i.state],
    )
    .await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn wait(tx: &mut Tx<'_>, intake: ImportId, v: &Value) -> Result<()> {
    tx.later(
        "INSERT INTO intake_row (intake, sheet, key, layer, value, source) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (intake, sheet, key, layer) DO NOTHING",
        &params![&intake, &v.sheet, &v.key, v.layer, &v.value, &v.note],
    )
    .await
}

/// From here on the import counts: its rows are carried over, whatever happens to this process.
///
/// # Errors
/// `not-found` if it is not one that was being read.
pub async fn start(tx: &mut Tx<'_>, intake: ImportId, rows: i64) -> Result<()> {
    let n = tx.exec("UPDATE intake SET state = 'applying', rows = $2 WHERE id = $1 AND state = 'reading'", &params![&intake, rows]).await?;
    if n == 1 { Ok(()) } else { Err(Error::not_found().into()) }
}

/// # Errors
/// The engine's own.
pub async fn done(tx: &mut Tx<'_>, intake: ImportId) -> Result<()> {
    tx.later("UPDATE intake SET state = 'done' WHERE id = $1", &params![&intake]).await
}

/// Says that somebody still works on it.
///
/// # Errors
/// The engine's own.
pub async fn beat(tx: &mut Tx<'_>, intake: ImportId, now: Instant) -> Result<()> {
    tx.later("UPDATE intake SET beat = $2 WHERE id = $1", &params![&intake, now]).await
}

/// `reading`, `applying`, `done`; `None` if there is no such import.
///
/// # Errors
/// The engine's own.
pub async fn state(tx: &mut Tx<'_>, intake: ImportId) -> Result<Option<String>> {
    tx.opt("SELECT state FROM intake WHERE id = $1", &params![&intake]).await
}

/// Those that were made valid, are not carried over whole, and have not been worked on since.
///
/// # Errors
/// The engine's own.
pub async fn applying(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<Intake>> {
    tx.all(
        "SELECT id, cycle, kind, file, by_name, at, rows, state FROM intake WHERE state = 'applying' AND beat <= $1 ORDER BY at",
        &params![since],
    )
    .await
}

/// Those that never came to count and that nobody has worked on since.
///
/// # Errors
/// The engine's own.
pub async fn abandoned(tx: &mut Tx<'_>, since: Instant) -> Result<Vec<ImportId>> {
    tx.all("SELECT id FROM intake WHERE state = 'reading' AND beat <= $1", &params![since]).await
}

/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, intake: ImportId, limit: i64) -> Result<Vec<Waiting>> {
    tx.all(
        "SELECT sheet, key, layer, value, source FROM intake_row WHERE intake = $1 ORDER BY sheet, key, layer LIMIT $2",
        &params![&intake, limit],
    )
    .await
}

/// Takes away what waits up to this row, in the order of [`waiting`].
///
/// # Errors
/// The engine's own.
pub async fn carried(tx: &mut Tx<'_>, intake: ImportId, last: &Waiting) -> Result<()> {
    tx.later(
        "DELETE FROM intake_row WHERE intake = $1 AND (sheet, key, layer) <= ($2, $3, $4)",
        &params![&intake, &last.sheet, &last.key, &last.layer],
    )
    .await
}

/// Throws away what waited of a file that is refused; at most `limit` rows, answers whether some are left.
///
/// # Errors
/// The engine's own.
pub async fn drop_some(tx: &mut Tx<'_>, intake: ImportId, limit: i64) -> Result<bool> {
    let some = waiting(tx, intake, limit).await?;
    if let Some(last) = some.last() {
        carried(tx, intake, last).await?;
    } else {
        tx.later("DELETE FROM intake WHERE id = $1 AND state = 'reading'", &params![&intake]).await?;
    }
    Ok(!some.is_empty())
}

//! Sheets that were computed before stars were kept: theirs are kept as the program begins, not when somebody next writes.
use super::counted;
use super::keep::keep_many;
use super::store::{Sheet, many, set_outcome};
use crate::cycle::{self, Cycle};
use crate::result::store as results;
use db::{Db, Result as Unit, Tx, params};
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Result, SheetId};

/// Sheets of one unit of work.
const CHUNK: i64 = 200;

/// Cheap when there are none. Done by two processes at once it changes nothing the second time.
///
/// # Errors
/// The engine's own; what is left is found again.
pub async fn resume(db: &Db, suppliers: &Suppliers, day: BusinessDate) -> Result<()> {
    let waiting: Vec<CycleId> = db.lookup("SELECT DISTINCT cycle FROM sheet WHERE star IS NULL AND total IS NOT NULL", &[]).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    for cycle in cycle::store::all(db).await?.iter().filter(|c| waiting.contains(&c.id)) {
        of_cycle(db, cycle, suppliers, day).await?;
    }
    Ok(())
}

async fn of_cycle(db: &Db, cycle: &Cycle, suppliers: &Suppliers, day: BusinessDate) -> Result<()> {
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let mut after = Some(SheetId::from_bytes([0; 16]));
    while let Some(from) = after {
        let (c, s, of) = (cycle.clone(), scheme.clone(), suppliers.clone());
        after = audit::stage(db, async move |tx| {
            let sql = "SELECT id FROM sheet WHERE cycle = $1 AND star IS NULL AND total IS NOT NULL AND id > $2 ORDER BY id LIMIT $3";
            let ids: Vec<SheetId> = tx.all(sql, &params![&c.id, &from, CHUNK]).await?;
            if c.is_final() {
                for sheet in many(tx, &ids).await? {
                    settled(tx, &c, &sheet).await?;
                }
            } else {
                keep_many(tx, (&c, &s), &ids, &of, day).await?;
            }
            Ok(ids.last().copied())
        })
        .await?;
    }
    Ok(())
}

/// Once a cycle is final a sheet's star is the one that the whole ranking gave, quotas counted in.
async fn settled(tx: &mut Tx<'_>, cycle: &Cycle, sheet: &Sheet) -> Unit<()> {
    let line = results::of_org(tx, cycle.id, cycle.result_version, sheet.org).await?;
    let (Some(line), Some(total), Some(grade)) = (line, sheet.total, sheet.grade.as_deref()) else { return Ok(()) };
    let star = i64::from(line.star.unwrap_or(0));
    counted::restarred(tx, cycle.id, &sheet.path, sheet.star, star).await?;
    set_outcome(tx, sheet.id, total, grade, star).await
}

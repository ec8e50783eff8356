//! What is in 公示 is what 定稿 would make final: the whole ranking with its quotas, by the same calculation, kept so that
//! pages never compute it.
use super::kept::{self, Edition};
use crate::cycle::phase::Phase;
use crate::result::{Grading, grade};
use db::{Db, Each};
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Instant, Result};

/// Lines of one unit of work.
const CHUNK: usize = 500;

/// Computes what has been called for until `since`, and once on each day, since registers say nothing when they change.
/// Begun again after a kill it simply computes again. Cheap when there is nothing.
///
/// # Errors
/// The engine's own; what is left stays called for.
pub async fn publicise(db: &Db, suppliers: &Suppliers, day: BusinessDate, since: Instant) -> Result<()> {
    for cycle in db.read(async move |tx| kept::due(tx, since, day).await).await? {
        one(db, suppliers, cycle, day).await?;
    }
    Ok(())
}

async fn one(db: &Db, suppliers: &Suppliers, cycle: CycleId, day: BusinessDate) -> Result<()> {
    let asked = db.read(async move |tx| kept::asked(tx, cycle).await).await?;
    let at = Instant::now();
    let Grading { cycle: now, lines, allotments, .. } = grade(db, suppliers, cycle, day).await?;
    if now.phase != Phase::Publicity {
        return Ok(());
    }
    let orgs: Vec<Each> = lines.chunks(CHUNK).map(|chunk| chunk.iter().map(|l| &l.org).collect()).collect();
    for chunk in lines.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        audit::stage(db, async move |tx| {
            for line in &chunk {
                kept::put(tx, cycle, at, line).await?;
            }
            Ok(())
        })
        .await?;
    }
    let edition = Edition { at, allotments };
    audit::stage(db, async move |tx| kept::show(tx, cycle, &edition, day, asked).await).await?;
    for orgs in orgs {
        audit::stage(db, async move |tx| kept::forget(tx, cycle, at, &orgs).await).await?;
    }
    Ok(())
}

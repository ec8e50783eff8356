//! What a killed process left half way: an import that had become valid is carried on, one that had not is thrown away;
//! problems that were to be carried into another year are carried.
use crate::house::suppliers;
use db::Db;
use kernel::{Clock, Instant, Result};
use organisations::import::{Organisations, discard_abandoned, resume};
use std::time::Duration;

const LOOK: Duration = Duration::from_secs(30);
/// An import nobody has worked on for this long is carried on. Two processes carrying the same one do no harm.
const QUIET: i64 = 1;
/// Staged rows that did not become valid for this long are nobody's. Milder than [`QUIET`], since a discarded import fails.
const ABANDONED: i64 = 10;

/// Looks at once and then again and again, for as long as it is polled.
pub async fn run(db: Db, clock: Clock) {
    let mut quiet = Instant::now();
    loop {
        if let Err(e) = look(&db, &clock, quiet).await {
            tracing::warn!(cause = %e, "what was cut off could not be tended");
        }
        tokio::time::sleep(LOOK).await;
        quiet = Instant::now().plus_minutes(-QUIET);
    }
}

async fn look(db: &Db, clock: &Clock, quiet: Instant) -> Result<()> {
    let abandoned = Instant::now().plus_minutes(-ABANDONED);
    resume::<Organisations>(db, quiet).await?;
    members::resume_import(db, quiet).await?;
    assessment::import::resume(db, &suppliers(), clock.today(), quiet).await?;
    assessment::carried::resume(db, quiet).await?;
    discard_abandoned(db, abandoned).await?;
    assessment::import::discard_abandoned(db, abandoned).await
}

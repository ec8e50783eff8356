//! While serving: what a killed process had made valid is carried on, what it had not is thrown away, and so is
//! what files handed in have left after a day, and what was made for whoever asked for it.
use crate::ground::carry_on;
use db::Db;
use kernel::{Clock, Instant, Result};
use organisations::import::discard_abandoned;
use organisations::import::handed::Folder;
use std::time::Duration;
use web::ExportFolder;

const LOOK: Duration = Duration::from_secs(30);
/// An import nobody has worked on for this long is carried on. Two processes carrying the same one do no harm.
const QUIET: i64 = 1;
/// Staged rows that did not become valid for this long are nobody's. Milder than [`QUIET`], since a discarded import fails.
const ABANDONED: i64 = 10;

/// Looks at once and then again and again, for as long as it is polled.
pub async fn run(db: Db, clock: Clock, handed: Folder, exports: ExportFolder) {
    let mut quiet = Instant::now();
    loop {
        // Files handed in may hold ID numbers, and files made for somebody names: a day is over whether or not there is another.
        handed.sweep();
        exports.sweep();
        if let Err(e) = look(&db, &clock, quiet).await {
            tracing::warn!(cause = %e, "what was cut off could not be tended");
        }
        tokio::time::sleep(LOOK).await;
        quiet = Instant::now().plus_minutes(-QUIET);
    }
}

async fn look(db: &Db, clock: &Clock, quiet: Instant) -> Result<()> {
    let abandoned = Instant::now().plus_minutes(-ABANDONED);
    carry_on(db, clock.today(), quiet).await?;
    discard_abandoned(db, abandoned).await?;
    assessment::import::discard_abandoned(db, abandoned).await
}

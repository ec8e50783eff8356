//! When a checkpoint is due.
use super::{last, make};
use chain::Signer;
use db::{Db, Result, params};
use kernel::Instant;
use std::time::Duration;

/// How often is signed.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// As soon as so many events are new …
    pub events: i64,
    /// … or this long after the last checkpoint, if one event is.
    pub minutes: i64,
    /// Between two looks at it.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { events: 1_000, minutes: 10, look: Duration::from_secs(1) }
    }
}

/// Signs for as long as it is polled: at once, then when it is due. Every process may run one.
pub async fn run(db: Db, signer: Signer) {
    let pace = Pace::default();
    let whole = Duration::from_secs(60 * pace.minutes.unsigned_abs());
    loop {
        // Now and then by what is really there, whatever the events' times say: see `waiting`.
        warned(make(&db, &signer).await);
        let begun = std::time::Instant::now();
        while begun.elapsed() < whole {
            tokio::time::sleep(pace.look).await;
            warned(look(&db, &signer, pace, Instant::now()).await);
        }
    }
}

fn warned(end: kernel::Result<Option<i64>>) {
    if let Err(e) = end {
        tracing::error!(cause = %e, "no checkpoint of the audit log is made");
    }
}

/// Signs if a checkpoint is due; answers its number. Mostly it is not, which costs two look-ups.
///
/// # Errors
/// As [`make`].
pub async fn look(db: &Db, signer: &Signer, pace: Pace, now: Instant) -> kernel::Result<Option<i64>> {
    let since = last(db).await?.map_or(Instant(0), |stored| stored.at);
    let new = waiting(db, since, pace.events).await?;
    let late = now >= since.plus_minutes(pace.minutes);
    if new >= pace.events || (late && new > 0) { make(db, signer).await } else { Ok(None) }
}

/// New events, as far as they matter. By their time, which is taken before the unit of work: one that comes late, or from
/// before the clock was put back, is not counted; [`make`] goes by what is really there.
async fn waiting(db: &Db, since: Instant, enough: i64) -> Result<i64> {
    let counted = db.read(async move |tx| {
        tx.one("SELECT COUNT(*) FROM (SELECT at FROM event WHERE at > $1 LIMIT $2) AS new_ones", &params![since, enough]).await
    });
    counted.await
}

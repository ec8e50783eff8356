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

/// Signs for as long as it is polled. Every process may run one.
pub async fn run(db: Db, signer: Signer) {
    let pace = Pace::default();
    loop {
        if let Err(e) = look(&db, &signer, pace, Instant::now()).await {
            tracing::error!(cause = %e, "no checkpoint of the audit log is made");
        }
        tokio::time::sleep(pace.look).await;
    }
}

/// Signs if a checkpoint is due; answers its number.
///
/// # Errors
/// As [`make`].
pub async fn look(db: &Db, signer: &Signer, pace: Pace, now: Instant) -> kernel::Result<Option<i64>> {
    let since = last(db).await?.map_or(Instant(0), |stored| stored.at);
    // A clock that was put back must not keep it from ever being due.
    let late = now >= since.plus_minutes(pace.minutes) || now < since;
    if late || waiting(db, since, pace.events).await? >= pace.events { make(db, signer).await } else { Ok(None) }
}

/// New events, as far as they matter. By their time, which is taken before the unit of work: one that came late is counted
/// with the next ones, and [`make`] goes by what is really there.
async fn waiting(db: &Db, since: Instant, enough: i64) -> Result<i64> {
    let counted = db.read(async move |tx| {
        tx.one("SELECT COUNT(*) FROM (SELECT at FROM event WHERE at > $1 LIMIT $2) AS new_ones", &params![since, enough]).await
    });
    counted.await
}

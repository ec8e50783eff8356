//! A job in the hands of one process. All of it is bookkeeping that changes nothing for anybody, so it leaves no event.
#![allow(clippy::disallowed_methods)]
use crate::show::Failure;
use db::{Db, Result, params, planted::Defect};
use kernel::{AccountId, Error, Instant, JobId, OrgPath};
use std::time::Duration;

/// A job that was begun this often without an end has probably killed its process each time.
const ATTEMPTS: i64 = 3;

db::row! {
    /// What a worker gets: the job, and the proof that it is this process's turn.
    #[derive(Clone, Debug)]
    pub struct Claim {
        pub id: JobId,
        pub owner: Option<AccountId>,
        pub path: OrgPath,
        /// As it was given to [`enqueue`](crate::enqueue).
        pub payload: String,
        /// 1 at the first; more when an earlier process did not finish.
        pub attempt: i64,
    }
}

impl Claim {
    /// Says how far it is; the page asks every second or so, so once a chunk is enough.
    ///
    /// # Errors
    /// `job-lost` if another process has taken the job over: stop.
    pub async fn progress(&self, db: &Db, done: i64, total: i64) -> kernel::Result<()> {
        let Claim { id, attempt, .. } = *self;
        let sql = "UPDATE job SET done = $3, total = $4 WHERE id = $1 AND attempt = $2 AND ended_at IS NULL";
        match db.write(async move |tx| tx.exec(sql, &params![&id, attempt, done, total]).await).await? {
            0 => Err(Error::conflict("job-lost")),
            _ => Ok(()),
        }
    }
    /// Whether it is still this process's; holds it for `hold` longer if so.
    pub(crate) async fn beat(&self, db: &Db, hold: Duration) -> Result<bool> {
        let Claim { id, attempt, .. } = *self;
        let until = after(hold);
        let sql = "UPDATE job SET held_until = $3 WHERE id = $1 AND attempt = $2 AND ended_at IS NULL";
        Ok(db.write(async move |tx| tx.exec(sql, &params![&id, attempt, until]).await).await? == 1)
    }
    pub(crate) async fn finish(&self, db: &Db, end: kernel::Result<String>) -> Result<()> {
        let Claim { id, attempt, .. } = *self;
        let (result, failure) = match end {
            Ok(text) => (Some(text), None),
            Err(e) => (None, Some(serde_json::to_string(&Failure::from(&e)).map_err(Error::internal)?)),
        };
        let now = Instant::now();
        // Between the worker's last word and its end it went on: what ended well is done, all of it.
        let sql = "UPDATE job SET ended_at = $3, result = $4, failure = $5, done = CASE WHEN $6 THEN total ELSE done END
            WHERE id = $1 AND attempt = $2 AND ended_at IS NULL";
        let well = failure.is_none();
        db.write(async move |tx| tx.exec(sql, &params![&id, attempt, now, result.as_deref(), failure.as_deref(), well]).await)
            .await
            .map(drop)
    }
    pub(crate) fn is_hopeless(&self) -> bool {
        self.attempt > ATTEMPTS
    }
}

/// The next job of a kind. The claim is one statement that both engines know: whoever changes the row has the job;
/// the other runs again and finds the next.
pub(crate) async fn claim(db: &Db, kind: &'static str, hold: Duration) -> Result<Option<Claim>> {
    let now = if Defect::ClaimAnyway.is_on() { Instant(i64::MAX / 2) } else { Instant::now() };
    // Looking writes nothing, and mostly there is nothing.
    let waiting = "SELECT id FROM job WHERE kind = $1 AND ended_at IS NULL AND held_until < $2 ORDER BY id LIMIT 1";
    if db.lookup::<JobId>(waiting, &params![kind, now]).await?.is_empty() {
        return Ok(None);
    }
    let until = after(hold);
    let sql = "UPDATE job SET held_until = $1, attempt = attempt + 1
        WHERE id = (SELECT id FROM job WHERE kind = $3 AND ended_at IS NULL AND held_until < $2 ORDER BY id LIMIT 1)
        AND held_until < $2 RETURNING id, owner, path, payload, attempt";
    db.write(async move |tx| tx.opt(sql, &params![until, now, kind]).await).await
}

fn after(hold: Duration) -> Instant {
    Instant(Instant::now().0 + i64::try_from(hold.as_millis()).unwrap_or(i64::MAX / 2))
}

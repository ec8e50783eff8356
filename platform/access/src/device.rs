//! Lockout by device: strangers guessing a name lock out strangers, not its owner on a known device.
use crate::session::{hash, random_hex};
use db::{Db, Result, Tx, params, planted::Defect};
use kernel::{AccountId, Error, Instant, Kind};

const TRIES: i64 = 5;
const LOCK_MINUTES: i64 = 30;
/// All devices an account was never signed in from share one counter.
const STRANGER: [u8; 32] = [0; 32];

db::row! { struct Line { failed: i64, until: Instant } }

/// The counter a device's tries for a name run under.
#[derive(Clone)]
pub struct Counter {
    login: String,
    device: [u8; 32],
}

/// The random cookie of a browser; it says nothing about the machine.
#[derive(Clone)]
pub struct Device {
    pub cookie: String,
}

impl Device {
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new() -> kernel::Result<Self> {
        Ok(Self { cookie: random_hex()? })
    }
    /// Under which counter this device's tries for an account run. Nobody's costs the same look-up: how long it takes tells
    /// nothing of the name.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn counter(&self, db: &Db, login: &str, account: Option<AccountId>) -> kernel::Result<Counter> {
        let (device, account) = (hash(&self.cookie), account.unwrap_or(AccountId::from_bytes([0; 16])));
        let sql = "SELECT CAST(1 AS BIGINT) FROM known_device WHERE account = $1 AND device = $2";
        let known: Vec<i64> = db.lookup(sql, &params![&account, &device]).await?;
        let stranger = known.is_empty() && !Defect::CountByDevice.is_on();
        Ok(Counter { login: login.into(), device: if stranger { STRANGER } else { device } })
    }
    /// Remembers that the account's owner uses this device, forgets its wrong tries, and gives back the one that was right.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn succeeded(&self, tx: &mut Tx<'_>, counter: &Counter, account: AccountId) -> Result<()> {
        let device = hash(&self.cookie);
        tx.exec("INSERT INTO known_device (account, device) VALUES ($1, $2) ON CONFLICT DO NOTHING", &params![&account, &device]).await?;
        tx.exec("DELETE FROM attempt WHERE login = $1 AND device = $2", &params![&counter.login, &device]).await?;
        counter.give_back(tx).await
    }
    /// Forgets all wrong tries for a name, on whatever device: its owner has been given a new code.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn forgive(tx: &mut Tx<'_>, login: &str) -> Result<()> {
        tx.exec("DELETE FROM attempt WHERE login = $1", &params![login]).await?;
        Ok(())
    }
}

impl Counter {
    /// Refuses while this name is locked for this device; nothing is written.
    ///
    /// # Errors
    /// `sign-in-locked` with the minutes left.
    pub async fn check(&self, db: &Db, now: Instant) -> kernel::Result<()> {
        let sql = "SELECT failed, until FROM attempt WHERE login = $1 AND device = $2";
        let line: Option<Line> = db.lookup(sql, &params![&self.login, &self.device]).await?.pop();
        line.filter(|l| l.failed >= TRIES && l.until > now).map_or(Ok(()), |l| Err(locked(l.until, now)))
    }
    /// Counts a try before its secret is looked at: of ten thousand sent at once, five are. The count starts anew half an hour
    /// after the last one.
    ///
    /// # Errors
    /// `sign-in-locked` with the minutes left.
    #[allow(clippy::disallowed_methods, reason = "a try changes nothing that a person entered; what comes of it leaves the event")]
    pub async fn count(&self, db: &Db, now: Instant) -> kernel::Result<()> {
        let (counter, until) = (self.clone(), now.plus_minutes(LOCK_MINUTES));
        let counted: Option<i64> = db
            .write(async move |tx| {
                tx.opt(
                    "INSERT INTO attempt (login, device, failed, until) VALUES ($1, $2, 1, $3)
                     ON CONFLICT (login, device) DO UPDATE SET
                       failed = CASE WHEN attempt.until <= $4 THEN 1 ELSE attempt.failed + 1 END, until = excluded.until
                     WHERE attempt.failed < $5 OR attempt.until <= $4
                     RETURNING failed",
                    &params![&counter.login, &counter.device, until, now, TRIES],
                )
                .await
            })
            .await?;
        counted.map(drop).ok_or_else(|| locked(until, now))
    }
    /// The try was right but led to nothing, since something else was wrong beside it: it does not count.
    ///
    /// # Errors
    /// The engine's own.
    #[allow(clippy::disallowed_methods, reason = "taking a counted try back changes nothing that a person entered either")]
    pub async fn forget_one(&self, db: &Db) -> kernel::Result<()> {
        let counter = self.clone();
        Ok(db.write(async move |tx| counter.give_back(tx).await).await?)
    }
    /// The try was right: it does not count.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn give_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        let sql = "UPDATE attempt SET failed = failed - 1 WHERE login = $1 AND device = $2 AND failed > 0";
        tx.exec(sql, &params![&self.login, &self.device]).await?;
        Ok(())
    }
}

fn locked(until: Instant, now: Instant) -> Error {
    Error::new(Kind::Denied, "sign-in-locked").with("minutes", (until.0 - now.0 + 59_999).div_euclid(60_000))
}

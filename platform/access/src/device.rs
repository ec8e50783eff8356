//! Lockout by device: strangers guessing a name lock out strangers, not its owner on a known device.
use crate::session::{hash, random_hex};
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Error, Instant, Kind};

const TRIES: i64 = 5;
const LOCK_MINUTES: i64 = 30;
/// All devices an account was never signed in from share one counter.
const STRANGER: [u8; 32] = [0; 32];

db::row! { struct Line { failed: i64, until: Instant } }

fn verdict(line: Option<Line>, now: Instant) -> kernel::Result<()> {
    match line {
        Some(Line { failed, until }) if failed >= TRIES && until > now => {
            Err(Error::new(Kind::Denied, "sign-in-locked").with("minutes", (until.0 - now.0).div_euclid(60_000) + 1))
        }
        _ => Ok(()),
    }
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
    /// Refuses while this name is locked for this device.
    ///
    /// # Errors
    /// `sign-in-locked` with the minutes left.
    pub async fn check(&self, db: &Db, login: &str, account: Option<AccountId>, now: Instant) -> kernel::Result<()> {
        let counter = self.counter(db, account).await.map_err(Error::from)?;
        let lines = db.lookup("SELECT failed, until FROM attempt WHERE login = $1 AND device = $2", &params![login, &counter]).await;
        verdict(lines.map_err(Error::from)?.pop(), now)
    }
    /// As [`Self::check`], inside the unit of work that lets somebody in: of many guesses sent at once, a right
    /// one that comes after five wrong ones is refused like the rest.
    ///
    /// # Errors
    /// `sign-in-locked` with the minutes left.
    pub async fn check_again(tx: &mut Tx<'_>, login: &str, counter: &[u8; 32], now: Instant) -> Result<()> {
        let line = tx.opt("SELECT failed, until FROM attempt WHERE login = $1 AND device = $2", &params![login, counter]).await?;
        Ok(verdict(line, now)?)
    }
    /// Counts a wrong password; the count starts anew once a lock has run out.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn failed(tx: &mut Tx<'_>, login: &str, counter: &[u8; 32], now: Instant) -> Result<()> {
        tx.exec(
            "INSERT INTO attempt (login, device, failed, until) VALUES ($1, $2, 1, $3)
             ON CONFLICT (login, device) DO UPDATE SET
               failed = CASE WHEN attempt.until <= $4 THEN 1 ELSE attempt.failed + 1 END, until = excluded.until",
            &params![login, counter, now.plus_minutes(LOCK_MINUTES), now],
        )
        .await?;
        Ok(())
    }
    /// Remembers that the account's owner uses this device, and forgets its wrong tries.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn succeeded(&self, tx: &mut Tx<'_>, login: &str, account: AccountId) -> Result<()> {
        let device = hash(&self.cookie);
        tx.exec("INSERT INTO known_device (account, device) VALUES ($1, $2) ON CONFLICT DO NOTHING", &params![&account, &device]).await?;
        tx.exec("DELETE FROM attempt WHERE login = $1 AND device = $2", &params![login, &device]).await?;
        Ok(())
    }
    /// Forgets all wrong tries for a name, on whatever device: its owner has been given a new code.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn forgive(tx: &mut Tx<'_>, login: &str) -> Result<()> {
        tx.exec("DELETE FROM attempt WHERE login = $1", &params![login]).await?;
        Ok(())
    }
    /// Under which counter this device's tries for an account run.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn counter(&self, db: &Db, account: Option<AccountId>) -> Result<[u8; 32]> {
        let Some(account) = account else { return Ok(STRANGER) };
        let device = hash(&self.cookie);
        let known: Vec<i64> =
            db.lookup("SELECT CAST(1 AS BIGINT) FROM known_device WHERE account = $1 AND device = $2", &params![&account, &device]).await?;
        Ok(if known.is_empty() { STRANGER } else { device })
    }
}

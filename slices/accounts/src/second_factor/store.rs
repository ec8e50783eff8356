//! Devices and recovery codes. Only this folder calls these; its operations have asked who may.
use db::planted::Defect;
use db::{Result, Tx, params};
use kernel::{AccountId, Instant};

db::row! {
    /// The device of an account, and how many recovery codes are left.
    #[derive(Clone)]
    pub struct Factor { pub secret: Vec<u8>, pub since: Instant, pub step: i64, pub left: i64 }
}

pub async fn factor(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Factor>> {
    tx.opt(
        "SELECT f.secret, f.since, f.step, (SELECT COUNT(*) FROM recovery_code r WHERE r.account = f.account)
         FROM second_factor f WHERE f.account = $1",
        &params![&account],
    )
    .await
}

/// A device in place of the one before, with the step of the code that proved it.
pub async fn put(tx: &mut Tx<'_>, account: AccountId, sealed: &[u8], step: i64, now: Instant) -> Result<()> {
    tx.exec(
        "INSERT INTO second_factor (account, secret, since, step) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, since = excluded.since, step = excluded.step",
        &params![&account, sealed, now, step],
    )
    .await?;
    Ok(())
}

/// Takes a step's code: answers no if it, or a later one, was taken before.
pub async fn take_step(tx: &mut Tx<'_>, account: AccountId, step: i64) -> Result<bool> {
    if Defect::ForgetStep.is_on() {
        return Ok(true);
    }
    let taken = tx.exec("UPDATE second_factor SET step = $2 WHERE account = $1 AND step < $2", &params![&account, step]).await?;
    Ok(taken == 1)
}

/// Takes a recovery code: answers no if there is none such, or not any more.
pub async fn take_recovery(tx: &mut Tx<'_>, account: AccountId, hash: &[u8; 32]) -> Result<bool> {
    Ok(tx.exec("DELETE FROM recovery_code WHERE account = $1 AND hash = $2", &params![&account, hash]).await? == 1)
}

/// New recovery codes in place of all those before.
pub async fn put_recovery(tx: &mut Tx<'_>, account: AccountId, hashes: &[[u8; 32]]) -> Result<()> {
    tx.exec("DELETE FROM recovery_code WHERE account = $1", &params![&account]).await?;
    for hash in hashes {
        tx.exec("INSERT INTO recovery_code (account, hash) VALUES ($1, $2)", &params![&account, hash]).await?;
    }
    Ok(())
}

/// Answers whether there was one.
pub async fn remove(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    tx.exec("DELETE FROM recovery_code WHERE account = $1", &params![&account]).await?;
    Ok(tx.exec("DELETE FROM second_factor WHERE account = $1", &params![&account]).await? == 1)
}

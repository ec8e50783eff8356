//! The SQL of drafts.
use super::{EACH, KEPT, Place};
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Instant};

db::row! {
    /// A draft as it lies there.
    pub struct Sealed { pub sealed: Vec<u8>, pub at: Instant }
}

/// # Errors
/// The engine's own.
pub async fn find(db: &Db, account: AccountId, place: &Place) -> Result<Option<Sealed>> {
    let since = Instant::now().plus_minutes(-KEPT);
    let sql = "SELECT sealed, at FROM draft WHERE account = $1 AND place = $2 AND at > $3";
    Ok(db.lookup(sql, &params![&account, &place.0, since]).await?.pop())
}

/// Puts a draft in the place of the one before; what is old, and what is more than a person may have, goes.
///
/// # Errors
/// The engine's own.
pub async fn put(tx: &mut Tx<'_>, account: AccountId, place: &Place, sealed: &[u8], at: Instant) -> Result<()> {
    tx.exec("DELETE FROM draft WHERE account = $1 AND at <= $2", &params![&account, at.plus_minutes(-KEPT)]).await?;
    let sql = "INSERT INTO draft (account, place, sealed, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account, place) DO UPDATE SET sealed = excluded.sealed, at = excluded.at";
    tx.exec(sql, &params![&account, &place.0, sealed, at]).await?;
    let more = "DELETE FROM draft WHERE account = $1
        AND place NOT IN (SELECT d.place FROM draft d WHERE d.account = $1 ORDER BY d.at DESC, d.place LIMIT $2)";
    tx.exec(more, &params![&account, EACH]).await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn drop(tx: &mut Tx<'_>, account: AccountId, place: &Place) -> Result<()> {
    tx.exec("DELETE FROM draft WHERE account = $1 AND place = $2", &params![&account, &place.0]).await?;
    Ok(())
}

//! API tokens: shown once, at most a year, with one of the maker's roles and never more than they hold.
use crate::session::{hash, random_hex};
use db::{Result, Tx, params};
use kernel::{AccountId, Error, Instant, SessionId};

/// A token's random values; made before the unit of work.
#[derive(Clone)]
pub struct NewToken {
    pub id: SessionId,
    /// Shown once; only its hash is kept.
    pub text: String,
}

impl NewToken {
    pub const MAX_DAYS: i64 = 365;

    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new() -> kernel::Result<Self> {
        Ok(Self { id: SessionId::new(), text: format!("leitu_{}", random_hex()?) })
    }
}

db::row! {
    pub struct TokenLine { pub id: SessionId, pub name: String, pub role: String, pub created: Instant, pub expires: Instant }
}

/// Records a token that acts in `role` only (empty: in all roles its maker holds at the time).
///
/// # Errors
/// `token-days` (field `days`) unless 1 to 365.
pub async fn make_token(
    tx: &mut Tx<'_>,
    account: AccountId,
    new: &NewToken,
    name: &str,
    role: &str,
    days: i64,
    now: Instant,
) -> Result<()> {
    if !(1..=NewToken::MAX_DAYS).contains(&days) {
        return Err(Error::invalid("token-days").with("max", NewToken::MAX_DAYS).at("days").into());
    }
    tx.exec(
        "INSERT INTO api_token (token, id, account, name, epoch, role, created, expires)
         SELECT $1, $2, id, $3, epoch, $4, $5, $6 FROM account WHERE id = $7",
        &params![&hash(&new.text), &new.id, name, role, now, now.plus_minutes(days * 24 * 60), &account],
    )
    .await?;
    Ok(())
}

/// # Errors
/// [`db::Error::Missing`] if the account has no such token.
pub async fn revoke_token(tx: &mut Tx<'_>, account: AccountId, id: SessionId) -> Result<()> {
    let n = tx.exec("DELETE FROM api_token WHERE account = $1 AND id = $2", &params![&account, &id]).await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// # Errors
/// The engine's own.
pub async fn tokens_of(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<Vec<TokenLine>> {
    tx.all(
        "SELECT t.id, t.name, t.role, t.created, t.expires FROM api_token t JOIN account a ON a.id = t.account AND a.epoch = t.epoch
         WHERE t.account = $1 AND t.expires > $2 ORDER BY t.created DESC",
        &params![&account, now],
    )
    .await
}

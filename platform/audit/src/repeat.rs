//! Requests that come again because their answer was lost: the key they carry, and what the first one was told.
use crate::author::Author;
use access::{Caller, Repeat};
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Error, Instant};
use serde::Serialize;

/// A key, good for one change of one account; visitors have none.
#[derive(Clone)]
pub(crate) struct Key {
    account: AccountId,
    sent: Repeat,
}

impl Key {
    pub(crate) fn of<A: Author>(by: &A) -> Option<Self> {
        let account = by.caller()?.account()?;
        Some(Self { account, sent: by.repeat()? })
    }
    /// In the transaction of the change: the second of two equal requests cannot end.
    pub(crate) async fn remember<T: Serialize>(&self, tx: &mut Tx<'_>, value: &T, at: Instant) -> Result<()> {
        let (result, sent) = (serde_json::to_string(value).map_err(Error::internal)?, &self.sent);
        tx.later(
            "INSERT INTO repeat (account, key, body, result, at) VALUES ($1, $2, $3, $4, $5)",
            &params![&self.account, &sent.key, &sent.body, &result, at],
        )
        .await
    }
    /// The first answer, if there was one.
    pub(crate) async fn answered(&self, db: &Db) -> kernel::Result<Option<String>> {
        db::row! { struct First { body: Vec<u8>, result: String } }
        let found =
            db.lookup("SELECT body, result FROM repeat WHERE account = $1 AND key = $2", &params![&self.account, &self.sent.key]).await;
        match found.ok().and_then(|mut rows: Vec<First>| rows.pop()) {
            Some(first) if first.body == self.sent.body => Ok(Some(first.result)),
            Some(_) => Err(Error::conflict("key-reused")),
            None => Ok(None),
        }
    }
}

/// Whether this very request, key and body, has been done before. It is asked once it is refused.
pub async fn is_done(db: &Db, caller: &Caller) -> bool {
    let (Some(account), Some(sent)) = (caller.account(), caller.repeat().cloned()) else { return false };
    matches!(Key { account, sent }.answered(db).await, Ok(Some(_)))
}

//! Whether the keys on the disk are those the database was made with.
use crate::{Keys, record::founded};
use db::{Db, params};
use kernel::{Error, Result};
use std::path::Path;

/// Opens the keys in `dir`, or makes them for a database that has never seen any: beside an old one new keys would only
/// hide where its own are missing.
///
/// # Errors
/// `keys-do-not-fit` if the database was made with keys that are not there; as [`Keys::open_or_make`].
pub async fn keys_for(db: &Db, dir: &Path) -> Result<Keys> {
    let known = db.schema().await?.contains("key_mark") && mark(db).await?.is_some();
    if !Keys::are_in(dir) && (known || founded(db).await?) {
        return Err(Error::invalid("keys-do-not-fit"));
    }
    Keys::open_or_make(dir)
}

/// Compares the keys with the mark the database carries, and leaves it where there is none yet.
///
/// # Errors
/// `keys-do-not-fit` if it was made with others: what they sealed could not be read.
pub async fn fit(db: &Db, keys: &Keys) -> Result<()> {
    let own = keys.fingerprint();
    let found = match mark(db).await? {
        Some(found) => Some(found),
        None => {
            leave(db, own).await?;
            mark(db).await?
        }
    };
    if found == Some(own) { Ok(()) } else { Err(Error::invalid("keys-do-not-fit")) }
}

async fn mark(db: &Db) -> Result<Option<[u8; 32]>> {
    Ok(db.lookup("SELECT mark FROM key_mark WHERE one = 1", &[]).await?.pop())
}

/// Of two processes that open a new database at once, one is first.
#[allow(clippy::disallowed_methods, reason = "it records nothing anybody did; there is no author before set-up")]
async fn leave(db: &Db, own: [u8; 32]) -> Result<()> {
    let sql = "INSERT INTO key_mark (one, mark) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
    Ok(db.write(async move |tx| tx.exec(sql, &params![&own]).await.map(drop)).await?)
}

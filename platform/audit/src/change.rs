//! The only writer slices may call.
use crate::Event;
use crate::author::{Author, Identity};
use chain::link;
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Error, Instant, Uuid};
use serde::{Serialize, de::DeserializeOwned};

/// Runs one unit of work and records its event in the same transaction; neither exists without the other.
/// A request that carries an idempotency key and comes again gets the first answer, and nothing is done twice: its key
/// stands already, so the unit cannot end, and what it would have refused meanwhile is not asked.
///
/// # Errors
/// What the unit returns; `key-reused` if the key came with another body before.
#[allow(clippy::disallowed_methods)] // this is the door the rule points to
pub async fn change<T, A, F>(db: &Db, by: &A, unit: F) -> kernel::Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    A: Author,
    F: AsyncFn(&mut Tx<'_>) -> Result<(T, Event)> + Send + Sync + 'static,
{
    let (by, at) = (by.identity(), Instant::now());
    let author = by.clone();
    let written = db.write(async move |tx| {
        let (value, event) = unit(tx).await?;
        record(tx, &author, &event, at).await?;
        remember(tx, &author, &value, at).await?;
        Ok(value)
    });
    match written.await {
        Ok(value) => Ok(value),
        Err(e) => answered(db, &by).await?.map_or_else(|| Err(e.into()), |first| serde_json::from_str(&first).map_err(Error::internal)),
    }
}

/// Records something that changed no row but must be known: an export, a refused sign-in.
///
/// # Errors
/// The engine's own.
pub async fn note<A: Author>(db: &Db, by: &A, event: Event) -> kernel::Result<()> {
    change(db, by, async move |_tx| Ok(((), event.clone()))).await
}

/// Writes rows that nobody sees until a later [`change`] makes them valid by one row: chunks of a long job.
/// It leaves no event, since nothing has changed yet for anybody.
///
/// # Errors
/// What the unit returns.
#[allow(clippy::disallowed_methods)]
pub async fn stage<T, F>(db: &Db, unit: F) -> kernel::Result<T>
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
{
    Ok(db.write(unit).await?)
}

/// The key is good for one change of one account; visitors have none.
fn key_of(by: &Identity) -> Option<(AccountId, &str, &[u8; 32])> {
    by.account.zip(by.repeat.as_ref()).map(|(account, r)| (account, r.key.as_str(), &r.body))
}

/// What the first of these requests was told. It is asked only once a unit has failed: that costs the usual request nothing.
async fn answered(db: &Db, by: &Identity) -> kernel::Result<Option<String>> {
    db::row! { struct First { body: Vec<u8>, result: String } }
    let Some((account, key, body)) = key_of(by) else { return Ok(None) };
    let found = db.lookup("SELECT body, result FROM repeat WHERE account = $1 AND key = $2", &params![&account, key]).await;
    match found.ok().and_then(|mut rows: Vec<First>| rows.pop()) {
        Some(first) if first.body == body => Ok(Some(first.result)),
        Some(_) => Err(Error::conflict("key-reused")),
        None => Ok(None),
    }
}

async fn remember<T: Serialize>(tx: &mut Tx<'_>, by: &Identity, value: &T, at: Instant) -> Result<()> {
    let Some((account, key, body)) = key_of(by) else { return Ok(()) };
    let result = serde_json::to_string(value).map_err(Error::internal)?;
    tx.later("INSERT INTO repeat (account, key, body, result, at) VALUES ($1, $2, $3, $4, $5)", &params![&account, key, body, &result, at])
        .await
}

async fn record(tx: &mut Tx<'_>, by: &Identity, event: &Event, at: Instant) -> Result<()> {
    let body = event.body(by, at);
    let s = tx
        .chain()
        .advance(|| Uuid::now_v7().as_bytes().to_vec(), |segment, seq, previous| link(segment, seq, previous, body.as_bytes()).to_vec());
    tx.later(
        "INSERT INTO event (segment, seq, at, actor, action, object, org, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![&s.id, s.seq, at, &by.name, event.action(), event.object(), event.org().as_ref(), &body, &s.head],
    )
    .await
}

//! The only writer slices may call.
use crate::Event;
use crate::author::{Author, Identity};
use crate::repeat::Key;
use chain::link;
use db::{Db, Result, Tx, params, planted::Defect};
use kernel::{Error, Instant, Uuid};
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
    if Defect::EventApart.is_on() {
        return apart(db, by, unit).await;
    }
    let (author, key, at) = (by.identity(), Key::of(by), Instant::now());
    let sent = key.clone();
    let written = db.write(async move |tx| {
        let (value, event) = unit(tx).await?;
        record(tx, &author, &event, at).await?;
        if let Some(key) = &sent {
            key.remember(tx, &value, at).await?;
        }
        Ok(value)
    });
    match written.await {
        Ok(value) => Ok(value),
        Err(e) => first_or(db, key, e.into()).await,
    }
}

/// What [`change`] must not be; for the proofs' control only.
#[allow(clippy::disallowed_methods)]
async fn apart<T, A, F>(db: &Db, by: &A, unit: F) -> kernel::Result<T>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    A: Author,
    F: AsyncFn(&mut Tx<'_>) -> Result<(T, Event)> + Send + Sync + 'static,
{
    let (author, key, at) = (by.identity(), Key::of(by), Instant::now());
    let sent = key.clone();
    let written = db.write(async move |tx| {
        let (value, event) = unit(tx).await?;
        if let Some(key) = &sent {
            key.remember(tx, &value, at).await?;
        }
        Ok((value, event))
    });
    match written.await {
        Ok((value, event)) => {
            let _ = db.write(async move |tx| record(tx, &author, &event, at).await).await;
            Ok(value)
        }
        Err(e) => first_or(db, key, e.into()).await,
    }
}

/// What a handler refuses before its unit of work, because of what the object has become: the same request, sent again, gets
/// its first answer all the same.
///
/// # Errors
/// `refused`, unless this request was answered before; `key-reused` if its key came with another body.
pub async fn refuse<T: DeserializeOwned, A: Author>(db: &Db, by: &A, refused: Error) -> kernel::Result<T> {
    first_or(db, Key::of(by), refused).await
}

/// What the first of these requests was told. It is asked only once one has failed: that costs the usual request nothing.
async fn first_or<T: DeserializeOwned>(db: &Db, key: Option<Key>, refused: Error) -> kernel::Result<T> {
    let first = match key {
        Some(key) => key.answered(db).await?,
        None => None,
    };
    first.map_or(Err(refused), |first| serde_json::from_str(&first).map_err(Error::internal))
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

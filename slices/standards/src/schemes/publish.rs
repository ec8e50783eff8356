//! Publishing a scheme: a published edition never changes.
use super::store::{named, scheme};
use crate::editions::Published;
use audit::{Author, Event, change};
use db::{Db, params};
use kernel::{Error, Instant, Kind, Result, SchemeId};
use scheme::Scheme;

const DIFFERS: &str = "scheme-published-differs";

/// Publishes a scheme that has passed the publishing checks. Content equal to the published edition of its code and
/// version (by value, not by spelling) succeeds and changes nothing.
///
/// # Errors
/// `scheme-published-differs` if another content is published under its code and version; the engine's own.
pub async fn publish<A: Author>(db: &Db, by: &A, scheme: &Scheme) -> Result<Published<SchemeId>> {
    if let Some(id) = already(db, scheme).await? {
        return Ok(Published::Already(id));
    }
    match insert(db, by, scheme).await {
        Ok(id) => Ok(Published::New(id)),
        // Somebody was quicker, perhaps with the same content.
        Err(e) if e.key == DIFFERS => already(db, scheme).await?.map(Published::Already).ok_or(e),
        Err(e) => Err(e),
    }
}

async fn already(db: &Db, new: &Scheme) -> Result<Option<SchemeId>> {
    let id = match named(db, &new.code, &new.version).await {
        Ok(id) => id,
        Err(e) if e.kind == Kind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    if **scheme(db, id).await? == *new { Ok(Some(id)) } else { Err(differs(new)) }
}

fn differs(scheme: &Scheme) -> Error {
    Error::conflict(DIFFERS).with("code", &scheme.code).with("version", &scheme.version)
}

async fn insert<A: Author>(db: &Db, by: &A, scheme: &Scheme) -> Result<SchemeId> {
    const INSERT: &str = "INSERT INTO scheme_edition (id, code, version, title, first_day, last_day, content, published) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let (id, at, content, scheme) = (SchemeId::new(), Instant::now(), scheme.canonical(), scheme.clone());
    change(db, by, async move |tx| {
        let (from, to) = (scheme.effective_from, scheme.effective_to);
        let row = params![&id, &scheme.code, &scheme.version, &scheme.title, from, to, &content, at];
        if tx.exec(INSERT, &row).await? == 0 {
            return Err(differs(&scheme).into());
        }
        let event = Event::new("scheme.publish", format!("scheme:{id}")).with("code", &scheme.code).with("version", &scheme.version);
        Ok((id.to_string(), event.with("indicators", scheme.indicators.len())))
    })
    .await?
    .parse()
}

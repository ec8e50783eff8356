//! Publishing an edition: once there, it never changes.
use super::store;
use crate::edition::{Body, Edition};
use audit::{Author, Event, change};
use db::{Db, Tx, params};
use kernel::{EditionId, Error, Instant, Result};
use std::sync::Arc;

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published<Id> {
    /// It is published now.
    New(Id),
    /// The same content already was; nothing has changed and no event was left.
    Already(Id),
}

impl<Id: Copy> Published<Id> {
    pub fn id(self) -> Id {
        match self {
            Published::New(id) | Published::Already(id) => id,
        }
    }
}

/// Publishes an edition. The same content under the same code and version changes nothing.
///
/// # Errors
/// `edition-published-differs` if another content is published under its code and version; the engine's own.
pub async fn publish<A: Author>(db: &Db, by: &A, edition: Edition) -> Result<Published<EditionId>> {
    if let Some(id) = already(db, &edition).await? {
        return Ok(Published::Already(id));
    }
    let edition = Arc::new(edition);
    match insert(db, by, edition.clone()).await {
        Ok(id) => Ok(Published::New(id)),
        // Somebody was quicker, perhaps with the same content.
        Err(e) if e.key == DIFFERS => already(db, &edition).await?.map(Published::Already).ok_or(e),
        Err(e) => Err(e),
    }
}

const DIFFERS: &str = "edition-published-differs";

async fn already(db: &Db, edition: &Edition) -> Result<Option<EditionId>> {
    let id = match store::id_of(db, &edition.head.code, &edition.head.version).await {
        Ok(id) => id,
        Err(e) if e.kind == kernel::Kind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    if *store::edition(db, id).await? == *edition { Ok(Some(id)) } else { Err(differs(edition)) }
}

fn differs(edition: &Edition) -> Error {
    let (code, version) = (&edition.head.code, &edition.head.version);
    Error::conflict(DIFFERS).with("code", code).with("version", version)
}

async fn insert<A: Author>(db: &Db, by: &A, edition: Arc<Edition>) -> Result<EditionId> {
    let (id, at) = (EditionId::new(), Instant::now());
    change(db, by, async move |tx| {
        if !write_head(tx, id, &edition, at).await? {
            return Err(differs(&edition).into());
        }
        write_articles(tx, id, &edition).await?;
        let head = &edition.head;
        let event = Event::new("edition.publish", format!("edition:{id}")).with("code", &head.code).with("version", &head.version);
        Ok((id.to_string(), event.with("articles", edition.articles.len())))
    })
    .await?
    .parse()
}

async fn write_head(tx: &mut Tx<'_>, id: EditionId, edition: &Edition, at: Instant) -> db::Result<bool> {
    const INSERT: &str = "INSERT INTO edition (id, code, version, title, kind, issuer, first_day, first_day_known, last_day, source, note, \
                          state, whole, sample, published) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING";
    let h = &edition.head;
    let known = h.effective_from.to_string();
    let row = params![
        &id,
        h.code.as_str(),
        h.version.as_str(),
        &h.title,
        h.kind.code(),
        h.issuer.as_deref(),
        h.effective_from.day(),
        &known,
        h.effective_to,
        h.source.as_deref(),
        h.note.as_deref(),
        h.check.code(),
        h.whole,
        h.sample,
        at
    ];
    Ok(tx.exec(INSERT, &row).await? == 1)
}

async fn write_articles(tx: &mut Tx<'_>, id: EditionId, edition: &Edition) -> db::Result<()> {
    const CHAPTER: &str = "INSERT INTO edition_chapter (edition, number, title, note) VALUES ($1, $2, $3, $4)";
    const ARTICLE: &str = "INSERT INTO edition_article (edition, number, chapter, section, heading, wording, summary, confidence, source, \
                           state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    const LINK: &str = "INSERT INTO edition_link (edition, number, place) VALUES ($1, $2, $3)";
    for c in &edition.chapters {
        tx.later(CHAPTER, &params![&id, i64::from(c.number), &c.title, c.note.as_deref()]).await?;
    }
    for a in &edition.articles {
        let (wording, summary) = match &a.body {
            Body::Text(t) => (Some(t.as_str()), None),
            Body::Summary(s) => (None, Some(s.as_str())),
            Body::Missing => (None, None),
        };
        let (number, chapter, confidence) = (i64::from(a.number), a.chapter.map(i64::from), a.confidence.map(|c| c.code()));
        let (section, heading, source) = (a.section.as_deref(), a.heading.as_deref(), a.source.as_deref());
        let row = params![&id, number, chapter, section, heading, wording, summary, confidence, source, a.check.code()];
        tx.later(ARTICLE, &row).await?;
        for place in &a.higher {
            tx.later(LINK, &params![&id, number, &place.to_string()]).await?;
        }
    }
    Ok(())
}

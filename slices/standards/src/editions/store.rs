//! Reading published editions. They never change, so each is read once a process.
use crate::edition::{Article, Body, Chapter, Check, Code, Confidence, Edition, FirstDay, Head, Kind, Place, Shelf, in_force};
use db::{Db, Tx, params};
use kernel::{BusinessDate, EditionId, Error, Result};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

/// Immutable, and their ids are unique in the world: one cache serves every database of the process.
static READ: LazyLock<RwLock<HashMap<EditionId, Arc<Edition>>>> = LazyLock::new(Default::default);

db::row! {
    struct Key { id: EditionId, code: String, version: String }
    struct HeadRow {
        code: String, version: String, title: String, kind: String, issuer: Option<String>, first_day: String,
        last_day: Option<BusinessDate>, source: Option<String>, note: Option<String>, state: String, whole: bool, sample: bool,
    }
    struct ChapterRow { number: i64, title: String, note: Option<String> }
    struct ArticleRow {
        number: i64, chapter: Option<i64>, section: Option<String>, heading: Option<String>, wording: Option<String>,
        summary: Option<String>, confidence: Option<String>, source: Option<String>, state: String,
    }
    struct LinkRow { number: i64, place: String }
}

/// One edition.
///
/// # Errors
/// Not found; the engine's own.
pub async fn edition(db: &Db, id: EditionId) -> Result<Arc<Edition>> {
    if let Some(known) = READ.read().ok().and_then(|read| read.get(&id).cloned()) {
        return Ok(known);
    }
    let edition = Arc::new(db.read(async move |tx| read_uncached(tx, id).await).await?);
    if let Ok(mut read) = READ.write() {
        read.insert(id, edition.clone());
    }
    Ok(edition)
}

/// The edition of a code and version.
///
/// # Errors
/// Not found; the engine's own.
pub async fn id_of(db: &Db, code: &Code, version: &Code) -> Result<EditionId> {
    let found = db.lookup("SELECT id FROM edition WHERE code = $1 AND version = $2", &params![code.as_str(), version.as_str()]).await?;
    found.into_iter().next().ok_or_else(Error::not_found)
}

/// All editions, by code and first day; there are dozens of them, not thousands.
///
/// # Errors
/// The engine's own.
pub async fn editions(db: &Db) -> Result<Vec<(EditionId, Arc<Edition>)>> {
    let keys = db.read(async |tx| tx.all::<EditionId>("SELECT id FROM edition ORDER BY code, first_day, version", &[]).await).await?;
    let mut all = Vec::with_capacity(keys.len());
    for id in keys {
        all.push((id, edition(db, id).await?));
    }
    Ok(all)
}

/// All editions as a shelf, to be asked whether an article exists.
///
/// # Errors
/// The engine's own.
pub async fn shelf(db: &Db) -> Result<Shelf> {
    Ok(Shelf::new(editions(db).await?.into_iter().map(|(_, e)| e).collect()))
}

/// The editions of a kind in force on `day`: what a cycle opened then may bind as its standard or star rules (S42).
/// Invented samples come last.
///
/// # Errors
/// The engine's own.
pub async fn candidates(db: &Db, kind: Kind, day: BusinessDate) -> Result<Vec<(EditionId, Arc<Edition>)>> {
    let all = editions(db).await?;
    let valid = in_force(all.iter().map(|(_, e)| e.as_ref()).filter(|e| e.head.kind == kind), day);
    let mut found: Vec<_> = all.iter().filter(|(_, e)| valid.iter().any(|v| std::ptr::eq(*v, e.as_ref()))).cloned().collect();
    found.sort_by_key(|(_, e)| (e.head.sample, e.head.code.clone()));
    Ok(found)
}

/// Codes and versions there are.
pub(crate) async fn published(db: &Db) -> Result<Vec<(EditionId, String, String)>> {
    let keys = db.read(async |tx| tx.all::<Key>("SELECT id, code, version FROM edition", &[]).await).await?;
    Ok(keys.into_iter().map(|k| (k.id, k.code, k.version)).collect())
}

/// One edition from the tables, past the cache.
///
/// # Errors
/// Not found; the engine's own.
pub async fn read_uncached(tx: &mut Tx<'_>, id: EditionId) -> db::Result<Edition> {
    const HEAD: &str = "SELECT code, version, title, kind, issuer, first_day_known, last_day, source, note, state, whole, sample \
                        FROM edition WHERE id = $1";
    const CHAPTERS: &str = "SELECT number, title, note FROM edition_chapter WHERE edition = $1 ORDER BY number";
    const ARTICLES: &str = "SELECT number, chapter, section, heading, wording, summary, confidence, source, state \
                            FROM edition_article WHERE edition = $1 ORDER BY number";
    const LINKS: &str = "SELECT number, place FROM edition_link WHERE edition = $1 ORDER BY number";
    let head = head(tx.one(HEAD, &params![&id]).await?)?;
    let chapters: Vec<ChapterRow> = tx.all(CHAPTERS, &params![&id]).await?;
    let articles: Vec<ArticleRow> = tx.all(ARTICLES, &params![&id]).await?;
    let links: Vec<LinkRow> = tx.all(LINKS, &params![&id]).await?;
    let chapters = chapters.into_iter().map(chapter).collect::<Result<_>>()?;
    let articles = articles.into_iter().map(|a| article(a, &links)).collect::<Result<_>>()?;
    Ok(Edition { head, chapters, articles })
}

fn head(row: HeadRow) -> Result<Head> {
    Ok(Head {
        code: Code::parse(&row.code)?,
        version: Code::parse(&row.version)?,
        title: row.title,
        kind: Kind::parse(&row.kind)?,
        issuer: row.issuer,
        effective_from: FirstDay::parse(&row.first_day)?,
        effective_to: row.last_day,
        source: row.source,
        note: row.note,
        check: Check::parse(&row.state)?,
        whole: row.whole,
        sample: row.sample,
    })
}

fn chapter(row: ChapterRow) -> Result<Chapter> {
    Ok(Chapter { number: number(row.number)?, title: row.title, note: row.note })
}

fn article(row: ArticleRow, links: &[LinkRow]) -> Result<Article> {
    let of_this = links.iter().filter(|l| l.number == row.number);
    let mut higher = of_this.map(|l| Place::parse(&l.place)).collect::<Result<Vec<_>>>()?;
    higher.sort();
    Ok(Article {
        number: number(row.number)?,
        chapter: row.chapter.map(number).transpose()?,
        section: row.section,
        heading: row.heading,
        body: match (row.wording, row.summary) {
            (Some(wording), _) => Body::Text(wording),
            (None, Some(summary)) => Body::Summary(summary),
            (None, None) => Body::Missing,
        },
        confidence: row.confidence.as_deref().map(Confidence::parse).transpose()?,
        source: row.source,
        check: Check::parse(&row.state)?,
        higher,
    })
}

fn number(stored: i64) -> Result<u16> {
    u16::try_from(stored).map_err(Error::internal)
}

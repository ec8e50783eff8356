//! Making something findable, and no longer.
use crate::terms::{self, Text};
use db::{Result, Tx, params};
use kernel::OrgId;
use std::collections::BTreeSet;

/// What a person sees of something found. Nothing in it may be more than its kind's permission shows.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// `organisation`, `member` …; a [`Sight`](crate::Sight) names the kinds somebody may find.
    pub kind: &'a str,
    /// The object's id.
    pub object: &'a [u8],
    /// The organisation that it belongs to, or is.
    pub org: OrgId,
    pub title: &'a str,
    pub subtitle: &'a str,
    /// Where its page is.
    pub href: &'a str,
}

db::row! {
    struct Known { number: i64, terms: String }
}

/// Makes the entry findable by `texts`; what it was found by before is replaced.
///
/// # Errors
/// The engine's own.
pub async fn put(tx: &mut Tx<'_>, entry: &Entry<'_>, texts: &[Text<'_>]) -> Result<()> {
    let wanted = terms::of(texts);
    let joined = wanted.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let before: Option<Known> =
        tx.opt("SELECT number, terms FROM search_entry WHERE kind = $1 AND object = $2", &params![entry.kind, entry.object]).await?;
    let old: BTreeSet<String> = before.iter().flat_map(|k| k.terms.lines()).map(str::to_owned).collect();
    let number = match &before {
        Some(known) => {
            tx.exec(
                "UPDATE search_entry SET org = $2, title = $3, subtitle = $4, href = $5, terms = $6 WHERE number = $1",
                &params![known.number, &entry.org, entry.title, entry.subtitle, entry.href, &joined],
            )
            .await?;
            known.number
        }
        None => {
            tx.one(
                "INSERT INTO search_entry (kind, object, org, title, subtitle, href, terms) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING number",
                &params![entry.kind, entry.object, &entry.org, entry.title, entry.subtitle, entry.href, &joined],
            )
            .await?
        }
    };
    for term in old.difference(&wanted) {
        tx.later("DELETE FROM search_term WHERE term = $1 AND entry = $2", &params![term, number]).await?;
    }
    for term in wanted.difference(&old) {
        tx.later("INSERT INTO search_term (term, entry) VALUES ($1, $2)", &params![term, number]).await?;
    }
    Ok(())
}

/// The object is not found any more; nothing happens if it was not.
///
/// # Errors
/// The engine's own.
pub async fn remove(tx: &mut Tx<'_>, kind: &str, object: &[u8]) -> Result<()> {
    let known: Option<Known> =
        tx.opt("SELECT number, terms FROM search_entry WHERE kind = $1 AND object = $2", &params![kind, object]).await?;
    let Some(known) = known else { return Ok(()) };
    for term in known.terms.lines() {
        tx.later("DELETE FROM search_term WHERE term = $1 AND entry = $2", &params![term, known.number]).await?;
    }
    tx.later("DELETE FROM search_entry WHERE number = $1", &params![known.number]).await
}

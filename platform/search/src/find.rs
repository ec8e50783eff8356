//! Finding, within a scope.
use crate::terms::{asked, matches};
use access::{Grant, Permission, Reach, Scope};
use db::{Error, Result, Tx, params};
use kernel::{OrgId, OrgPath};
use std::collections::{HashMap, HashSet};

/// Organisations up to which a scope is read by its organisations.
pub(crate) const SMALL: usize = 200;
/// Entries of a page read along a term, and pages read at most: a word that begins a great many names outside the scope
/// must not hold a reader for ever. Ten thousand entries take a fraction of a second; a longer word finds the rest.
const PAGE: i64 = 200;
const PAGES: usize = 50;

/// One kind of thing somebody may find, and where.
#[derive(Clone, Debug)]
pub struct Sight {
    kind: &'static str,
    /// `None` is the whole installation.
    tops: Vec<Option<OrgPath>>,
}

impl Sight {
    /// Wherever the permission to read things of this kind is held.
    pub fn of<P: Permission>(kind: &'static str, grant: &Grant<P>) -> Self {
        Self { kind, tops: grant.posts().iter().map(|post| post.path.clone()).collect() }
    }
    /// Wherever a reach is.
    pub fn in_reach(kind: &'static str, reach: &Reach) -> Self {
        Self { kind, tops: reach.scopes().iter().map(|scope| scope.top.clone()).collect() }
    }
    /// Within one subtree.
    pub fn within(kind: &'static str, scope: &Scope) -> Self {
        Self { kind, tops: vec![scope.top.clone()] }
    }
    fn covers(&self, kind: &str, path: &OrgPath) -> bool {
        self.kind == kind && self.tops.iter().any(|top| top.as_ref().is_none_or(|t| t.covers(path)))
    }
}

db::row! {
    /// Something found.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Hit {
        number: i64,
        pub kind: String,
        pub object: Vec<u8>,
        pub org: OrgId,
        pub title: String,
        pub subtitle: String,
        pub href: String,
        terms: String,
        /// The term by which it was found.
        term: String,
    }
}

/// At most `limit` things whose terms begin with every word of `query`, within `sights`; the closest first: whose title is
/// the query, then whose title begins with it, then shorter titles. A query without a letter or character finds nothing.
///
/// # Errors
/// The engine's own.
pub async fn find(tx: &mut Tx<'_>, query: &str, sights: &[Sight], limit: usize) -> Result<Vec<Hit>> {
    let words = asked(query);
    // The longest word begins the fewest terms.
    let Some(word) = words.iter().max_by_key(|w| w.chars().count()) else { return Ok(Vec::new()) };
    let mut hits = match small(tx, sights).await? {
        Some(orgs) => by_organisation(tx, &words, sights, &orgs).await?,
        None => along_term(tx, word, &words, sights, limit).await?,
    };
    let query = query.trim();
    hits.sort_by_cached_key(|h| (h.title != query, !h.title.starts_with(query), h.title.chars().count(), h.title.clone(), h.number));
    hits.truncate(limit);
    Ok(hits)
}

/// The scope's organisations with their paths, if they are few.
async fn small(tx: &mut Tx<'_>, sights: &[Sight]) -> Result<Option<HashMap<OrgId, OrgPath>>> {
    let mut orgs = HashMap::new();
    for top in sights.iter().flat_map(|s| &s.tops).collect::<HashSet<_>>() {
        let limit = SMALL as i64 + 1;
        let nodes = match top {
            Some(top) => tree::nodes(tx, top, None, limit).await?,
            None => tree::all(tx, None, limit).await?,
        };
        orgs.extend(nodes.into_iter().map(|n| (n.org, n.path)));
        if orgs.len() > SMALL {
            return Ok(None);
        }
    }
    Ok(Some(orgs))
}

async fn by_organisation(tx: &mut Tx<'_>, words: &[String], sights: &[Sight], orgs: &HashMap<OrgId, OrgPath>) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for (org, path) in orgs {
        let found: Vec<Hit> = tx
            .all("SELECT number, kind, object, org, title, subtitle, href, terms, '' FROM search_entry WHERE org = $1", &params![org])
            .await?;
        hits.extend(found.into_iter().filter(|h| seen(sights, &h.kind, path) && matches(words, &h.terms)));
    }
    Ok(hits)
}

async fn along_term(tx: &mut Tx<'_>, word: &str, words: &[String], sights: &[Sight], limit: usize) -> Result<Vec<Hit>> {
    let end = format!("{word}\u{10FFFF}");
    let (mut after, mut hits, mut met, mut places) = ((word.to_owned(), -1), Vec::new(), HashSet::new(), HashMap::new());
    for _ in 0..PAGES {
        let page: Vec<Hit> = tx
            .all(
                "SELECT e.number, e.kind, e.object, e.org, e.title, e.subtitle, e.href, e.terms, t.term \
                 FROM search_term t JOIN search_entry e ON e.number = t.entry \
                 WHERE (t.term, t.entry) > ($1, $2) AND t.term < $3 ORDER BY t.term, t.entry LIMIT $4",
                &params![&after.0, after.1, &end, PAGE],
            )
            .await?;
        let Some(last) = page.last() else { break };
        after = (last.term.clone(), last.number);
        for hit in page {
            if met.insert(hit.number) && matches(words, &hit.terms) && admitted(tx, sights, &hit, &mut places).await? {
                hits.push(hit);
            }
        }
        // Some more than are shown, so that the closest are among them.
        if hits.len() >= limit.saturating_mul(4) {
            break;
        }
    }
    Ok(hits)
}

async fn admitted(tx: &mut Tx<'_>, sights: &[Sight], hit: &Hit, places: &mut HashMap<OrgId, Option<OrgPath>>) -> Result<bool> {
    if !sights.iter().any(|s| s.kind == hit.kind) {
        return Ok(false);
    }
    if let std::collections::hash_map::Entry::Vacant(place) = places.entry(hit.org) {
        place.insert(match tree::node(tx, hit.org).await {
            Ok(node) => Some(node.path),
            Err(Error::Missing) => None,
            Err(e) => return Err(e),
        });
    }
    Ok(places.get(&hit.org).and_then(Option::as_ref).is_some_and(|path| seen(sights, &hit.kind, path)))
}

fn seen(sights: &[Sight], kind: &str, path: &OrgPath) -> bool {
    sights.iter().any(|s| s.covers(kind, path))
}

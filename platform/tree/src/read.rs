//! Reading the tree, today's or a past day's.
use db::{Db, Each, Result, Tx, params};
use kernel::{BusinessDate, OrgId, OrgPath};

db::row! {
    /// An organisation's place today.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Node {
        pub org: OrgId,
        pub parent: Option<OrgId>,
        pub path: OrgPath,
        /// The day it was closed, if it was.
        pub closed: Option<BusinessDate>,
    }
}

/// One statement by primary key; `None` if there is no such organisation.
///
/// # Errors
/// The engine's own.
pub async fn path(db: &Db, org: OrgId) -> Result<Option<OrgPath>> {
    Ok(db.lookup("SELECT path FROM node WHERE org = $1", &params![&org]).await?.pop())
}

/// Today's paths of a few organisations, in their order; the unknown ones are left out.
///
/// # Errors
/// The engine's own.
pub async fn paths(db: &Db, orgs: &[OrgId]) -> Result<Vec<(OrgId, OrgPath)>> {
    let mut found = Vec::with_capacity(orgs.len());
    for org in orgs {
        found.extend(path(db, *org).await?.map(|p| (*org, p)));
    }
    Ok(found)
}

/// # Errors
/// [`db::Error::Missing`] if there is no such organisation.
pub async fn node(tx: &mut Tx<'_>, org: OrgId) -> Result<Node> {
    tx.one("SELECT org, parent, path, closed FROM node WHERE org = $1", &params![&org]).await
}

/// Today's subtree in path order, at most `limit` nodes after `after` (keyset; `None` starts).
///
/// # Errors
/// The engine's own.
pub async fn nodes(tx: &mut Tx<'_>, top: &OrgPath, after: Option<&OrgPath>, limit: i64) -> Result<Vec<Node>> {
    let from = after.map_or("", OrgPath::as_str);
    tx.all(
        "SELECT org, parent, path, closed FROM node WHERE path >= $1 AND path < $2 AND path > $3 ORDER BY path LIMIT $4",
        &params![top, &top.end(), from, limit],
    )
    .await
}

/// How many levels stand below a place, those that are closed included: a path must hold them all.
///
/// # Errors
/// The engine's own.
pub async fn height(tx: &mut Tx<'_>, top: &OrgPath) -> Result<usize> {
    let deepest: Option<i64> = tx.one("SELECT MAX(depth) FROM node WHERE path >= $1 AND path < $2", &params![top, &top.end()]).await?;
    Ok(usize::try_from(deepest.unwrap_or(0)).unwrap_or(0).saturating_sub(top.depth()))
}

/// The organisations from the root down to `org` itself, today.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such organisation.
pub async fn line(tx: &mut Tx<'_>, org: OrgId) -> Result<Vec<OrgId>> {
    let mut next = Some(org);
    let mut up = Vec::new();
    while let Some(org) = next {
        next = node(tx, org).await?.parent;
        up.push(org);
    }
    up.reverse();
    Ok(up)
}

/// The direct children on a day, in the order they were added.
///
/// # Errors
/// The engine's own.
pub async fn children_on(tx: &mut Tx<'_>, parent: Option<OrgId>, day: BusinessDate) -> Result<Vec<OrgId>> {
    match parent {
        Some(org) => {
            tx.all("SELECT org FROM placement WHERE parent = $1 AND valid_from <= $2 AND valid_to > $2 ORDER BY path", &params![&org, day])
                .await
        }
        None => {
            tx.all("SELECT org FROM placement WHERE parent IS NULL AND valid_from <= $1 AND valid_to > $1 ORDER BY path", &params![day])
                .await
        }
    }
}

/// Where each of these organisations stood on a day, in the order of the paths; one that did not stand is left out.
///
/// # Errors
/// The engine's own.
pub async fn placed(tx: &mut Tx<'_>, orgs: &[OrgId], day: BusinessDate) -> Result<Vec<Placed>> {
    let each: Each = orgs.iter().collect();
    let sql = "SELECT org, path FROM placement WHERE org IN EACH($1) AND valid_from <= $2 AND valid_to > $2 ORDER BY path";
    tx.all(sql, &params![&each, day]).await
}

/// How many direct children there were on a day.
///
/// # Errors
/// The engine's own.
pub async fn children_count(tx: &mut Tx<'_>, parent: OrgId, day: BusinessDate) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM placement WHERE parent = $1 AND valid_from <= $2 AND valid_to > $2", &params![&parent, day]).await
}

db::row! {
    /// A place on a day.
    #[derive(Clone, Debug)]
    pub struct Placed { pub org: OrgId, pub path: OrgPath }
}

/// The subtree of `top` as it stood on a day, with the paths of that day.
///
/// # Errors
/// The engine's own.
pub async fn subtree_on(tx: &mut Tx<'_>, top: &OrgPath, day: BusinessDate) -> Result<Vec<(OrgId, OrgPath)>> {
    let rows: Vec<Placed> = tx
        .all(
            "SELECT org, path FROM placement WHERE path >= $1 AND path < $2 AND valid_from <= $3 AND valid_to > $3 ORDER BY path",
            &params![top, &top.end(), day],
        )
        .await?;
    Ok(rows.into_iter().map(|r| (r.org, r.path)).collect())
}

/// The organisations from the root down to `org` as they stood on a day; empty if it did not exist then.
///
/// # Errors
/// The engine's own.
pub async fn ancestors_on(tx: &mut Tx<'_>, org: OrgId, day: BusinessDate) -> Result<Vec<OrgId>> {
    db::row! { struct Up { parent: Option<OrgId> } }
    let mut up = Vec::new();
    let mut next = Some(org);
    while let Some(org) = next {
        let found: Option<Up> =
            tx.opt("SELECT parent FROM placement WHERE org = $1 AND valid_from <= $2 AND valid_to > $2", &params![&org, day]).await?;
        let Some(found) = found else { break };
        up.push(org);
        next = found.parent;
    }
    up.reverse();
    Ok(up)
}

/// As [`nodes`], over the whole installation.
///
/// # Errors
/// The engine's own.
pub async fn all(tx: &mut Tx<'_>, after: Option<&OrgPath>, limit: i64) -> Result<Vec<Node>> {
    let from = after.map_or("", OrgPath::as_str);
    tx.all("SELECT org, parent, path, closed FROM node WHERE path > $1 ORDER BY path LIMIT $2", &params![from, limit]).await
}

/// Which organisation stood at a path on a day.
///
/// # Errors
/// The engine's own.
pub async fn org_at(tx: &mut Tx<'_>, path: &OrgPath, day: BusinessDate) -> Result<Option<OrgId>> {
    tx.opt("SELECT org FROM placement WHERE path = $1 AND valid_from <= $2 AND valid_to > $2", &params![path, day]).await
}

/// What stands or ever stood directly below an organisation, closed ones too.
///
/// # Errors
/// The engine's own.
pub async fn ever_below(tx: &mut Tx<'_>, org: OrgId) -> Result<Vec<OrgId>> {
    tx.all("SELECT DISTINCT org FROM placement WHERE parent = $1", &params![&org]).await
}

/// Whether at least `many` organisations stand in a range of paths.
///
/// # Errors
/// The engine's own.
pub async fn at_least(tx: &mut Tx<'_>, from: &str, to: &str, many: i64) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM node WHERE path >= $1 AND path < $2 LIMIT $3) AS few";
    Ok(tx.one::<i64>(sql, &params![from, to, many]).await? >= many)
}

/// Whatever once stood within one of these ranges of paths and stands outside all of them today, with today's paths: no table
/// that goes by a former copy of the tree need be gone through to find what moved.
///
/// # Errors
/// The engine's own.
pub async fn left(tx: &mut Tx<'_>, ranges: &[(String, String)]) -> Result<Vec<Placed>> {
    let mut gone: Vec<Placed> = Vec::new();
    for (from, to) in ranges {
        let moved: Vec<Placed> = tx
            .all(
                "SELECT DISTINCT node.org, node.path FROM placement was JOIN node ON node.org = was.org
                 WHERE was.path >= $1 AND was.path < $2 AND (node.path < $1 OR node.path >= $2)",
                &params![from, to],
            )
            .await?;
        gone.extend(moved);
    }
    let inside = |path: &OrgPath| ranges.iter().any(|(from, to)| from.as_str() <= path.as_str() && path.as_str() < to.as_str());
    gone.retain(|placed| !inside(&placed.path));
    Ok(gone)
}

/// The first day an organisation stood anywhere, and the day of its latest change of place.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such organisation.
pub async fn span(tx: &mut Tx<'_>, org: OrgId) -> Result<(BusinessDate, BusinessDate)> {
    db::row! { struct Span { first: Option<BusinessDate>, latest: Option<BusinessDate> } }
    let sql = "SELECT MIN(valid_from) AS first, MAX(valid_from) AS latest FROM placement WHERE org = $1";
    let span: Span = tx.one(sql, &params![&org]).await?;
    span.first.zip(span.latest).ok_or(db::Error::Missing)
}

/// What stands directly below an organisation today and is not closed.
///
/// # Errors
/// The engine's own.
pub async fn open_below(tx: &mut Tx<'_>, org: OrgId) -> Result<Vec<OrgId>> {
    tx.all("SELECT org FROM node WHERE parent = $1 AND closed IS NULL", &params![&org]).await
}

//! The names of places: the cycle's copy of the tree stands as it did on the opening day.
use db::{Db, Result as Unit, Tx};
use kernel::{BusinessDate, OrgId, OrgPath, Result};
use organisations::{OrgKind, Organisation};
use std::collections::HashMap;

/// Rows of a level on one page.
pub const PAGE: i64 = 50;

/// Where a row's figures belong.
pub struct Place {
    pub path: OrgPath,
    pub org: Option<OrgId>,
    pub code: String,
    pub name: String,
    /// Nothing that takes part stands below a branch.
    pub is_branch: bool,
}

/// Those of a few paths that led to an organisation on that day, in their order.
///
/// # Errors
/// The engine's own.
pub async fn named(db: &Db, paths: Vec<OrgPath>, day: BusinessDate) -> Result<Vec<Place>> {
    let found = db.read(async move |tx| {
        let mut ids = Vec::with_capacity(paths.len());
        for path in &paths {
            ids.extend(tree::org_at(tx, path, day).await?);
        }
        let orgs = organisations::named(tx, &ids).await?;
        standing(tx, orgs, day).await
    });
    Ok(found.await?)
}

/// Part of a level: whatever the level adds up to, a page holds no more than [`PAGE`] of it.
#[derive(Default)]
pub struct Level {
    /// In the order of their codes, which is the administrative one.
    pub places: Vec<Place>,
    /// Something of it stands before them.
    pub begun: bool,
    /// What stands behind them.
    pub next: Option<OrgPath>,
}

/// What stood just below `path` on that day. A level longer than a page begins with `from`, if that is one of it.
///
/// # Errors
/// The engine's own.
pub async fn below(db: &Db, path: OrgPath, from: Option<OrgPath>, day: BusinessDate) -> Result<Level> {
    let found = db.read(async move |tx| {
        let Some(above) = tree::org_at(tx, &path, day).await? else { return Ok(Level::default()) };
        let mut orgs = organisations::below(tx, above, day, "", PAGE + 1).await?;
        let mut begun = false;
        if orgs.len() as i64 > PAGE
            && let Some(first) = first(tx, from.as_ref(), day).await?
        {
            begun = orgs.first().is_some_and(|org| org.code != first.code);
            orgs = organisations::below(tx, above, day, &first.code, PAGE).await?;
            orgs.insert(0, first);
        }
        let mut places = standing(tx, orgs, day).await?;
        let next = (places.len() as i64 > PAGE).then(|| places.pop().map(|place| place.path)).flatten();
        Ok(Level { places, begun, next })
    });
    Ok(found.await?)
}

/// With which a level begins.
async fn first(tx: &mut Tx<'_>, from: Option<&OrgPath>, day: BusinessDate) -> Unit<Option<Organisation>> {
    let Some(from) = from else { return Ok(None) };
    let Some(org) = tree::org_at(tx, from, day).await? else { return Ok(None) };
    Ok(organisations::named(tx, &[org]).await?.pop())
}

async fn standing(tx: &mut Tx<'_>, orgs: Vec<Organisation>, day: BusinessDate) -> Unit<Vec<Place>> {
    let ids: Vec<OrgId> = orgs.iter().map(|org| org.id).collect();
    let placed = tree::placed(tx, &ids, day).await?;
    let mut paths: HashMap<OrgId, OrgPath> = placed.into_iter().map(|p| (p.org, p.path)).collect();
    Ok(orgs.into_iter().filter_map(|org| paths.remove(&org.id).map(|path| place(org, path))).collect())
}

fn place(org: Organisation, path: OrgPath) -> Place {
    let is_branch = OrgKind::parse(&org.kind).is_ok_and(|kind| matches!(kind, OrgKind::Branch | OrgKind::JointBranch));
    Place { path, org: Some(org.id), code: org.code, name: org.name, is_branch }
}

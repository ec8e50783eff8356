//! The names of places: the cycle's copy of the tree stands as it did on the opening day.
use db::{Db, Result as Unit, Tx};
use kernel::{BusinessDate, OrgId, OrgPath, Result};
use organisations::OrgKind;
use tree::Placed;

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
        let mut placed = Vec::with_capacity(paths.len());
        for path in &paths {
            let org = tree::org_at(tx, path, day).await?;
            placed.extend(org.map(|org| Placed { org, path: path.clone() }));
        }
        places(tx, placed).await
    });
    Ok(found.await?)
}

/// What stood just below `path` on that day: two statements, however many there are.
///
/// # Errors
/// The engine's own.
pub async fn below(db: &Db, path: OrgPath, day: BusinessDate) -> Result<Vec<Place>> {
    let found = db.read(async move |tx| {
        let Some(org) = tree::org_at(tx, &path, day).await? else { return Ok(Vec::new()) };
        let placed = tree::children_placed(tx, org, day).await?;
        places(tx, placed).await
    });
    Ok(found.await?)
}

async fn places(tx: &mut Tx<'_>, placed: Vec<Placed>) -> Unit<Vec<Place>> {
    let ids: Vec<OrgId> = placed.iter().map(|p| p.org).collect();
    let names = organisations::named(tx, &ids).await?;
    // Names come in the order of the ids; a place without one is passed over.
    let mut placed = placed.into_iter();
    let place = |org: organisations::Organisation| {
        let path = placed.find(|p| p.org == org.id)?.path;
        let is_branch = OrgKind::parse(&org.kind).is_ok_and(|kind| matches!(kind, OrgKind::Branch | OrgKind::JointBranch));
        Some(Place { path, org: Some(org.id), code: org.code, name: org.name, is_branch })
    };
    Ok(names.into_iter().filter_map(place).collect())
}

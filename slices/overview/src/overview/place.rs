//! The names of places: the cycle's copy of the tree stands as it did on the opening day.
use db::Db;
use kernel::{BusinessDate, OrgId, OrgPath, Result};
use organisations::OrgKind;

/// Where a row's figures belong.
pub struct Place {
    pub path: OrgPath,
    pub org: Option<OrgId>,
    pub code: String,
    pub name: String,
    /// Nothing that takes part stands below a branch.
    pub is_branch: bool,
}

/// Those of the paths that led to an organisation on that day, in their order.
///
/// # Errors
/// The engine's own.
pub async fn named(db: &Db, paths: Vec<OrgPath>, day: BusinessDate) -> Result<Vec<Place>> {
    let found = db.read(async move |tx| {
        let mut places = Vec::with_capacity(paths.len());
        for path in &paths {
            let Some(id) = tree::org_at(tx, path, day).await? else { continue };
            for org in organisations::named(tx, &[id]).await? {
                let is_branch = OrgKind::parse(&org.kind).is_ok_and(|kind| matches!(kind, OrgKind::Branch | OrgKind::JointBranch));
                places.push(Place { path: path.clone(), org: Some(id), code: org.code, name: org.name, is_branch });
            }
        }
        Ok(places)
    });
    Ok(found.await?)
}

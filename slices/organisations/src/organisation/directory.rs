//! What giving roles asks of organisations.
use super::store::{self, Organisation};
use accounts::{OrgDirectory, OrgName};
use db::Db;
use kernel::{OrgId, Result};
use web::Later;

/// Answers `accounts`, which stands below and cannot ask directly.
pub struct Directory;

impl OrgDirectory for Directory {
    fn by_code(&self, db: Db, code: String) -> Later<Result<Option<OrgName>>> {
        Box::pin(async move { Ok(db.read(async move |tx| store::by_code(tx, &code).await).await?.map(named)) })
    }
    fn names(&self, db: Db, orgs: Vec<OrgId>) -> Later<Result<Vec<OrgName>>> {
        Box::pin(async move {
            let found = db.read(async move |tx| store::named(tx, &orgs).await).await?;
            Ok(found.into_iter().map(named).collect())
        })
    }
}

fn named(org: Organisation) -> OrgName {
    OrgName { id: org.id, code: org.code, name: org.name, kind: org.kind }
}

//! What giving roles asks of organisations.
use super::meant::meant;
use super::store::{self, Organisation};
use super::{NewOrganisation, change, kind::OrgKind};
use access::Reach;
use accounts::{OrgDirectory, OrgName, Part, Top};
use db::{Db, Tx};
use kernel::{BusinessDate, OrgId, Result};
use web::{Later, Meant};

/// Answers `accounts`, which stands below and cannot ask directly.
pub struct Directory;

impl OrgDirectory for Directory {
    /// Roles are given at the installation itself, so every organisation may be meant.
    fn meant(&self, db: Db, typed: String, chosen: String) -> Later<Result<Meant<OrgName>>> {
        Box::pin(async move {
            let read = db.read(async move |tx| meant(tx, &Reach::everything(), &typed, &chosen, |_| true).await);
            Ok(match read.await? {
                Meant::One(org) => Meant::One(named(org)),
                Meant::Several(all) => Meant::Several(all.into_iter().map(named).collect()),
                Meant::Many => Meant::Many,
                Meant::Nothing => Meant::Nothing,
            })
        })
    }
    fn names(&self, db: Db, orgs: Vec<OrgId>) -> Later<Result<Vec<OrgName>>> {
        Box::pin(async move {
            let found = db.read(async move |tx| store::named(tx, &orgs).await).await?;
            Ok(found.into_iter().map(named).collect())
        })
    }
    fn found<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, top: &'a Top) -> Part<'a> {
        Box::pin(async move {
            // Whatever is imported later may have stood before today, and must then have had something to stand below: the
            // Party's own first day is early enough for all of it.
            let since = BusinessDate::parse("1921-07-01")?;
            let new = NewOrganisation::parse(&top.code, &top.name, OrgKind::Committee, "", None, since)?;
            if tree::children_on(tx, None, BusinessDate::parse("9999-12-31")?).await?.is_empty() {
                change::place(tx, &new).await
            } else {
                Ok(())
            }
        })
    }
}

fn named(org: Organisation) -> OrgName {
    OrgName { id: org.id, code: org.code, name: org.name, kind: org.kind }
}

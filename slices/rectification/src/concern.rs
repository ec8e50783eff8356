//! On the desk of a branch's people: how many problems are open there.
use crate::ProblemRead;
use crate::problem::count;
use access::Caller;
use accounts::{Concern, Concerning};
use db::Db;
use kernel::OrgId;
use std::sync::Arc;
use web::{Later, T};

/// Posts of one person that are looked at; nobody is at home in more branches.
const BRANCHES: usize = 3;

pub struct OfBranch;

impl Concern for OfBranch {
    fn lines(&self, db: Db, t: T, caller: Arc<Caller>) -> Later<web::Result<Vec<Concerning>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<ProblemRead>() else { return Ok(Vec::new()) };
            let orgs: Vec<OrgId> = grant.posts().iter().filter_map(|p| p.org).take(BRANCHES).collect();
            let today = installation::clock(&db).await?.today();
            let found = db.read(async move |tx| {
                let mut all = Vec::new();
                for org in &orgs {
                    all.push((*org, count::now(tx, *org, today).await?));
                }
                Ok(all)
            });
            let line = |(org, now): (OrgId, count::Now)| Concerning {
                text: t.text("concern-problems").with("n", now.open).to_string(),
                note: if now.late > 0 { t.text("concern-late").with("n", now.late).to_string() } else { String::new() },
                href: format!("/problems?view=list&f=open&org={org}"),
            };
            Ok(found.await?.into_iter().filter(|(_, now)| now.open > 0).map(line).collect())
        })
    }
}

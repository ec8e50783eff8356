//! On the desk of a branch's people: how many problems are open there.
use crate::ProblemRead;
use crate::problem::count;
use access::Caller;
use accounts::{Concern, Concerning, organisations_of};
use db::Db;
use organisations::Organisation;
use std::sync::Arc;
use web::{Later, T};

pub struct OfBranch;

impl Concern for OfBranch {
    fn lines(&self, db: Db, t: T, caller: Arc<Caller>) -> Later<web::Result<Vec<Concerning>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<ProblemRead>() else { return Ok(Vec::new()) };
            let orgs = organisations_of(&grant);
            let several = orgs.len() > 1;
            let today = installation::clock(&db).await?.today();
            let found = db.read(async move |tx| {
                let mut all = Vec::new();
                for org in organisations::named(tx, &orgs).await? {
                    let now = count::now(tx, org.id, today).await?;
                    all.push((org, now));
                }
                Ok(all)
            });
            let whose = |org: &Organisation, text: String| match several {
                true => t.text("of-org").with("org", &org.name).with("text", text).to_string(),
                false => text,
            };
            let line = |(org, now): (Organisation, count::Now)| Concerning {
                text: whose(&org, t.text("concern-problems").with("n", now.open).to_string()),
                note: if now.late > 0 { t.text("concern-late").with("n", now.late).to_string() } else { String::new() },
                href: format!("/problems?view=list&f=open&org={}", org.id),
            };
            Ok(found.await?.into_iter().filter(|(_, now)| now.open > 0).map(line).collect())
        })
    }
}

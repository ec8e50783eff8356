//! Where those steps of the demonstration's walk begin whose page is one year's or one branch's.
use crate::cycle::phase::Phase;
use crate::cycle::{self, Cycle, begun};
use crate::sheet::store::of_org;
use crate::{CycleRead, SelfAssess};
use access::{Caller, Grant};
use accounts::{Beginner, Beginning};
use db::Db;
use kernel::Result;
use std::sync::Arc;
use web::Later;

pub struct Beginnings;

impl Beginner for Beginnings {
    fn page(&self, db: Db, caller: Arc<Caller>, step: Beginning) -> Later<web::Result<Option<String>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<CycleRead>() else { return Ok(None) };
            let cycles = cycle::store::seen(&db, &grant).await?;
            if step == Beginning::SelfAssessment {
                return Ok(own(&db, &grant, cycles).await?);
            }
            Ok(begun(&cycles).map(|c| match step {
                Beginning::Publicity if c.phase >= Phase::Publicity => format!("/assess/{}/publicity", c.id),
                Beginning::Publicity => format!("/assess/{}/review", c.id),
                Beginning::Recheck | Beginning::SelfAssessment => format!("/assess/{}/draws", c.id),
            }))
        })
    }
}

/// The newest sheet of the reader's own branch.
async fn own(db: &Db, grant: &Grant<CycleRead>, cycles: Vec<Cycle>) -> Result<Option<String>> {
    let homes = grant.also::<SelfAssess>().map(|g| g.homes()).unwrap_or_default();
    let found = db.read(async move |tx| {
        for c in cycles.iter().filter(|c| c.phase != Phase::Preparation) {
            for org in &homes {
                if let Some(sheet) = of_org(tx, c.id, *org).await? {
                    return Ok(Some(format!("/sheets/{}/self", sheet.id)));
                }
            }
        }
        Ok(None)
    });
    Ok(found.await?)
}

//! On a branch's own page: how many problems are open and how many are late.
use crate::ProblemRead;
use crate::problem::count::{self, Now};
use access::Caller;
use askama::Template;
use db::Db;
use kernel::{Error, OrgId};
use std::sync::Arc;
use web::{Later, Panel, Place, T};

pub struct Problems;

#[derive(Template)]
#[template(path = "problem/_panel.html")]
struct View {
    t: T,
    org: OrgId,
    now: Now,
}

impl Panel for Problems {
    fn place(&self) -> Place {
        Place::Organisation
    }
    fn show(&self, db: Db, t: T, caller: Arc<Caller>, org: OrgId) -> Later<web::Result<Option<String>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<ProblemRead>() else { return Ok(None) };
            let clock = installation::clock(&db).await?;
            let today = clock.today();
            let now = db
                .read(async move |tx| {
                    grant.admits(&tree::node(tx, org).await?.path)?;
                    count::now(tx, org, today).await
                })
                .await?;
            if now.open == 0 {
                return Ok(None);
            }
            Ok(Some(View { t, org, now }.render().map_err(Error::internal)?))
        })
    }
}

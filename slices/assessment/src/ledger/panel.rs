//! A branch's grades over the years (历年等次), on its own page.
use super::target::{Target, of_branch};
use super::years::{Year, history};
use crate::LedgerRead;
use access::Caller;
use askama::Template;
use db::Db;
use kernel::{Error, OrgId};
use std::sync::Arc;
use web::{Later, Panel, Place, T};

pub struct Years;

#[derive(Template)]
#[template(path = "ledger/_panel.html")]
struct Shown {
    t: T,
    years: Vec<Year>,
    targets: Vec<Target>,
}

impl Shown {
    fn stars(&self, year: &Year) -> Option<u8> {
        year.star.and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0)
    }
}

impl Panel for Years {
    fn place(&self) -> Place {
        Place::Organisation
    }
    fn show(&self, db: Db, t: T, caller: Arc<Caller>, org: OrgId) -> Later<web::Result<Option<String>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<LedgerRead>() else { return Ok(None) };
            let Some(path) = tree::path(&db, org).await? else { return Ok(None) };
            if grant.admits(&path).is_err() {
                return Ok(None);
            }
            let (years, targets) = db.read(async move |tx| Ok((history(tx, org).await?, of_branch(tx, org).await?))).await?;
            if years.is_empty() && targets.is_empty() {
                return Ok(None);
            }
            Ok(Some(Shown { t, years, targets }.render().map_err(Error::internal)?))
        })
    }
}

//! A problem found in the search by its number, which stands on paper and in the files that are exported.
use crate::ProblemRead;
use crate::problem::store::of_number;
use access::Caller;
use db::Db;
use members::{Finder, FoundLine};
use std::sync::Arc;
use web::{Later, T};

pub struct ByNumber;

impl Finder for ByNumber {
    fn find(&self, db: Db, t: T, caller: Arc<Caller>, number: String) -> Later<web::Result<Vec<FoundLine>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<ProblemRead>() else { return Ok(Vec::new()) };
            let found = db.read(async move |tx| of_number(tx, &grant, &number).await).await?;
            let line = found.map(|p| FoundLine {
                subtitle: format!("{} · {} · {}", p.number, p.org_name, t.text(p.state.text())),
                title: p.title,
                href: format!("/problems/{}", p.id),
            });
            Ok(line.into_iter().collect())
        })
    }
}

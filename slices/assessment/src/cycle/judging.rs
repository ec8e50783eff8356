//! Which cycles an edition of a scheme judges, for its own page.
use super::store;
use crate::CycleRead;
use access::Caller;
use db::Db;
use kernel::{Result, SchemeId};
use standards::{Judged, Judging};
use std::sync::Arc;
use web::Later;

pub struct ByScheme;

impl Judging for ByScheme {
    fn cycles(&self, db: Db, caller: Arc<Caller>, scheme: SchemeId) -> Later<Result<Vec<Judged>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<CycleRead>() else { return Ok(Vec::new()) };
            let all: Vec<_> = store::all(&db).await?.into_iter().filter(|c| c.scheme() == scheme).collect();
            let seen = db.read(async move |tx| {
                let mut seen = Vec::new();
                for cycle in &all {
                    seen.extend(store::one(tx, &grant, cycle.id).await.ok());
                }
                Ok(seen)
            });
            let judged = |c: super::Cycle| Judged { href: format!("/assess/{}", c.id), branches: c.participants, title: c.title };
            Ok(seen.await?.into_iter().map(judged).collect())
        })
    }
}

//! Which cycles an edition of a scheme judges, for its own page.
use super::store;
use crate::CycleRead;
use access::Caller;
use db::Db;
use kernel::{Error, Kind, Result, SchemeId};
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
                    // Only what lies out of reach is passed over: a failing engine is an error, not a shorter list.
                    match store::one(tx, &grant, cycle.id).await {
                        Ok(cycle) => seen.push(cycle),
                        Err(db::Error::Missing | db::Error::Unit(Error { kind: Kind::NotFound, .. })) => {}
                        Err(e) => return Err(e),
                    }
                }
                Ok(seen)
            });
            let judged = |c: super::Cycle| Judged { href: format!("/assess/{}", c.id), branches: c.participants, title: c.title };
            Ok(seen.await?.into_iter().map(judged).collect())
        })
    }
}

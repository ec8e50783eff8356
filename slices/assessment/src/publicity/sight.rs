//! Who sees an objection: whoever raised it, and who reviews its cycle.
use super::store;
use crate::ReviewRead;
use crate::cycle;
use access::Caller;
use db::Db;
use kernel::ObjectionId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/objections/{objection}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let Ok(id) = ObjectionId::parse(&id) else { return false };
            let (account, grant) = (caller.account(), caller.grant::<ReviewRead>());
            let seen = db.read(async move |tx| {
                let objection = store::one(tx, id).await?;
                let root = cycle::store::any(tx, objection.cycle).await?.root;
                let path = tree::node(tx, root).await?.path;
                Ok(account == Some(objection.account) || grant.as_ref().is_some_and(|g| g.admits(&path).is_ok()))
            });
            seen.await.unwrap_or(false)
        })
    }
}

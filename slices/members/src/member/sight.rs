//! Who sees a member: whoever may read the register of their branch.
use super::store;
use crate::MemberRead;
use access::Caller;
use db::Db;
use kernel::MemberId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/members/{member}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(id)) = (caller.grant::<MemberRead>(), MemberId::parse(&id)) else { return false };
            let seen = db.read(async move |tx| {
                let member = store::any(tx, id).await?;
                Ok(grant.admits(&tree::node(tx, member.org).await?.path).is_ok())
            });
            seen.await.unwrap_or(false)
        })
    }
}

//! Who sees an adjustment: whoever may read reviews of its branch.
use super::store;
use crate::ReviewRead;
use crate::sheet::store::one as sheet;
use access::Caller;
use db::Db;
use kernel::AdjustmentId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/adjustments/{adjustment}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Ok(id), Some(grant)) = (AdjustmentId::parse(&id), caller.grant::<ReviewRead>()) else { return false };
            let seen = db.read(async move |tx| {
                let row = store::one(tx, id).await?;
                sheet(tx, &grant, row.sheet).await.map(|_| true)
            });
            seen.await.unwrap_or(false)
        })
    }
}

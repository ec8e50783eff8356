//! By sees a problem: whoever reads the branch's problems, and whoever raised it.
use crate::{ProblemRead, problem::store};
use access::Caller;
use db::Db;
use kernel::ProblemId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/problems/{problem}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(id)) = (caller.grant::<ProblemRead>(), ProblemId::parse(&id)) else { return false };
            db.read(async move |tx| store::one(tx, &grant, id).await).await.is_ok()
        })
    }
}

//! Who sees a suggestion: the work committee it was handed to.
use super::operations::admitted;
use crate::SuggestionHandle;
use access::Caller;
use db::Db;
use kernel::SuggestionId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/suggestions/{suggestion}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(id)) = (caller.grant::<SuggestionHandle>(), SuggestionId::parse(&id)) else { return false };
            db.read(async move |tx| admitted(tx, &grant, id).await).await.is_ok()
        })
    }
}

//! Who sees an organisation: whoever may read it.
use crate::OrganisationRead;
use access::Caller;
use db::Db;
use kernel::OrgId;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/orgs/{org}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(org)) = (caller.grant::<OrganisationRead>(), OrgId::parse(&id)) else { return false };
            matches!(tree::path(&db, org).await, Ok(Some(path)) if grant.admits(&path).is_ok())
        })
    }
}

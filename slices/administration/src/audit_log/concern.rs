//! On the desk of whoever watches the log: its newest signed checkpoint, which is to be kept elsewhere from time to time.
use crate::AuditRead;
use access::Caller;
use accounts::{Concern, Concerning};
use audit::checkpoint;
use db::Db;
use std::sync::Arc;
use web::{Later, T};

pub struct Signed;

impl Concern for Signed {
    fn lines(&self, db: Db, t: T, caller: Arc<Caller>) -> Later<web::Result<Vec<Concerning>>> {
        Box::pin(async move {
            if caller.grant::<AuditRead>().is_none() {
                return Ok(Vec::new());
            }
            let line = |newest: checkpoint::Stored| Concerning {
                text: t.text("concern-checkpoint").with("number", newest.number).to_string(),
                note: t.text("concern-events").with("n", newest.events).to_string(),
                href: format!("/audit/checkpoints/{}", newest.number),
            };
            let watched = Concerning { text: t.text("concern-audit").to_string(), note: String::new(), href: "/audit".into() };
            Ok(checkpoint::last(&db).await?.map(line).into_iter().chain([watched]).collect())
        })
    }
}

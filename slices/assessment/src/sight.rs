//! Who sees a sheet: whoever may read it, and the team that inspects it.
use crate::SheetRead;
use crate::sheet::{store, task};
use access::Caller;
use db::Db;
use kernel::SheetId;
use scoring::Layer;
use std::sync::Arc;
use web::{Later, Sight};

pub struct Seen;

impl Sight for Seen {
    fn object(&self) -> &'static str {
        "/sheets/{sheet}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let Ok(id) = SheetId::parse(&id) else { return false };
            let (grant, account) = (caller.grant::<SheetRead>(), caller.account());
            let seen = db.read(async move |tx| {
                if let Some(grant) = &grant
                    && store::one(tx, grant, id).await.is_ok()
                {
                    return Ok(true);
                }
                let Some(account) = account else { return Ok(false) };
                for layer in [Layer::Acceptance, Layer::Recheck] {
                    if task::team(tx, account, id, layer).await.is_ok() {
                        return Ok(true);
                    }
                }
                Ok(false)
            });
            seen.await.unwrap_or(false)
        })
    }
}

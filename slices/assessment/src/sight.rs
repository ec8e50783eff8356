//! Who sees a sheet: whoever may read it, and the team that inspects it.
use crate::cycle;
use crate::sheet::{store, task};
use crate::{CycleRead, SheetRead};
use access::Caller;
use db::Db;
use kernel::{CycleId, DrawId, SheetId};
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

/// Who sees a cycle: whoever's branches it concerns.
pub struct CycleSeen;

impl Sight for CycleSeen {
    fn object(&self) -> &'static str {
        "/assess/{cycle}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(id)) = (caller.grant::<CycleRead>(), CycleId::parse(&id)) else { return false };
            db.read(async move |tx| cycle::store::one(tx, &grant, id).await).await.is_ok()
        })
    }
}

/// Who sees a draw: whoever sees its cycle; the record is for everybody to run again.
pub struct DrawSeen;

impl Sight for DrawSeen {
    fn object(&self) -> &'static str {
        "/draws/{draw}"
    }
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool> {
        Box::pin(async move {
            let (Some(grant), Ok(id)) = (caller.grant::<CycleRead>(), DrawId::parse(&id)) else { return false };
            let seen = db.read(async move |tx| {
                let draw = crate::draw::store::one(tx, id).await?;
                cycle::store::one(tx, &grant, draw.cycle).await
            });
            seen.await.is_ok()
        })
    }
}

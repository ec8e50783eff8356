//! Who sees a sheet, a cycle, a draw: what makes the difference between "not yours to do" and "not there".
use crate::CycleRead;
use crate::cycle;
use crate::sheet::door;
use access::Caller;
use db::Db;
use kernel::{CycleId, DrawId, SheetId};
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
            db.read(async move |tx| door::admitted(tx, &caller, id).await).await.is_ok()
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

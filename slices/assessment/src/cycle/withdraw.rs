//! A cycle that was opened by mistake is withdrawn, as long as nobody has begun with it: it takes part in nothing any more, and
//! what its opening carried into it from last year goes back. Teams and draws of it are used no more; their records stay.
use super::phase::Phase;
use super::{Cycle, store};
use crate::carried::{self, Way};
use crate::draw;
use access::{Grant, Permission};
use audit::Event;
use db::{Db, Result as Unit, Tx};
use kernel::{CycleId, Error, Result, reason};
use rectification::By;

/// # Errors
/// `cycle-withdraw-reason` at field `reason`; as [`ready`]; out of reach is not found.
pub async fn withdraw<P: Permission>(db: &Db, grant: &Grant<P>, id: CycleId, reason: &str, by: By) -> Result<()> {
    let (g, reason, who) = (grant.clone(), reason.trim().to_owned(), by.clone());
    audit::change(db, grant, async move |tx| {
        let cycle = store::any(tx, id).await?;
        g.admits(&tree::node(tx, cycle.root).await?.path)?;
        reason::given(&reason, "cycle-withdraw-reason")?;
        ready(tx, &cycle).await?;
        store::withdraw(tx, &cycle, &store::Step { day: who.day, at: who.at, by: &who.name, reason: &reason }).await?;
        carried::owe(tx, id, Way::Back, &who).await?;
        draw::withdrawn(tx, id, who.at).await?;
        let (teams, draws) = store::sent(tx, id).await?;
        let event = Event::new("cycle.withdraw", format!("cycle:{id}")).at(cycle.root).because(&reason);
        let event = if teams > 0 { event.with("teams", teams) } else { event };
        let event = if draws > 0 { event.with("draws", draws) } else { event };
        Ok(((), event.with("year", cycle.year).with("branches", cycle.participants)))
    })
    .await?;
    carried::back(db, id, &by).await
}

/// Whether a cycle may be withdrawn.
///
/// # Errors
/// `cycle-withdraw-phase` after preparation; `cycle-withdraw-begun` once something was filled;
/// `cycle-withdraw-carrying` while its opening still goes on.
pub async fn ready(tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<()> {
    if cycle.phase != Phase::Preparation {
        return Err(Error::conflict("cycle-withdraw-phase").into());
    }
    if store::begun(tx, cycle.id).await? > 0 {
        return Err(Error::conflict("cycle-withdraw-begun").into());
    }
    if carried::is_owed(tx, cycle.id).await? { Err(Error::conflict("cycle-withdraw-carrying").into()) } else { Ok(()) }
}

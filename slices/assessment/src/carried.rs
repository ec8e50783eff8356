//! S36: what a branch has not closed when its year is final stands on its next cycle's list too, as the same problem with
//! the same clock. Whichever comes last does it: the opening of the next cycle, or the end of the one before.
use crate::cycle::phase::Phase;
use crate::cycle::{self, Cycle};
use crate::problems;
use crate::sheet::context::Context;
use crate::sheet::hand_over::Deduction;
use crate::sheet::store::{Sheet, any, page};
use access::Reach;
use calendar::Calendar;
use db::{Db, Result as Unit, Tx, params};
use kernel::{CycleId, OrgPath, Points, Result, SheetId};
use rectification::{By, carry};
use scheme::Scheme;
use std::sync::Arc;

/// Branches of one unit of work.
const CHUNK: i64 = 200;

#[derive(Clone, Copy)]
enum Way {
    Into,
    OutOf,
}

/// A cycle has opened: what the final one before it left open comes along.
///
/// # Errors
/// The engine's own.
pub async fn into(db: &Db, cycle: &Cycle, scheme: &Arc<Scheme>, by: &By) -> Result<()> {
    each(db, cycle, scheme, Way::Into, by).await
}

/// A cycle is final: what it leaves open goes to the next one, if that has opened already.
///
/// # Errors
/// The engine's own.
pub async fn out_of(db: &Db, cycle: &Cycle, scheme: &Arc<Scheme>, by: &By) -> Result<()> {
    each(db, cycle, scheme, Way::OutOf, by).await
}

async fn each(db: &Db, cycle: &Cycle, scheme: &Arc<Scheme>, way: Way, by: &By) -> Result<()> {
    let mut after: Option<OrgPath> = None;
    loop {
        let (c, s, from, who) = (cycle.clone(), scheme.clone(), after.clone(), by.clone());
        let last = audit::stage(db, async move |tx| {
            let sheets = page(tx, c.id, &Reach::everything(), from.as_ref(), CHUNK).await?;
            for sheet in &sheets {
                match way {
                    Way::Into => from_before(tx, &c, &s, sheet, &who).await?,
                    Way::OutOf => to_next(tx, &c, &s, sheet, &who).await?,
                }
            }
            Ok(sheets.last().map(|s| s.path.clone()))
        })
        .await?;
        match last {
            Some(path) => after = Some(path),
            None => return Ok(()),
        }
    }
}

async fn from_before(tx: &mut Tx<'_>, cycle: &Cycle, scheme: &Arc<Scheme>, sheet: &Sheet, by: &By) -> Unit<()> {
    db::row! { struct Before { id: CycleId, phase: String } }
    let before: Option<Before> = tx
        .opt(
            "SELECT c.id, c.phase FROM sheet s JOIN cycle c ON c.id = s.cycle
             WHERE s.org = $1 AND c.year < $2 AND c.ready = 1 ORDER BY c.year DESC, c.id DESC LIMIT 1",
            &params![&sheet.org, cycle.year],
        )
        .await?;
    // One that is still running hands over at its own end.
    let Some(before) = before.filter(|b| b.phase == Phase::Final.name()) else { return Ok(()) };
    over(tx, before.id, &Context { sheet: sheet.clone(), cycle: cycle.clone(), scheme: scheme.clone() }, by).await
}

async fn to_next(tx: &mut Tx<'_>, cycle: &Cycle, scheme: &Arc<Scheme>, sheet: &Sheet, by: &By) -> Unit<()> {
    let next: Option<SheetId> = tx
        .opt(
            "SELECT s.id FROM sheet s JOIN cycle c ON c.id = s.cycle
             WHERE s.org = $1 AND c.year > $2 AND c.ready = 1 ORDER BY c.year, c.id LIMIT 1",
            &params![&sheet.org, cycle.year],
        )
        .await?;
    let Some(next) = next else { return Ok(()) };
    let there = any(tx, next).await?;
    let to = cycle::store::any(tx, there.cycle).await?;
    over(tx, cycle.id, &Context { sheet: there, cycle: to, scheme: scheme.clone() }, by).await
}

/// Only board, year, branch and place of what it is carried to count.
async fn over(tx: &mut Tx<'_>, from: CycleId, to: &Context, by: &By) -> Unit<()> {
    let nothing = Deduction { indicator: String::new(), title: String::new(), lost: Points::ZERO, text: String::new() };
    let to = problems::problem(to, "source-carried", &nothing);
    carry(tx, &from.to_string(), &to, &Calendar::default(), by).await.map(drop)
}

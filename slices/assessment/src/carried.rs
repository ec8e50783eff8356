//! S36: what a branch has not closed when its year is final stands on its next cycle's list too, as the same problem with
//! the same clock. Whichever comes last does it: the opening of the next cycle, or the end of the one before.
use crate::cycle::phase::Phase;
use crate::cycle::{self, Cycle};
use crate::problems;
use crate::sheet::context::Context;
use crate::sheet::hand_over::{Deduction, matter_of};
use crate::sheet::listing::page;
use crate::sheet::store::{Sheet, any};
use access::Reach;
use calendar::Calendar;
use db::{Db, Result as Unit, Tx, params};
use kernel::{BusinessDate, CycleId, Instant, Points, Result, SheetId};
use rectification::{By, carry};
use scoring::{Layer, Prepared};
use std::sync::Arc;

/// Branches of one unit of work.
const CHUNK: i64 = 200;

/// Which of the two it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// A cycle has opened: what the final one before it left open comes along.
    Into,
    /// A cycle is withdrawn: what it had been given goes back.
    Back,
    /// A cycle is final: what it leaves open goes to the next one, if that has opened already.
    OutOf,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Into => "into",
            Way::Back => "back",
            Way::OutOf => "out-of",
        }
    }
}

/// Notes, with the change that makes it due, that a cycle's problems are to be carried: whatever happens to this process
/// afterwards, [`carry_all`] or [`resume`] does it.
///
/// # Errors
/// The engine's own.
pub async fn owe(tx: &mut Tx<'_>, cycle: CycleId, way: Way, by: &By) -> Unit<()> {
    tx.later(
        "INSERT INTO carrying (cycle, way, by_name, day, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        &params![&cycle, way.name(), &by.name, by.day, by.at],
    )
    .await
}

/// Carries what is owed. Done twice it changes nothing the second time.
///
/// # Errors
/// The engine's own; what is left stays owed.
pub async fn carry_all(db: &Db, cycle: &Cycle, scheme: &Arc<Prepared>, way: Way, by: &By) -> Result<()> {
    each(db, cycle, scheme, way, by).await?;
    let id = cycle.id;
    let paid = async move |tx: &mut Tx<'_>| tx.later("DELETE FROM carrying WHERE cycle = $1 AND way = $2", &params![&id, way.name()]).await;
    audit::stage(db, paid).await
}

/// Gives back what a cycle that is withdrawn had been given, and takes its sheets from the inspectors' 待办. Done twice it changes nothing the second time.
///
/// # Errors
/// The engine's own; what is left stays owed.
pub async fn back(db: &Db, cycle: CycleId, by: &By) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let (from, who) = (after.clone(), by.clone());
        let last = audit::stage(db, async move |tx| {
            let sheets = page(tx, cycle, &Reach::everything(), from.as_deref(), CHUNK).await?;
            for sheet in &sheets {
                rectification::carry_back(tx, &cycle.to_string(), sheet.org, &who).await?;
                for layer in [Layer::Acceptance, Layer::Recheck] {
                    inbox::settle(tx, &matter_of(sheet.id, layer), who.at).await?;
                }
            }
            Ok(sheets.last().map(|s| s.code.clone()))
        })
        .await?;
        match last {
            Some(code) => after = Some(code),
            None => break,
        }
    }
    let paid = async move |tx: &mut Tx<'_>| {
        tx.later("DELETE FROM carrying WHERE cycle = $1 AND way = $2", &params![&cycle, Way::Back.name()]).await
    };
    audit::stage(db, paid).await
}

/// Whether something is still to be carried into or out of a cycle.
///
/// # Errors
/// The engine's own.
pub async fn is_owed(tx: &mut Tx<'_>, cycle: CycleId) -> Unit<bool> {
    Ok(tx.one::<i64>("SELECT COUNT(*) FROM carrying WHERE cycle = $1", &params![&cycle]).await? > 0)
}

/// Goes on with what has been owed since before `since`. Cheap when there is nothing.
///
/// # Errors
/// The engine's own.
pub async fn resume(db: &Db, since: Instant) -> Result<()> {
    db::row! { struct Owed { cycle: CycleId, way: String, by_name: String, day: BusinessDate, at: Instant } }
    let owed: Vec<Owed> =
        db.lookup("SELECT cycle, way, by_name, day, at FROM carrying WHERE at <= $1 ORDER BY at", &params![since]).await?;
    for o in owed {
        let by = By { account: None, name: o.by_name.clone(), day: o.day, at: o.at };
        if o.way == Way::Back.name() {
            back(db, o.cycle, &by).await?;
            continue;
        }
        let cycle = db.read(async move |tx| cycle::store::any(tx, o.cycle).await).await?;
        let scheme = standards::scheme(db, cycle.scheme()).await?;
        let way = if o.way == Way::Into.name() { Way::Into } else { Way::OutOf };
        carry_all(db, &cycle, &scheme, way, &by).await?;
    }
    Ok(())
}

async fn each(db: &Db, cycle: &Cycle, scheme: &Arc<Prepared>, way: Way, by: &By) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let (c, s, from, who) = (cycle.clone(), scheme.clone(), after.clone(), by.clone());
        let last = audit::stage(db, async move |tx| {
            let sheets = page(tx, c.id, &Reach::everything(), from.as_deref(), CHUNK).await?;
            for sheet in &sheets {
                match way {
                    Way::Into => from_before(tx, &c, &s, sheet, &who).await?,
                    Way::OutOf => to_next(tx, &c, &s, sheet, &who).await?,
                    Way::Back => {}
                }
            }
            Ok(sheets.last().map(|s| s.code.clone()))
        })
        .await?;
        match last {
            Some(code) => after = Some(code),
            None => return Ok(()),
        }
    }
}

async fn from_before(tx: &mut Tx<'_>, cycle: &Cycle, scheme: &Arc<Prepared>, sheet: &Sheet, by: &By) -> Unit<()> {
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

async fn to_next(tx: &mut Tx<'_>, cycle: &Cycle, scheme: &Arc<Prepared>, sheet: &Sheet, by: &By) -> Unit<()> {
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

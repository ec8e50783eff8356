//! Moving a cycle on: what must be done before, and what each phase hands to whom.
use super::phase::Phase;
use super::store::{self, Step};
use super::{Cycle, Publicity};
use crate::draw::season::may_complete;
use crate::draw::store::Draw;
use crate::publicity::{News, announce, kept, publicise};
use crate::sheet::counted::by_state;
use crate::sheet::listing::Listing;
use crate::sheet::rules::may_fill;
use crate::sheet::store::Sheet;
use crate::sheet::{State, hand_over, keep};
use access::{Grant, Reach};
use audit::Event;
use calendar::Calendar;
use db::{Db, Result as Unit, Tx, params};
use facts::Suppliers;
use inbox::{Addressee, Todo};
use kernel::{BusinessDate, Error, Instant, Quantity, Result, SheetId, TodoId, reason};
use scoring::{Layer, Prepared};
use std::sync::Arc;

/// Todos handed out in one unit of work.
const CHUNK: i64 = 300;

/// What a move needs to know beside the cycle.
#[derive(Clone)]
pub struct Move {
    /// What was agreed to; a cycle that somebody moved meanwhile has another next phase.
    pub to: Phase,
    pub today: BusinessDate,
    pub reason: String,
    pub by: String,
    pub calendar: Arc<Calendar>,
    pub scheme: Arc<Prepared>,
    pub suppliers: Suppliers,
}

/// What the phase that is to end leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Branches that have not finished.
    pub sheets: i64,
    /// Lists that were published and can no longer be drawn from in the next phase.
    pub draws: i64,
    /// The re-check ends, and no branch was ever to be drawn for it though the scheme asks for a share.
    pub no_draw: bool,
}

impl Left {
    pub fn any(&self) -> bool {
        self.sheets > 0 || self.draws > 0 || self.no_draw
    }
    fn unless_said(&self, reason: &str) -> Result<()> {
        let reason = reason::within(reason, "phase-reason-long")?;
        match (self.sheets, self.draws) {
            _ if !reason.is_empty() => Ok(()),
            (0, 0) if self.no_draw => Err(Error::invalid("phase-reason-no-draw").at("reason")),
            (0, 0) => Ok(()),
            (0, n) => Err(Error::invalid("phase-reason-draw").with("n", n).at("reason")),
            (n, _) => Err(Error::invalid("phase-reason").with("n", n).at("reason")),
        }
    }
}

/// Those who have not finished the phase that is to end, and what was to be drawn in it: S31, 漏评 is shown before it is
/// passed over.
///
/// # Errors
/// The engine's own.
pub async fn unfinished(tx: &mut Tx<'_>, cycle: &Cycle, scheme: &Prepared) -> Unit<Left> {
    let to = cycle.phase.next().unwrap_or(cycle.phase);
    let waiting = crate::draw::store::waiting(tx, cycle.id).await?;
    let lapsing = |d: &&Draw| may_complete(cycle.phase, d).is_ok() && may_complete(to, d).is_err();
    let asked = cycle.phase == Phase::Recheck && scheme.parameters.spot_recheck_ratio > Quantity::ZERO;
    Ok(Left {
        sheets: behind(tx, cycle).await?,
        draws: waiting.iter().filter(lapsing).count() as i64,
        no_draw: asked && !crate::draw::store::of_branches(tx, cycle.id).await?,
    })
}

/// How many have not finished the phase that runs; none in a phase in which nothing is handed in.
///
/// # Errors
/// The engine's own.
pub async fn behind(tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<i64> {
    match cycle.phase {
        Phase::SelfAssessment => {
            tx.one("SELECT COUNT(*) FROM sheet WHERE cycle = $1 AND self_state <> 'submitted'", &params![&cycle.id]).await
        }
        Phase::Recheck => {
            let states = by_state(tx, &Listing::all(cycle.id, Layer::Recheck, Reach::everything())).await?;
            Ok(states.iter().filter(|(state, _)| state.is_open()).map(|(_, n)| n).sum())
        }
        // Whether or not a team has been given it: what nobody was sent to is 漏评 too.
        Phase::Acceptance => {
            tx.one("SELECT COUNT(*) FROM sheet WHERE cycle = $1 AND acceptance_state <> 'submitted'", &params![&cycle.id]).await
        }
        _ => Ok(0),
    }
}

/// Moves the cycle to the next phase. 定稿 is not reached this way: it grades, see `result`.
///
/// # Errors
/// `phase-last`; `cycle-moved` if that is not its next phase; `phase-reason`, `phase-reason-draw`, `phase-reason-no-draw` if something is left behind and no reason is given, `phase-reason-long` for one too long; `publicity-running` before its end.
pub async fn advance<P: access::Permission>(db: &Db, grant: &Grant<P>, cycle: Cycle, m: Move) -> Result<Phase> {
    let to = Some(m.to).filter(|p| *p != Phase::Final).ok_or_else(|| Error::conflict("phase-last"))?;
    let (at, moved, c) = (Instant::now(), m.clone(), cycle.clone());
    let from: String = audit::change(db, grant, async move |tx| {
        if c.phase.next() != Some(to) {
            return Err(Error::conflict("cycle-moved").into());
        }
        let left = unfinished(tx, &c, &moved.scheme).await?;
        left.unless_said(&moved.reason)?;
        let step = Step { day: moved.today, at, by: &moved.by, reason: &moved.reason };
        store::set_phase(tx, &c, to, &step).await?;
        crate::draw::lapse(tx, c.id, to, at).await?;
        if to == Phase::Publicity {
            store::set_publicity(tx, c.id, &publicity(&moved)).await?;
            kept::begin(tx, c.id, moved.today, at).await?;
        }
        let event = Event::new("cycle.advance", format!("cycle:{}", c.id)).at(c.root).because(&moved.reason);
        let event = event.field("phase", Some(c.phase.name().into()), Some(to.name().into())).with("unfinished", left.sheets);
        let event = if left.draws > 0 { event.with("undrawn", left.draws) } else { event };
        let event = if left.no_draw { event.with("recheck_draws", 0) } else { event };
        Ok((c.phase.name().to_owned(), event))
    })
    .await?;
    // Sent again, the request finds the cycle one phase further on: what is left to be done is still that of the first one.
    let from = Phase::parse(&from)?;
    let to = from.next().unwrap_or(to);
    hand_out(db, &cycle, to, &m).await?;
    take_back(db, &cycle, from, to, m.today).await?;
    grade_untouched(db, &cycle, to, &m).await?;
    if to == Phase::Publicity {
        publicise(db, &m.suppliers, m.today, Instant::now()).await?;
        announce(db, &cycle, News::Public(publicity(&m).until), m.today).await?;
    }
    Ok(to)
}

/// From the day of the move on.
fn publicity(m: &Move) -> Publicity {
    Publicity::of(&m.calendar, m.today, m.scheme.parameters.publicity_workdays)
}

/// The layers whose pages are closed once a phase has ended. Self-assessment with written permission runs as long as
/// acceptance does.
fn closed(ended: Phase) -> &'static [Layer] {
    match ended {
        Phase::SelfAssessment => &[Layer::SelfAssessment],
        Phase::Acceptance => &[Layer::SelfAssessment, Layer::Acceptance],
        Phase::Recheck => &[Layer::Recheck],
        _ => &[],
    }
}

/// Takes from everybody's 待办 what nobody can do any more, in chunks.
async fn take_back(db: &Db, cycle: &Cycle, ended: Phase, to: Phase, today: BusinessDate) -> Result<()> {
    let (layers, now) = (closed(ended), Cycle { phase: to, ..cycle.clone() });
    let mut after: Option<String> = None;
    while !layers.is_empty() {
        let (now, from, at) = (now.clone(), after.clone(), Instant::now());
        let last = audit::stage(db, async move |tx| {
            let sheets = crate::sheet::listing::page(tx, now.id, &Reach::everything(), from.as_deref(), CHUNK).await?;
            for sheet in &sheets {
                let open = may_fill(&now, sheet, today).is_ok();
                for layer in layers.iter().filter(|layer| **layer != Layer::SelfAssessment || !open) {
                    inbox::settle(tx, &hand_over::matter_of(sheet.id, *layer), at).await?;
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
    Ok(())
}

/// Scores what nobody has touched, in chunks: from the review on a branch that was passed over has the total that the facts
/// give it, on every list and in the figures as in publicity and at 定稿.
async fn grade_untouched(db: &Db, cycle: &Cycle, to: Phase, m: &Move) -> Result<()> {
    if !matches!(to, Phase::Review | Phase::Publicity) {
        return Ok(());
    }
    let mut after: Option<String> = None;
    loop {
        let (c, from, moved) = (cycle.clone(), after.clone(), m.clone());
        let last = audit::stage(db, async move |tx| {
            let sheets = crate::sheet::listing::page(tx, c.id, &Reach::everything(), from.as_deref(), CHUNK).await?;
            let untouched: Vec<SheetId> = sheets.iter().filter(|s| s.total.is_none()).map(|s| s.id).collect();
            keep::keep_many(tx, (&c, &moved.scheme), &untouched, &moved.suppliers, moved.today).await?;
            Ok(sheets.last().map(|s| s.code.clone()))
        })
        .await?;
        match last {
            Some(code) => after = Some(code),
            None => return Ok(()),
        }
    }
}

/// Hands every secretary the self-assessment, in chunks, so that nobody waits behind a hundred thousand rows.
/// Handing again renews: a killed process may simply be asked once more.
///
/// # Errors
/// The engine's own.
async fn hand_out(db: &Db, cycle: &Cycle, to: Phase, m: &Move) -> Result<()> {
    if to != Phase::SelfAssessment {
        return Ok(());
    }
    let mut after: Option<String> = None;
    loop {
        let (c, from, day, at) = (cycle.clone(), after.clone(), m.today, Instant::now());
        let last = audit::stage(db, async move |tx| {
            let sheets = crate::sheet::listing::page(tx, c.id, &Reach::everything(), from.as_deref(), CHUNK).await?;
            for sheet in &sheets {
                ask(tx, &c, sheet, day, at).await?;
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

/// 待办 of a branch's secretary: fill the self-assessment.
async fn ask(tx: &mut Tx<'_>, cycle: &Cycle, sheet: &Sheet, _day: BusinessDate, at: Instant) -> Unit<()> {
    if sheet.self_state == State::Submitted {
        return Ok(());
    }
    let (matter, href) = (format!("sheet:{}:{}", sheet.id, Layer::SelfAssessment.name()), format!("/sheets/{}/self", sheet.id));
    let todo = Todo {
        id: TodoId::new(),
        to: Addressee::Post { role: "secretary", org: sheet.org },
        matter: &matter,
        key: "todo-self",
        args: vec![("year", cycle.year.to_string())],
        href: &href,
        due: Some(cycle.self_until),
        by: None,
    };
    inbox::hand(tx, &todo, at).await
}

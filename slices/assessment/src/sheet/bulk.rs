//! Many sheets at once, for the demo and for years that were kept elsewhere: the same steps as one by one, in chunks.
use super::context::Context;
use super::entry::Entry;
use super::hand_over::{self, Deduction};
use super::write::{self, Hand};
use super::{State, input, keep, store};
use crate::cycle::Cycle;
use crate::score::store::{NewScore, Score, force, of_sheet};
use audit::{Author, Event};
use calendar::Calendar;
use db::{Db, Result as Unit, Tx};
use facts::Suppliers;
use kernel::{Instant, Points, Result, SheetId};
use scoring::{Layer, Prepared, Scored};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sheets of one unit of work: up to 27 scores each, so that nobody else waits long.
const CHUNK: usize = 20;

/// What a layer of one sheet is to hold.
#[derive(Clone)]
pub struct Filled {
    pub sheet: SheetId,
    /// Who filled it.
    pub hand: Hand,
    pub entries: Vec<Entry>,
    /// Whether every other indicator gets what stands so far (facts and lower layers), as 未评项按自评填入 does.
    pub rest: bool,
    pub submit: bool,
}

/// What all sheets of one call share.
#[derive(Clone)]
pub struct Filling {
    pub cycle: Cycle,
    pub scheme: Arc<Prepared>,
    pub layer: Layer,
    pub suppliers: Suppliers,
    pub calendar: Arc<Calendar>,
    /// By indicator: why it is below full, where no entry says so.
    pub reasons: BTreeMap<String, String>,
}

/// Fills and hands in; 待办 and problems follow as if each had been sent from its page. The caller answers for who may.
///
/// # Errors
/// `sheet-moved` if somebody is at one of them at the same time; earlier chunks then stand.
pub async fn fill<A: Author>(db: &Db, by: &A, filling: &Filling, filled: &[Filled]) -> Result<usize> {
    for chunk in filled.chunks(CHUNK) {
        let (filling, chunk, at) = (filling.clone(), chunk.to_vec(), Instant::now());
        audit::change(db, by, async move |tx| {
            for one in &chunk {
                fill_one(tx, &filling, one, at).await?;
            }
            let event = Event::new("sheet.fill-many", format!("cycle:{}", filling.cycle.id)).at(filling.cycle.root);
            Ok(((), event.with("layer", filling.layer.name()).with("sheets", chunk.len())))
        })
        .await?;
    }
    Ok(filled.len())
}

async fn fill_one(tx: &mut Tx<'_>, f: &Filling, filled: &Filled, at: Instant) -> Unit<()> {
    let sheet = store::any(tx, filled.sheet).await?;
    let context = Context { sheet, cycle: f.cycle.clone(), scheme: f.scheme.clone() };
    let standing = of_sheet(tx, filled.sheet).await?;
    for entry in &entries(tx, f, &context, filled).await? {
        let before = standing.iter().find(|s| s.indicator == entry.indicator && s.is_of(f.layer));
        enter(tx, f, filled, entry, before, at).await?;
    }
    if !filled.submit {
        if context.sheet.state(f.layer) == State::Untouched {
            write::step(tx, &context, &context.sheet, f.layer, State::Begun).await?;
        }
        return keep::keep(tx, &context, &f.suppliers, filled.hand.today).await.map(drop);
    }
    write::submit(tx, &context, f.layer, &filled.hand, "", at).await?;
    let scored = keep::keep(tx, &context, &f.suppliers, filled.hand.today).await?;
    let lost = deductions(f, filled, &scored);
    hand_over::submitted(tx, &context, f.layer, &lost, &filled.hand, &f.calendar, at).await.map(drop)
}

async fn entries(tx: &mut Tx<'_>, f: &Filling, context: &Context, filled: &Filled) -> Unit<Vec<Entry>> {
    let mut entries = filled.entries.clone();
    if !filled.rest {
        return Ok(entries);
    }
    let inputs = input::of(tx, &f.suppliers, &f.cycle, &context.sheet, filled.hand.today).await?;
    let scored = f.scheme.score(&inputs.branch);
    for i in scored.indicators.iter().filter(|i| i.applicable) {
        if filled.entries.iter().any(|e| e.indicator == i.code) {
            continue;
        }
        let points = i.raw.rounded();
        let full = f.scheme.indicator(i.code).is_some_and(|known| points == known.points);
        let reason = if full { String::new() } else { f.reasons.get(i.code).cloned().unwrap_or_default() };
        entries.push(Entry { indicator: i.code.into(), points: Some(points), reason, seen: 0 });
    }
    Ok(entries)
}

async fn enter(tx: &mut Tx<'_>, f: &Filling, filled: &Filled, entry: &Entry, before: Option<&Score>, at: Instant) -> Unit<()> {
    let new = NewScore {
        sheet: filled.sheet,
        indicator: &entry.indicator,
        layer: f.layer,
        points: entry.points,
        reason: &entry.reason,
        seen: 0,
        account: filled.hand.account,
        by: &filled.hand.name,
        source: filled.hand.source,
        at,
    };
    force(tx, &new, before).await
}

fn deductions(f: &Filling, filled: &Filled, scored: &Scored<'_>) -> Vec<Deduction> {
    let said = |code: &str| filled.entries.iter().find(|e| e.indicator == code).map(|e| e.reason.clone()).filter(|r| !r.is_empty());
    let rule = |code: &str| f.scheme.indicator(code).map(|i| i.rule.clone()).unwrap_or_default();
    let lost = scored.indicators.iter().filter(|i| i.applicable && i.deduction > Points::ZERO);
    lost.map(|i| Deduction {
        indicator: i.code.into(),
        title: i.title.into(),
        lost: i.deduction,
        text: said(i.code).or_else(|| f.reasons.get(i.code).cloned()).unwrap_or_else(|| rule(i.code)),
    })
    .collect()
}

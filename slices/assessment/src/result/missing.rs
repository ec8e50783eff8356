//! 定稿 opens what is missing: every indicator below full is a problem, also where layers came from a file and opened none.
//! What a file gave back is withdrawn. A branch that lost nothing is asked to confirm 无问题 (S33).
use super::store::frozen_after;
use crate::cycle::Cycle;
use crate::problems;
use crate::score::store::{Score, of_sheet};
use crate::sheet::context::Context;
use crate::sheet::hand_over::Deduction;
use crate::sheet::pages::rows::derivation;
use crate::sheet::store as sheets;
use audit::{Author, Event, Part};
use calendar::Calendar;
use db::{Db, Result as Unit, Tx};
use kernel::{Points, Result};
use rectification::{By, Problem, ask_none, of_branch as of_branch_of, open as open_one, withdraw};
use scoring::{BranchInput, Prepared, Source};
use std::sync::Arc;
use web::T;

/// A branch may lack a dozen points: few branches to a unit keep it short.
const CHUNK: i64 = 40;

/// Problems are seen at once, so each chunk leaves its event; repeated after a failure, what is open stays as it is.
///
/// # Errors
/// The engine's own.
pub async fn open<A: Author>(
    db: &Db,
    author: &A,
    cycle: &Cycle,
    (scheme, version): (&Arc<Prepared>, i64),
    (calendar, t): (&Calendar, T),
    by: &By,
) -> Result<()> {
    let mut after = String::new();
    loop {
        let (id, from) = (cycle.id, after.clone());
        let chunk = db.read(async move |tx| frozen_after(tx, id, version, &from, CHUNK).await).await?;
        let Some((last, _)) = chunk.last() else { return Ok(()) };
        after = last.code.clone();
        let (cycle, scheme, calendar, by) = (cycle.clone(), scheme.clone(), calendar.clone(), by.clone());
        audit::change(db, &Part::unnamed(author), async move |tx| {
            for (who, input) in &chunk {
                let Some(sheet) = sheets::of_org(tx, cycle.id, who.org).await? else { continue };
                let context = Context { sheet, cycle: cycle.clone(), scheme: scheme.clone() };
                of_branch(tx, &context, input, (&calendar, t), &by).await?;
            }
            let event = Event::new("problem.open-lost", format!("cycle:{}", cycle.id)).at(cycle.root);
            Ok(((), event.with("version", version).with("branches", chunk.len())))
        })
        .await?;
    }
}

/// What is open already keeps its state.
async fn of_branch(tx: &mut Tx<'_>, context: &Context, input: &BranchInput, (calendar, t): (&Calendar, T), by: &By) -> Unit<()> {
    let scored = context.scheme.score(input);
    let lost: Vec<_> = scored.indicators.iter().filter(|i| i.applicable && i.deduction > Points::ZERO).collect();
    let board = context.cycle.id.to_string();
    let gone = |p: &Problem| p.board == board && p.state.is_pending() && !lost.iter().any(|i| i.code == p.item);
    let there = of_branch_of(tx, &board, context.sheet.org).await?;
    for p in there.iter().filter(|p| gone(p)) {
        if context.scheme.indicator(&p.item).is_some() {
            withdraw(tx, &board, context.sheet.org, &p.item, "withdrawn-final", by).await?;
        }
    }
    if lost.is_empty() {
        return ask_none(tx, &problems::asking(context), by).await;
    }
    let scores = of_sheet(tx, context.sheet.id).await?;
    for i in lost {
        // What was found on site and stands keeps its words.
        let same = there.iter().find(|p| p.board == board && p.item == i.code && p.lost == i.deduction).map(|p| p.text.clone());
        let text = same.or_else(|| reason(&scores, i.code, i.source)).unwrap_or_else(|| derivation(t, rule(context, i.code), i, input));
        let deduction = Deduction { indicator: i.code.into(), title: i.title.into(), lost: i.deduction, text };
        let source = match i.source {
            Source::Layer(layer) => problems::source(layer),
            Source::Facts => "source-final",
        };
        open_one(tx, &problems::problem(context, source, &deduction), calendar, by).await?;
    }
    Ok(())
}

/// What the layer that counts said.
fn reason(scores: &[Score], indicator: &str, source: Source) -> Option<String> {
    let said = scores.iter().find(|s| s.indicator == indicator && s.layer().is_ok_and(|l| source == Source::Layer(l)))?;
    Some(said.reason.clone()).filter(|r| !r.is_empty())
}

/// The rule that was not met.
fn rule<'a>(context: &'a Context, indicator: &str) -> &'a str {
    context.scheme.indicator(indicator).map_or("", |i| &i.rule)
}

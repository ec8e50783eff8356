//! The door to rectification: every point lost on site becomes a problem, and one restored by a later layer is withdrawn;
//! a branch that has lost none is asked to confirm 无问题 (S33).
use crate::sheet::context::Context;
use crate::sheet::hand_over::Deduction;
use crate::sheet::write::Hand;
use calendar::Calendar;
use db::{Result, Tx};
use kernel::{Instant, Points};
use rectification::{Asking, By, NewProblem, Problem, State, ask_none, of_branch, open, withdraw};
use scoring::{Layer, Scored};

/// Opens what this layer found and withdraws what it restored, in the unit of work that submits the layer. Where nothing is
/// left, the branch is asked to say so. Answers the numbers of those that had been closed and are open again.
///
/// # Errors
/// The engine's own.
pub async fn opened(
    tx: &mut Tx<'_>,
    context: &Context,
    layer: Layer,
    deductions: &[Deduction],
    hand: &Hand,
    calendar: &Calendar,
    at: Instant,
) -> Result<Vec<String>> {
    let by = By { account: hand.account, name: hand.name.clone(), day: hand.today, at };
    let board = context.cycle.id.to_string();
    let closed: Vec<_> = of_branch(tx, &board, context.sheet.org).await?.into_iter().filter(|p| p.state == State::Closed).collect();
    for d in deductions {
        open(tx, &problem(context, source(layer), d), calendar, &by).await?;
    }
    let pending: Vec<_> =
        of_branch(tx, &board, context.sheet.org).await?.into_iter().filter(|p| p.board == board && p.state.is_pending()).collect();
    for p in &pending {
        if !deductions.iter().any(|d| d.indicator == p.item) && context.scheme.indicator(&p.item).is_some() {
            withdraw(tx, &board, context.sheet.org, &p.item, restored(layer), &by).await?;
        }
    }
    ask_none(tx, &asking(context), &by).await?;
    let again = |p: &&Problem| pending.iter().any(|now| now.id == p.id);
    Ok(closed.iter().filter(again).map(|p| p.number.clone()).collect())
}

/// Whom the question 无问题 goes to, if nothing is on the list.
pub fn asking(context: &Context) -> Asking {
    Asking {
        board: context.cycle.id.to_string(),
        org: context.sheet.org,
        org_code: context.sheet.code.clone(),
        year: context.cycle.year,
        path: context.sheet.path.clone(),
        href: format!("/sheets/{}", context.sheet.id),
    }
}

/// What the committee's decision did to one indicator.
pub struct Restated<'a> {
    pub indicator: &'a str,
    /// It took points away: then a problem is opened even if there was none.
    pub lowered: bool,
    pub reason: &'a str,
}

/// One indicator's score was changed with a second person's approval: what was lowered is a problem, what was restored is
/// withdrawn with that reason, what is still below full is brought up to date. Answers the number of what had been closed and
/// is open again.
///
/// # Errors
/// The engine's own.
pub async fn restated(
    tx: &mut Tx<'_>,
    context: &Context,
    scored: &Scored<'_>,
    r: &Restated<'_>,
    by: &By,
    calendar: &Calendar,
) -> Result<Option<String>> {
    let Some(i) = scored.indicators.iter().find(|i| i.code == r.indicator) else { return Ok(None) };
    let (board, org) = (context.cycle.id.to_string(), context.sheet.org);
    let there = of_branch(tx, &board, org).await?.into_iter().find(|p| p.board == board && p.item == r.indicator);
    let pending = there.as_ref().is_some_and(|p| p.state.is_pending());
    if i.applicable && i.deduction > Points::ZERO {
        if r.lowered || pending {
            let d = Deduction { indicator: i.code.into(), title: i.title.into(), lost: i.deduction, text: r.reason.to_owned() };
            open(tx, &problem(context, source(Layer::Committee), &d), calendar, by).await?;
            return Ok(there.filter(|p| p.state == State::Closed && p.lost < d.lost).map(|p| p.number));
        }
    } else if pending {
        withdraw(tx, &board, org, i.code, r.reason, by).await?;
        ask_none(tx, &asking(context), by).await?;
    }
    Ok(None)
}

/// Why a problem is withdrawn, as a key of the texts: a layer at full marks has no words of its own.
fn restored(layer: Layer) -> &'static str {
    if layer == Layer::Recheck { "withdrawn-recheck" } else { "withdrawn-acceptance" }
}

/// Where the problem comes from, as a key of the texts.
pub fn source(layer: Layer) -> &'static str {
    match layer {
        Layer::Recheck => "source-recheck",
        Layer::Committee => "source-committee",
        _ => "source-acceptance",
    }
}

/// The problem of one lost point.
pub fn problem(context: &Context, source: &'static str, d: &Deduction) -> NewProblem {
    NewProblem {
        org: context.sheet.org,
        org_code: context.sheet.code.clone(),
        board: context.cycle.id.to_string(),
        path: context.sheet.path.clone(),
        year: context.cycle.year,
        item: d.indicator.clone(),
        title: d.title.clone(),
        text: d.text.clone(),
        lost: d.lost,
        source,
        href: format!("/sheets/{}", context.sheet.id),
        workdays: context.scheme.parameters.rectify_workdays,
    }
}

//! The door to rectification: every point lost on site becomes a problem, and one restored by a later layer is withdrawn.
use crate::review::{change::Change, store::Adjustment};
use crate::sheet::context::Context;
use crate::sheet::hand_over::Deduction;
use crate::sheet::write::Hand;
use calendar::Calendar;
use db::{Result, Tx};
use kernel::Instant;
use rectification::{By, NewProblem, of_branch, open, withdraw};
use scoring::Layer;

/// Opens what this layer found and withdraws what it restored, in the unit of work that submits the layer.
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
) -> Result<()> {
    let by = By { account: hand.account, name: hand.name.clone(), day: hand.today, at };
    let board = context.cycle.id.to_string();
    for d in deductions {
        open(tx, &problem(context, source(layer), d), calendar, &by).await?;
    }
    for p in of_branch(tx, &board, context.sheet.org).await?.into_iter().filter(|p| p.state.is_pending()) {
        if !deductions.iter().any(|d| d.indicator == p.item) && context.scheme.indicator(&p.item).is_some() {
            withdraw(tx, &board, context.sheet.org, &p.item, source(layer), &by).await?;
        }
    }
    Ok(())
}

/// The committee's score of one indicator, approved: what it restores is withdrawn with its reason, what it takes is
/// opened, or amended where it is already open.
///
/// # Errors
/// The engine's own.
pub async fn decided(tx: &mut Tx<'_>, context: &Context, row: &Adjustment, calendar: &Calendar, hand: &Hand, at: Instant) -> Result<()> {
    let Change::Score { indicator, points } = Change::parse(&context.scheme, &row.target, &row.value)? else { return Ok(()) };
    let Some(full) = context.scheme.indicator(&indicator).cloned() else { return Ok(()) };
    let by = By { account: hand.account, name: hand.name.clone(), day: hand.today, at };
    if points >= full.points {
        return withdraw(tx, &context.cycle.id.to_string(), context.sheet.org, &indicator, &row.reason, &by).await.map(drop);
    }
    let lost = Deduction { indicator, title: full.title, lost: full.points - points, text: row.reason.clone() };
    open(tx, &problem(context, source(Layer::Committee), &lost), calendar, &by).await.map(drop)
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
        org_name: context.sheet.name.clone(),
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

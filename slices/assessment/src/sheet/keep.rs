//! A sheet's total, grade and star are kept as its inputs change, so that lists and the overview never compute them.
use super::context::Context;
use super::input;
use super::store::{self, Sheet};
use super::{
    counted,
    store::{set_outcome, set_total},
    totals,
};
use crate::cycle::Cycle;
use db::{Result, Tx};
use facts::Suppliers;
use kernel::{BusinessDate, SheetId};
use scoring::{BranchInput, Layer, Outcome, Prepared, Scored};

/// Scores the sheet anew from what this unit of work sees, keeps the total, and tells the figures what changed.
///
/// # Errors
/// The engine's own.
pub async fn keep<'s>(tx: &mut Tx<'_>, context: &'s Context, suppliers: &Suppliers, day: BusinessDate) -> Result<Scored<'s>> {
    let inputs = input::of(tx, suppliers, &context.cycle, &context.sheet, day).await?;
    let now = store::any(tx, context.sheet.id).await?;
    if now.self_state.is_open() {
        totals::tell(tx, context, &totals::totals(context, &inputs, Layer::SelfAssessment)).await?;
    }
    keep_of(tx, &context.scheme, &inputs.branch, &now).await
}

/// The same for many sheets of one cycle, which are read together.
///
/// # Errors
/// The engine's own.
pub async fn keep_many(
    tx: &mut Tx<'_>,
    (cycle, scheme): (&Cycle, &Prepared),
    sheets: &[SheetId],
    suppliers: &Suppliers,
    day: BusinessDate,
) -> Result<()> {
    let sheets = store::many(tx, sheets).await?;
    let inputs = input::of_many(tx, suppliers, cycle, &sheets, day).await?;
    let scorer = scheme.scorer();
    for (sheet, branch) in sheets.iter().zip(&inputs) {
        kept(tx, &scorer.outcome(branch), sheet).await?;
    }
    Ok(())
}

/// The same from inputs and the sheet's row as this unit of work has read them.
///
/// # Errors
/// The engine's own.
pub async fn keep_of<'s>(tx: &mut Tx<'_>, scheme: &'s Prepared, branch: &BranchInput, now: &Sheet) -> Result<Scored<'s>> {
    let scored = scheme.score(branch);
    kept(tx, &scored.outcome, now).await?;
    Ok(scored)
}

async fn kept(tx: &mut Tx<'_>, outcome: &Outcome<'_>, now: &Sheet) -> Result<()> {
    let (total, grade) = (outcome.total, outcome.grade);
    counted::regraded(tx, now.cycle, &now.path, &now.category, now.grade.as_deref(), grade).await?;
    let star = i64::from(outcome.star_before_quota.unwrap_or(0));
    counted::restarred(tx, now.cycle, &now.path, now.star, star).await?;
    if (now.grade.as_deref(), now.star) != (Some(grade), Some(star)) {
        set_outcome(tx, now.id, total, grade, star).await?;
    } else if now.total != Some(total) {
        set_total(tx, now.id, total).await?;
    }
    Ok(())
}

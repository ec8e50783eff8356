//! A sheet's total and grade are kept as its inputs change, so that lists and the overview never compute them.
use super::context::Context;
use super::{counted, input, store};
use db::{Result, Tx};
use facts::Suppliers;
use kernel::BusinessDate;
use scoring::Scored;

/// Scores the sheet anew from what this unit of work sees, keeps the total, and tells the figures what changed.
///
/// # Errors
/// The engine's own.
pub async fn keep<'s>(tx: &mut Tx<'_>, context: &'s Context, suppliers: &Suppliers, day: BusinessDate) -> Result<Scored<'s>> {
    let inputs = input::of(tx, suppliers, &context.cycle, &context.sheet, day).await?;
    let scored = scoring::score_branch(&context.scheme, &inputs.branch);
    let before = store::any(tx, context.sheet.id).await?;
    let grade = scored.outcome.grade.to_owned();
    counted::regraded(tx, context.cycle.id, &before.path, &before.category, before.grade.as_deref(), &grade).await?;
    store::set_total(tx, context.sheet.id, Some(scored.outcome.total), Some(&grade)).await?;
    Ok(scored)
}

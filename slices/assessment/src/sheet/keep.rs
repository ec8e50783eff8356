//! A sheet's total and grade are kept as its inputs change, so that lists and the overview never compute them.
use super::context::Context;
use super::input::{self, Inputs};
use super::store::{self, Sheet};
use super::{counted, store::set_total};
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
    let now = store::any(tx, context.sheet.id).await?;
    keep_of(tx, context, &inputs, &now).await
}

/// The same from inputs and the sheet's row as this unit of work has read them.
///
/// # Errors
/// The engine's own.
pub async fn keep_of<'s>(tx: &mut Tx<'_>, context: &'s Context, inputs: &Inputs, now: &Sheet) -> Result<Scored<'s>> {
    let scored = scoring::score_branch(&context.scheme, &inputs.branch);
    let (total, grade) = (Some(scored.outcome.total), scored.outcome.grade);
    counted::regraded(tx, context.cycle.id, &now.path, &now.category, now.grade.as_deref(), grade).await?;
    if (now.total, now.grade.as_deref()) != (total, Some(grade)) {
        set_total(tx, now.id, total, Some(grade)).await?;
    }
    Ok(scored)
}

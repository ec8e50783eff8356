//! The one way a problem changes: state, timeline, figures and 待办 together, in the caller's unit of work.
use super::state::Action;
use super::{By, Problem, figures, matter, store};
use db::{Result, Tx};
use kernel::Error;

/// The state `action` leads to.
///
/// # Errors
/// `problem-step` if it may not happen where the problem stands: somebody was quicker, or the page is old.
pub fn lead(p: &Problem, action: Action) -> kernel::Result<Problem> {
    let state = action.leads(p.state).ok_or_else(|| Error::conflict("problem-step").with("number", &p.number))?;
    Ok(Problem { state, ..p.clone() })
}

/// Writes `after` in the place of `before`.
///
/// # Errors
/// The engine's own.
pub(crate) async fn take(tx: &mut Tx<'_>, before: &Problem, after: Problem, action: Action, reason: &str, who: &By) -> Result<Problem> {
    let after = Problem { steps: before.steps + 1, ..after };
    store::update(tx, &after).await?;
    let kept = serde_json::to_string(&before.changing()).map_err(Error::internal)?;
    store::push(tx, &after, action, &kept, reason, who).await?;
    figures::changed(tx, before, &after).await?;
    matter::refresh(tx, &after, who).await?;
    if before.state.shelf() != after.state.shelf() {
        matter::review(tx, &after, who).await?;
    }
    Ok(after)
}

//! S36: what is not closed when a year ends stands in next year's list too. It stays the same problem with the same
//! number and clock; closing it counts in both lists.
use super::state::Action;
use super::store::{self, Listing};
use super::{By, NewProblem, Problem, figures, step};
use calendar::Calendar;
use db::{Result, Tx};
use kernel::OrgId;

/// Puts a branch's unclosed problems of `from_board` into the list of `to` (its board, year, branch and place count).
/// Answers how many; a second call finds none.
///
/// # Errors
/// The engine's own.
pub async fn carry(tx: &mut Tx<'_>, from_board: &str, to: &NewProblem, _: &Calendar, who: &By) -> Result<usize> {
    let mut n = 0;
    for problem in store::of_branch(tx, from_board, to.org).await?.into_iter().filter(|p| p.state.is_pending()) {
        n += usize::from(one(tx, &problem, to, who).await?);
    }
    Ok(n)
}

/// Takes what was carried into a branch's list on `board` out of it again: the counter-step of [`carry`], for a list that is
/// withdrawn as a whole. Where the problem stands, and its other lists, stay as they are. Answers how many; a second call finds
/// none.
///
/// # Errors
/// The engine's own.
pub async fn carry_back(tx: &mut Tx<'_>, board: &str, org: OrgId, who: &By) -> Result<usize> {
    let mut n = 0;
    for problem in store::of_branch(tx, board, org).await?.into_iter().filter(|p| p.board != board) {
        let Some(listing) = store::listings(tx, problem.id).await?.into_iter().find(|l| l.board == board) else { continue };
        figures::leave(tx, &problem, &listing).await?;
        store::delist(tx, problem.id, board).await?;
        step::take(tx, &problem, problem.clone(), Action::CarryBack, &listing.year.to_string(), who).await?;
        n += 1;
    }
    Ok(n)
}

/// How many were carried into a board's lists.
///
/// # Errors
/// The engine's own.
pub async fn carried_into(tx: &mut Tx<'_>, board: &str) -> Result<i64> {
    store::carried(tx, board).await
}

async fn one(tx: &mut Tx<'_>, problem: &Problem, to: &NewProblem, who: &By) -> Result<bool> {
    let listing = Listing { year: to.year, board: to.board.clone(), path: to.path.clone(), carried: true };
    if !store::enlist(tx, problem, &listing, who.day).await? {
        return Ok(false);
    }
    figures::enter(tx, problem, &listing).await?;
    let after = step::lead(problem, Action::Carry)?;
    step::take(tx, problem, after, Action::Carry, &to.year.to_string(), who).await?;
    Ok(true)
}

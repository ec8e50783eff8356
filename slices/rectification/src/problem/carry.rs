//! S36: what is not closed when a year ends stands in next year's list too. It stays the same problem with the same
//! number and clock; closing it counts in both lists.
use super::state::Action;
use super::store::{self, Listing};
use super::{By, NewProblem, Problem, figures, step};
use calendar::Calendar;
use db::{Result, Tx};

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

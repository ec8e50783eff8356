//! The front door for other modules: open, and withdraw what a later layer gave back. Both run inside the caller's unit.
use super::state::{Action, State};
use super::store::{self, Listing};
use super::{By, NewProblem, Problem, due_of, figures, matter, step};
use crate::confirmation;
use calendar::{Calendar, Due};
use db::{Result, Tx};
use kernel::{Error, OrgId, ProblemId};

/// Characters of a reason or a text.
pub(crate) const TEXT_MAX: usize = 2000;

/// Opens a problem, due in its working days from today. There is one per board, branch and item: opening it again brings text and lost up to
/// date, and one that was withdrawn is open again. A closed one stays closed, unless more is lost now than when it was closed:
/// then it is opened again with that reason, and its owner is told.
///
/// # Errors
/// The engine's own.
pub async fn open(tx: &mut Tx<'_>, new: &NewProblem, calendar: &Calendar, who: &By) -> Result<ProblemId> {
    let due = due_of(calendar, who.day, new.workdays);
    match store::at(tx, &new.board, new.org, &new.item).await? {
        Some(there) => again(tx, new, due, there, who).await,
        None => first(tx, new, due, who).await,
    }
}

async fn first(tx: &mut Tx<'_>, new: &NewProblem, due: Due, who: &By) -> Result<ProblemId> {
    let problem = store::insert(tx, new, due, who).await?;
    store::push(tx, &problem, Action::Open, "", "", who).await?;
    let listing = Listing { year: new.year, board: new.board.clone(), path: new.path.clone(), carried: false };
    store::enlist(tx, &problem, &listing, who.day).await?;
    figures::enter(tx, &problem, &listing).await?;
    matter::refresh(tx, &problem, who).await?;
    confirmation::overtaken(tx, &new.board, new.org, who).await?;
    Ok(problem.id)
}

async fn again(tx: &mut Tx<'_>, new: &NewProblem, due: Due, there: Problem, who: &By) -> Result<ProblemId> {
    let (id, same) = (there.id, there.text == new.text && there.lost == new.lost);
    let action = match there.state {
        State::Closed if new.lost > there.lost => Action::Lower,
        State::Closed => return Ok(id),
        State::Withdrawn => Action::Restore,
        _ if same => return Ok(id),
        _ => Action::Amend,
    };
    let mut after = step::lead(&there, action)?;
    after.text.clone_from(&new.text);
    new.source.clone_into(&mut after.source);
    after.lost = new.lost;
    if matches!(action, Action::Restore | Action::Lower) {
        (after.workdays, after.latest, after.due) = (i64::from(new.workdays), due.date, due.date);
        (after.opened, after.provisional) = (who.day, due.provisional);
    }
    if action == Action::Lower {
        after.closer = None;
    }
    let after = step::take(tx, &there, after, action, &new.text, who).await?;
    if action == Action::Lower {
        matter::lowered(tx, &after, there.lost, who).await?;
    }
    confirmation::overtaken(tx, &new.board, new.org, who).await?;
    Ok(id)
}

/// A later layer restored the points: the problem is withdrawn with that reason. Answers whether there was one.
///
/// # Errors
/// `problem-reason` without a reason.
pub async fn withdraw(tx: &mut Tx<'_>, board: &str, org: OrgId, item: &str, reason: &str, who: &By) -> Result<bool> {
    let reason = written(reason)?;
    let Some(there) = store::at(tx, board, org, item).await?.filter(|p| p.state != State::Withdrawn) else { return Ok(false) };
    let after = step::lead(&there, Action::Withdraw)?;
    step::take(tx, &there, after, Action::Withdraw, &reason, who).await?;
    Ok(true)
}

/// A reason or text as it may be kept.
///
/// # Errors
/// `problem-reason` at field `reason` if it is empty or too long.
pub(crate) fn written(text: &str) -> kernel::Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_MAX {
        return Err(Error::invalid("problem-reason").with("max", TEXT_MAX).at("reason"));
    }
    Ok(text.to_owned())
}

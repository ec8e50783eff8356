//! The front door for other modules: opening, withdrawing, carrying over. All inside the caller's unit of work.
use super::state::{State, Step};
use super::store::{self, By, Problem};
use calendar::{Calendar, Mode};
use db::{Result, Tx};
use inbox::{Addressee, Todo};
use kernel::{BusinessDate, OrgId, OrgPath, Points, ProblemId, TodoId};

/// A problem to be opened.
#[derive(Clone, Debug)]
pub struct NewProblem {
    pub org: OrgId,
    pub org_name: String,
    /// The branch's code; part of the number people read.
    pub org_code: String,
    /// The board its figures are kept on, e.g. a cycle's id.
    pub board: String,
    /// The branch's place on that board.
    pub path: OrgPath,
    pub year: i64,
    /// The indicator, or what else it is about; one problem per item, branch and board.
    pub item: String,
    pub title: String,
    pub text: String,
    pub lost: Points,
    /// Key of the source's name: `source-acceptance` …
    pub source: &'static str,
    /// Where the lost points are explained.
    pub href: String,
    /// Working days to put it right, from the scheme.
    pub workdays: u32,
}

/// Opens a problem; one that was withdrawn for the same item opens again, one that is pending keeps its state and
/// takes the new text. Answers its id.
///
/// # Errors
/// The engine's own.
pub async fn open(tx: &mut Tx<'_>, new: &NewProblem, calendar: &Calendar, by: &By) -> Result<ProblemId> {
    let due = calendar.add(by.day, new.workdays, Mode::Exclusive);
    let fresh = Problem {
        id: ProblemId::new(),
        number: format!("{}-{}-{}", new.org_code, new.year, new.item),
        org: new.org,
        org_name: new.org_name.clone(),
        board: new.board.clone(),
        path: new.path.clone(),
        year: new.year,
        item: new.item.clone(),
        title: new.title.clone(),
        text: new.text.clone(),
        lost: new.lost,
        source: new.source.into(),
        href: new.href.clone(),
        state: State::Open,
        owner: String::new(),
        measure: String::new(),
        workdays: i64::from(new.workdays),
        opened: by.day,
        due: due.date,
        provisional: i64::from(due.provisional),
        closing: String::new(),
        handled_by: None,
    };
    match store::of_item(tx, &new.board, new.org, &new.item).await? {
        None => {
            store::insert(tx, &fresh).await?;
            told(tx, &fresh, by).await?;
            Ok(fresh.id)
        }
        Some(old) if old.state == State::Withdrawn => {
            let again = Problem { state: State::Open, due: fresh.due, ..old.clone() };
            store::step(tx, &old, &again, by, &new.text).await?;
            told(tx, &again, by).await?;
            Ok(old.id)
        }
        Some(old) => Ok(old.id),
    }
}

/// Withdraws the problem of an item, if one is pending: a later layer restored the points.
///
/// # Errors
/// The engine's own.
pub async fn withdraw(tx: &mut Tx<'_>, board: &str, org: OrgId, item: &str, reason: &str, by: &By) -> Result<bool> {
    let Some(old) = store::of_item(tx, board, org, item).await? else { return Ok(false) };
    let Ok(state) = old.state.after(Step::Withdraw) else { return Ok(false) };
    store::step(tx, &old, &Problem { state, ..old.clone() }, by, reason).await?;
    settled(tx, &old, by).await?;
    Ok(true)
}

/// The secretary's one matter for all problems of a branch on a board.
pub(crate) fn matter(problem: &Problem) -> String {
    format!("problems:{}:{}", problem.board, problem.org)
}

async fn told(tx: &mut Tx<'_>, p: &Problem, by: &By) -> Result<()> {
    let todo = Todo {
        id: TodoId::new(),
        to: Addressee::Post { role: "secretary", org: p.org },
        matter: &matter(p),
        key: "todo-problems",
        args: vec![("year", p.year.to_string())],
        href: "/problems?f=open",
        due: Some(p.due),
        by: by.account,
    };
    inbox::hand(tx, &todo, by.at).await
}

/// Settles the branch's matter once nothing is pending any more, and the reviewer's for this problem.
pub(crate) async fn settled(tx: &mut Tx<'_>, p: &Problem, by: &By) -> Result<()> {
    inbox::settle(tx, &format!("problem:{}", p.id), by.at).await?;
    let pending = store::of_branch(tx, &p.board, p.org).await?.iter().any(|o| o.id != p.id && o.state.is_pending());
    if !pending {
        inbox::settle(tx, &matter(p), by.at).await?;
    }
    Ok(())
}

/// Opens in another year's board what was not closed in the year before (S36); the old one stays as it is.
///
/// # Errors
/// The engine's own.
pub async fn carry(tx: &mut Tx<'_>, from_board: &str, to: &NewProblem, calendar: &Calendar, by: &By) -> Result<usize> {
    let mut n = 0;
    for old in store::of_branch(tx, from_board, to.org).await?.into_iter().filter(|p| p.state.is_pending()) {
        let item = format!("{}-{}", old.year, old.item);
        let carried = NewProblem {
            item,
            title: old.title,
            text: old.text,
            lost: old.lost,
            source: "source-carried",
            href: format!("/problems/{}", old.id),
            ..to.clone()
        };
        open(tx, &carried, calendar, by).await?;
        n += 1;
    }
    Ok(n)
}

/// When a newly imported calendar changes a provisional due date.
pub fn due_of(p: &Problem, calendar: &Calendar) -> (BusinessDate, bool) {
    let due = calendar.add(p.opened, u32::try_from(p.workdays).unwrap_or(0), Mode::Exclusive);
    (due.date, due.provisional)
}

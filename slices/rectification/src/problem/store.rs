//! The SQL of problems, their steps and the lists they stand in.
use super::state::{Action, State};
use super::{By, NewProblem, Problem};
use access::{Grant, Permission};
use calendar::Due;
use db::{Each, Field, Result, Row, Tx, params};
use kernel::{AccountId, BusinessDate, Instant, OrgId, OrgPath, ProblemId};
use std::collections::HashMap;

impl Field for State {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        let name: String = row.get(i)?;
        Ok(State::parse(&name)?)
    }
}
impl Field for Action {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        let name: String = row.get(i)?;
        Ok(Action::parse(&name)?)
    }
}

/// The columns of [`Problem`], in its order.
macro_rules! columns {
    () => {
        concat!("p.id, p.number, p.org, ", organisations::name_of!("p.org"), ", p.year, p.board, p.source, p.href, p.item, p.title, p.text, p.lost, p.raised_by,
         p.raised_name, p.opened, p.workdays, p.latest, p.provisional, p.due, p.owner, p.owner_name, p.measure, p.state, p.closing, p.closer, p.steps")
    };
}
pub(crate) use columns;

db::row! {
    /// A list it stands in.
    #[derive(Clone, Debug)]
    pub struct Listing { pub year: i64, pub board: String, pub path: OrgPath, pub carried: bool }
    /// Something that happened.
    #[derive(Clone, Debug)]
    pub struct Step {
        pub no: i64, pub action: Action, pub state: State, pub at: Instant, pub day: BusinessDate,
        pub account: Option<AccountId>, pub by_name: String, pub reason: String, pub before: String,
    }
}

/// A problem within reach: of a grant over the branch's place today.
///
/// # Errors
/// Missing and out of reach are the same `not-found`.
pub async fn one<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, id: ProblemId) -> Result<Problem> {
    let problem = any(tx, id).await?;
    grant.admits(&tree::node(tx, problem.org).await?.path)?;
    Ok(problem)
}

/// The one with this number, within reach of a grant.
///
/// # Errors
/// The engine's own.
pub async fn of_number<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, number: &str) -> Result<Option<Problem>> {
    let found: Option<Problem> = tx.opt(concat!("SELECT ", columns!(), " FROM problem p WHERE p.number = $1"), &params![number]).await?;
    let Some(problem) = found else { return Ok(None) };
    let near = grant.admits(&tree::node(tx, problem.org).await?.path).is_ok();
    Ok(near.then_some(problem))
}

/// One that this account has raised, wherever it stands.
///
/// # Errors
/// Missing and raised by somebody else are the same `not-found`.
pub async fn raised(tx: &mut Tx<'_>, account: AccountId, id: ProblemId) -> Result<Problem> {
    let problem = any(tx, id).await?;
    if problem.raised_by == Some(account) { Ok(problem) } else { Err(kernel::Error::not_found().into()) }
}

/// A problem whatever the scope: for units that have checked it, and jobs.
///
/// # Errors
/// `not-found` if there is none.
pub(crate) async fn any(tx: &mut Tx<'_>, id: ProblemId) -> Result<Problem> {
    tx.one(concat!("SELECT ", columns!(), " FROM problem p WHERE p.id = $1"), &params![&id]).await
}

/// # Errors
/// The engine's own.
pub(crate) async fn at(tx: &mut Tx<'_>, board: &str, org: OrgId, item: &str) -> Result<Option<Problem>> {
    let sql = concat!("SELECT ", columns!(), " FROM problem p WHERE p.board = $1 AND p.org = $2 AND p.item = $3");
    tx.opt(sql, &params![board, &org, item]).await
}

/// Writes a new one; its number is the next of its branch and year.
///
/// # Errors
/// The engine's own.
pub(crate) async fn insert(tx: &mut Tx<'_>, new: &NewProblem, due: Due, who: &By) -> Result<Problem> {
    let sql = "SELECT COALESCE(MAX(seq), 0) + 1 FROM problem WHERE org = $1 AND year = $2";
    let seq: i64 = tx.one(sql, &params![&new.org, new.year]).await?;
    let number = format!("{}-{}-{seq:04}", new.org_code, new.year);
    let (id, state, workdays) = (ProblemId::new(), State::Open, i64::from(new.workdays));
    tx.later(
        "INSERT INTO problem (id, number, org, year, seq, board, source, href, item, title, text, lost, raised_by,
           raised_name, opened, workdays, latest, provisional, due, owner, owner_name, measure, state, closing, closer, steps, open, shelf)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $17, NULL, '', '', $19, '', NULL, 0, $20, $21)",
        &params![
            &id,
            &number,
            &new.org,
            new.year,
            seq,
            &new.board,
            new.source,
            &new.href,
            &new.item,
            &new.title,
            &new.text,
            new.lost,
            who.account.as_ref(),
            &who.name,
            who.day,
            workdays,
            due.date,
            due.provisional,
            state.name(),
            state.flag(),
            state.shelf()
        ],
    )
    .await?;
    any(tx, id).await
}

/// Writes what steps may have changed.
///
/// # Errors
/// The engine's own.
pub(crate) async fn update(tx: &mut Tx<'_>, p: &Problem) -> Result<()> {
    tx.later(
        "UPDATE problem SET text = $2, lost = $3, source = $4, workdays = $5, latest = $6, provisional = $7, due = $8, owner = $9,
           owner_name = $10, measure = $11, state = $12, closer = $13, steps = $14, open = $15, shelf = $16, closing = $17 WHERE id = $1",
        &params![
            &p.id,
            &p.text,
            p.lost,
            &p.source,
            p.workdays,
            p.latest,
            p.provisional,
            p.due,
            p.owner.as_ref(),
            &p.owner_name,
            &p.measure,
            p.state.name(),
            p.closer.as_ref(),
            p.steps,
            p.state.flag(),
            p.state.shelf(),
            &p.closing
        ],
    )
    .await
}

/// Adds a line to the timeline.
///
/// # Errors
/// The engine's own.
pub(crate) async fn push(tx: &mut Tx<'_>, p: &Problem, action: Action, before: &str, reason: &str, who: &By) -> Result<()> {
    tx.later(
        "INSERT INTO problem_step (problem, no, action, state, at, day, account, by_name, reason, before)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params![&p.id, p.steps, action.name(), p.state.name(), who.at, who.day, who.account.as_ref(), &who.name, reason, before],
    )
    .await
}

/// The timeline, oldest first.
///
/// # Errors
/// The engine's own.
pub async fn steps(tx: &mut Tx<'_>, id: ProblemId) -> Result<Vec<Step>> {
    tx.all(
        "SELECT no, action, state, at, day, account, by_name, reason, before FROM problem_step WHERE problem = $1 ORDER BY no",
        &params![&id],
    )
    .await
}

/// When what happened last to each of these happened.
///
/// # Errors
/// The engine's own.
pub(super) async fn last_steps(tx: &mut Tx<'_>, ids: &[ProblemId]) -> Result<HashMap<ProblemId, (BusinessDate, Instant)>> {
    db::row! { struct Last { problem: ProblemId, day: BusinessDate, at: Instant } }
    let each: Each = ids.iter().collect();
    let sql = "SELECT p.id, s.day, s.at FROM problem p JOIN problem_step s ON s.problem = p.id AND s.no = p.steps WHERE p.id IN EACH($1)";
    let all: Vec<Last> = tx.all(sql, &params![&each]).await?;
    Ok(all.into_iter().map(|l| (l.problem, (l.day, l.at))).collect())
}

/// Puts it into a year's list; `false` if it stands there already.
///
/// # Errors
/// The engine's own.
pub(crate) async fn enlist(tx: &mut Tx<'_>, p: &Problem, l: &Listing, day: BusinessDate) -> Result<bool> {
    let n = tx
        .exec(
            "INSERT INTO problem_listing (problem, year, org, board, path, carried, day) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT DO NOTHING",
            &params![&p.id, l.year, &p.org, &l.board, &l.path, l.carried, day],
        )
        .await?;
    Ok(n == 1)
}

/// # Errors
/// The engine's own.
pub async fn listings(tx: &mut Tx<'_>, id: ProblemId) -> Result<Vec<Listing>> {
    tx.all("SELECT year, board, path, carried FROM problem_listing WHERE problem = $1 ORDER BY year", &params![&id]).await
}

/// Takes it out of a board's list.
///
/// # Errors
/// The engine's own.
pub(crate) async fn delist(tx: &mut Tx<'_>, id: ProblemId, board: &str) -> Result<()> {
    tx.exec("DELETE FROM problem_listing WHERE problem = $1 AND board = $2", &params![&id, board]).await.map(drop)
}

/// # Errors
/// The engine's own.
pub(crate) async fn carried(tx: &mut Tx<'_>, board: &str) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM problem_listing WHERE board = $1 AND carried = $2", &params![board, true]).await
}

/// A branch's list on a board, carried ones included, withdrawn ones too; in the order of their indicators.
///
/// # Errors
/// The engine's own.
pub async fn of_branch(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<Vec<Problem>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM problem_listing l JOIN problem p ON p.id = l.problem WHERE l.board = $1 AND l.org = $2 ORDER BY p.item, p.id"
    );
    tx.all(sql, &params![board, &org]).await
}

//! The SQL of problems and their steps; the figures go along in the same unit of work.
use super::state::State;
use access::{Grant, Permission};
use db::{Field, Result, Row, Tx, params};
use kernel::{AccountId, BusinessDate, Error, Instant, OrgId, OrgPath, Points, ProblemId};

impl Field for State {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        let name: String = row.get(i)?;
        Ok(State::parse(&name)?)
    }
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct Problem {
        pub id: ProblemId, pub number: String, pub org: OrgId, pub org_name: String, pub board: String, pub path: OrgPath, pub year: i64,
        pub item: String, pub title: String, pub text: String, pub lost: Points, pub source: String, pub href: String, pub state: State,
        pub owner: String, pub measure: String, pub workdays: i64, pub opened: BusinessDate, pub due: BusinessDate, pub provisional: i64,
        pub closing: String,
        /// Who handed in the closing: somebody else verifies.
        pub handled_by: Option<AccountId>,
    }
    #[derive(Clone, Debug)]
    pub struct StepLine { pub from_state: State, pub to_state: State, pub at: Instant, pub day: BusinessDate, pub by_name: String, pub reason: String }
}

/// What each figure of a board is called.
pub const ALL: &str = "problems";
pub const PENDING: &str = "problems:pending";
pub const CLOSED: &str = "problems:closed";
/// Pending ones by due date: overdue is a sum over dates, so midnight changes nothing.
pub const DUE: &str = "problems:due";

/// # Errors
/// The engine's own; a second problem of the same item of a board is refused by its key.
pub async fn insert(tx: &mut Tx<'_>, p: &Problem) -> Result<()> {
    tx.exec(
        "INSERT INTO problem (id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays,
           opened, due, provisional, closing, handled_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, NULL)",
        &params![
            &p.id, &p.number, &p.org, &p.org_name, &p.board, &p.path, p.year, &p.item, &p.title, &p.text, p.lost, &p.source, &p.href,
            p.state.name(), &p.owner, &p.measure, p.workdays, p.opened, p.due, p.provisional, &p.closing
        ],
    )
    .await?;
    figures::add(tx, &p.board, &p.path, ALL, 1).await?;
    count(tx, p, 1).await
}

/// Adds (or takes away) what a problem counts for in its present state.
async fn count(tx: &mut Tx<'_>, p: &Problem, n: i64) -> Result<()> {
    if p.state.is_pending() {
        figures::add(tx, &p.board, &p.path, PENDING, n).await?;
        figures::add(tx, &p.board, &p.path, &figures::day_metric(DUE, p.due), n).await?;
    }
    if p.state == State::Closed {
        figures::add(tx, &p.board, &p.path, CLOSED, n).await?;
    }
    if p.state == State::Withdrawn {
        figures::add(tx, &p.board, &p.path, ALL, -n).await?;
    }
    Ok(())
}

const ONE: &str = "SELECT id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays, opened, due, provisional, closing, handled_by FROM problem WHERE id = $1";

/// A problem within reach of the grant, by the branch's place today.
///
/// # Errors
/// Missing and out of reach are the same `not-found`.
pub async fn one<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, id: ProblemId) -> Result<Problem> {
    let problem: Problem = tx.one(ONE, &params![&id]).await?;
    grant.admits(&tree::node(tx, problem.org).await?.path)?;
    Ok(problem)
}

/// The problem of an item of a board, whatever the scope: for units that open and withdraw.
///
/// # Errors
/// The engine's own.
pub async fn of_item(tx: &mut Tx<'_>, board: &str, org: OrgId, item: &str) -> Result<Option<Problem>> {
    tx.opt(
        "SELECT id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays, opened, due,
           provisional, closing, handled_by FROM problem WHERE board = $1 AND org = $2 AND item = $3",
        &params![board, &org, item],
    )
    .await
}

/// All problems of a branch on a board.
///
/// # Errors
/// The engine's own.
pub async fn of_branch(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<Vec<Problem>> {
    tx.all(
        "SELECT id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays, opened, due,
           provisional, closing, handled_by FROM problem WHERE board = $1 AND org = $2 ORDER BY item",
        &params![board, &org],
    )
    .await
}

/// Moves a problem to a state and writes the step; figures follow.
///
/// # Errors
/// `problem-moved` if somebody moved it meanwhile.
pub async fn step(tx: &mut Tx<'_>, before: &Problem, after: &Problem, by: &By, reason: &str) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE problem SET state = $2, owner = $3, measure = $4, due = $5, closing = $6, handled_by = $7 WHERE id = $1 AND state = $8",
            &params![
                &after.id,
                after.state.name(),
                &after.owner,
                &after.measure,
                after.due,
                &after.closing,
                after.handled_by.as_ref(),
                before.state.name()
            ],
        )
        .await?;
    if n != 1 {
        return Err(Error::conflict("problem-moved").into());
    }
    count(tx, before, -1).await?;
    count(tx, after, 1).await?;
    let no: i64 = tx.one("SELECT COUNT(*) + 1 FROM problem_step WHERE problem = $1", &params![&after.id]).await?;
    tx.exec(
        "INSERT INTO problem_step (problem, no, from_state, to_state, at, day, account, by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![&after.id, no, before.state.name(), after.state.name(), by.at, by.day, by.account.as_ref(), &by.name, reason],
    )
    .await?;
    Ok(())
}

/// Who takes a step, and when.
#[derive(Clone, Debug)]
pub struct By {
    pub account: Option<AccountId>,
    pub name: String,
    pub day: BusinessDate,
    pub at: Instant,
}

/// # Errors
/// The engine's own.
pub async fn steps(tx: &mut Tx<'_>, id: ProblemId) -> Result<Vec<StepLine>> {
    tx.all("SELECT from_state, to_state, at, day, by_name, reason FROM problem_step WHERE problem = $1 ORDER BY no", &params![&id]).await
}

/// Which problems a list shows.
#[derive(Clone, Debug)]
pub struct Filter {
    pub from: String,
    pub to: String,
    /// Due before this day (late); `None` takes all dates.
    pub due_before: Option<BusinessDate>,
    pub pending: bool,
}

/// A page in order of due date, within a subtree of the boards' own paths, after `(due, id)`.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, f: &Filter, after: Option<(BusinessDate, ProblemId)>, limit: i64) -> Result<Vec<Problem>> {
    let (due, id) = after.unwrap_or((BusinessDate::from_number(-400_000), ProblemId::from_bytes([0; 16])));
    let before = f.due_before.unwrap_or(BusinessDate::from_number(2_000_000));
    let sql = if f.pending {
        "SELECT id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays, opened, due,
           provisional, closing, handled_by FROM problem
         WHERE path >= $1 AND path < $2 AND due < $3 AND (due > $4 OR (due = $4 AND id > $5)) AND state IN ('open', 'doing', 'review')
         ORDER BY due, id LIMIT $6"
    } else {
        "SELECT id, number, org, org_name, board, path, year, item, title, text, lost, source, href, state, owner, measure, workdays, opened, due,
           provisional, closing, handled_by FROM problem
         WHERE path >= $1 AND path < $2 AND due < $3 AND (due > $4 OR (due = $4 AND id > $5)) AND state = 'closed'
         ORDER BY due, id LIMIT $6"
    };
    tx.all(sql, &params![&f.from, &f.to, before, due, &id, limit]).await
}

/// How many of a branch's problems of a year were closed, and how many there were (withdrawn ones do not count).
///
/// # Errors
/// The engine's own.
pub async fn closed_of(tx: &mut Tx<'_>, org: OrgId, year: i64) -> Result<(i64, i64)> {
    db::row! { struct N { closed: i64, all: i64 } }
    let n: N = tx
        .one(
            "SELECT COALESCE(SUM(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), 0), COUNT(*) FROM problem WHERE org = $1 AND year = $2 AND state <> 'withdrawn'",
            &params![&org, year],
        )
        .await?;
    Ok((n.closed, n.all))
}

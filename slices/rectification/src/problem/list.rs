//! Pages of problems within a reach: by due date, then id (keyset).
use super::Problem;
use super::statement::{Below, few, left_behind, listed, many, named, number, placed, rows, shapes, unnamed};
use super::store::columns;
use access::{Reach, Scope, first};
use db::{Each, Result, Tx, params};
use kernel::{AccountId, BusinessDate, OrgId, ProblemId};

/// Which problems a list shows.
#[derive(Clone, Debug)]
pub struct Asked {
    pub reach: Reach,
    pub which: Which,
    /// First and last due date.
    pub due: (i64, i64),
    /// A board it is listed on.
    pub board: Option<String>,
    /// And where it stands on that board, which a branch that moves does not change: each `[from, to)` of the board's own places,
    /// none within another; none for all of it.
    pub places: Vec<(String, String)>,
    pub after: (i64, ProblemId),
    pub limit: i64,
}

impl Asked {
    /// What is asked of several places is asked of each; once, where none is meant.
    fn each_place(&self) -> Vec<Option<&(String, String)>> {
        if self.places.is_empty() { vec![None] } else { self.places.iter().map(Some).collect() }
    }
}

/// By what of its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Open,
    Closed,
    /// A later layer gave the points back.
    Withdrawn,
    /// One column of the board.
    Shelf(i64),
}

impl Which {
    /// As its column has it.
    fn value(self) -> i64 {
        match self {
            Which::Open => 1,
            Which::Closed => 0,
            Which::Withdrawn => -1,
            Which::Shelf(n) => n,
        }
    }
}

/// Before every due date, and after.
pub const ALWAYS: (i64, i64) = (-1_000_000, 4_000_000);
/// Where a list begins.
pub const START: (i64, ProblemId) = (-1_000_000, ProblemId::from_bytes([0; 16]));
/// Counts stop here and are shown as 999+.
pub const COUNTED: i64 = 1000;

impl Problem {
    /// Where a list continues after this one.
    pub fn place(&self) -> (i64, ProblemId) {
        (self.due.number(), self.id)
    }
}

/// A page.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, a: &Asked) -> Result<Vec<Problem>> {
    let mut all = Vec::new();
    for scope in a.reach.scopes() {
        let below = Below::of(tx, scope).await?;
        let sql = if matches!(a.which, Which::Shelf(_)) { shapes!(rows, "shelf", a, below) } else { shapes!(rows, "open", a, below) };
        for place in a.each_place() {
            all.extend(tx.all::<Problem>(sql, &bound(a, scope, place, a.limit)).await?);
        }
    }
    Ok(first(all, a.limit, |x, y| x.place().cmp(&y.place())))
}

/// How many there are, at most [`COUNTED`].
///
/// # Errors
/// The engine's own.
pub async fn count(tx: &mut Tx<'_>, a: &Asked) -> Result<i64> {
    let mut n = 0;
    for scope in a.reach.scopes() {
        let below = Below::of(tx, scope).await?;
        let sql = if matches!(a.which, Which::Shelf(_)) { shapes!(number, "shelf", a, below) } else { shapes!(number, "open", a, below) };
        for place in a.each_place() {
            n += tx.one::<i64>(sql, &bound(a, scope, place, COUNTED)).await?;
        }
    }
    Ok(n.min(COUNTED))
}

/// How many a figure of these places counts that no list of the reach shows: their branches have moved out of it since they were
/// entered there.
///
/// # Errors
/// The engine's own.
pub async fn departed(tx: &mut Tx<'_>, a: &Asked) -> Result<i64> {
    let Some(board) = &a.board else { return Ok(0) };
    let moved = tree::left(tx, &a.places).await?;
    let gone: Each = moved.iter().filter(|m| !a.reach.covers(&m.path)).map(|m| &m.org).collect();
    let sql = if matches!(a.which, Which::Shelf(_)) { left_behind!("shelf") } else { left_behind!("open") };
    let mut n = 0;
    for (from, to) in &a.places {
        n += tx.one::<i64>(sql, &params![a.which.value(), a.due.0, a.due.1, board, from, to, &gone]).await?;
    }
    Ok(n)
}

fn bound<'a>(a: &'a Asked, scope: &'a Scope, place: Option<&'a (String, String)>, limit: i64) -> Vec<db::Param<'a>> {
    let (due, id) = if a.after.0 < a.due.0 { (a.due.0, &START.1) } else { (a.after.0, &a.after.1) };
    let mut all = params![a.which.value(), a.due.1, due, id, limit].to_vec();
    if scope.top.is_some() {
        all.extend(params![&scope.from, &scope.to]);
    }
    let Some(board) = &a.board else { return all };
    all.push(board.into());
    if let Some((from, to)) = place {
        all.extend(params![from, to]);
    }
    all
}

/// The open problems somebody answers for: named as owner, or unnamed ones of the branches they are secretary of.
///
/// # Errors
/// The engine's own.
pub async fn mine(tx: &mut Tx<'_>, account: AccountId, branches: &[OrgId], after: (i64, ProblemId), limit: i64) -> Result<Vec<Problem>> {
    let mut all: Vec<Problem> = tx.all(named!(rows), &params![1, ALWAYS.1, after.0, &after.1, limit, &account]).await?;
    for org in branches {
        all.extend(tx.all::<Problem>(unnamed!(rows), &params![1, ALWAYS.1, after.0, &after.1, limit, org]).await?);
    }
    Ok(first(all, limit, |x, y| x.place().cmp(&y.place())))
}

/// How many [`mine`] would show, at most [`COUNTED`].
///
/// # Errors
/// The engine's own.
pub async fn count_mine(tx: &mut Tx<'_>, account: AccountId, branches: &[OrgId]) -> Result<i64> {
    let mut n: i64 = tx.one(named!(number), &params![1, ALWAYS.1, START.0, &START.1, COUNTED, &account]).await?;
    for org in branches {
        n += tx.one::<i64>(unnamed!(number), &params![1, ALWAYS.1, START.0, &START.1, COUNTED, org]).await?;
    }
    Ok(n.min(COUNTED))
}

/// Branches as statements take them, four at a time; nearly every secretary has one.
pub(crate) fn fours(branches: &[OrgId]) -> Vec<[OrgId; 4]> {
    let nobody = OrgId::from_bytes([0; 16]);
    let four = |start: usize| std::array::from_fn(|i| branches.get(start + i).copied().unwrap_or(nobody));
    (0..branches.len().max(1)).step_by(4).map(four).collect()
}

/// What somebody has raised, newest first, before the one given.
///
/// # Errors
/// The engine's own.
pub async fn raised(tx: &mut Tx<'_>, account: AccountId, before: Option<ProblemId>, limit: i64) -> Result<Vec<Problem>> {
    let before = before.unwrap_or(ProblemId::from_bytes([0xff; 16]));
    let sql = concat!("SELECT ", columns!(), " FROM problem p WHERE p.raised_by = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT $3");
    tx.all(sql, &params![&account, &before, limit]).await
}

/// The first and last day of what is due from today until the third working day from now.
pub fn soon(calendar: &calendar::Calendar, today: BusinessDate) -> (i64, i64) {
    let days = u32::try_from(calendar::Light::SOON).unwrap_or_default();
    (today.number(), calendar.add(today, days, calendar::Mode::Exclusive).date.number())
}

/// What was due before today.
pub fn late(today: BusinessDate) -> (i64, i64) {
    (ALWAYS.0, today.number() - 1)
}

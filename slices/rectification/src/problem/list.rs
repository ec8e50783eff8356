//! Pages of problems within a reach: by due date, then id (keyset).
use super::Problem;
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

// A list is walked in its own order, or its organisations' problems are looked up and put in order: see [`Below`]. SQLite has no
// statistics, so each statement has one way it can go. `(due, id)` is one bound of the index: written as two it would be
// overlooked for the other bound of the same column.
macro_rules! rows {
    ($flag:literal, $from:expr, $where:expr $(, $more:expr)*) => {
        concat!(
            "SELECT ", columns!(), " FROM ", $from, " WHERE ", $where, "p.", $flag, " = $1 AND p.due <= $2 AND (p.due, p.id) > ($3, $4)",
            $($more,)* " ORDER BY p.due, p.id LIMIT $5"
        )
    };
}
macro_rules! number {
    ($flag:literal, $from:expr, $where:expr $(, $more:expr)*) => {
        concat!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM ", $from, " WHERE ", $where, "p.", $flag,
            " = $1 AND p.due <= $2 AND (p.due, p.id) > ($3, $4)", $($more,)* " LIMIT $5) AS few"
        )
    };
}
macro_rules! left_behind {
    ($flag:literal) => {
        concat!(
            "SELECT COUNT(*) FROM problem_listing l JOIN problem p ON p.id = l.problem
             WHERE p.",
            $flag,
            " = $1 AND p.due >= $2 AND p.due <= $3 AND l.org IN EACH($7) AND l.board = $4 AND l.path >= $5 AND l.path < $6"
        )
    };
}
// A problem stands on a few boards and a board holds thousands of problems: joined to nothing, `l.board` keeps SQLite from
// going through the whole board for each problem.
macro_rules! listed {
    ($board:literal) => {
        concat!(" AND EXISTS (SELECT 1 FROM problem_listing l WHERE l.problem = p.id AND l.board || '' = ", $board, ")")
    };
}
macro_rules! placed {
    ($board:literal, $from:literal, $to:literal) => {
        concat!(
            " AND EXISTS (SELECT 1 FROM problem_listing l WHERE l.problem = p.id AND l.board || '' = ",
            $board,
            " AND l.path >= ",
            $from,
            " AND l.path < ",
            $to,
            ")"
        )
    };
}

/// The shapes of one statement: everything, each row that stands below a place, or what its few organisations have; any board,
/// one, or a place on it.
macro_rules! shapes {
    ($make:ident, $flag:literal, $asked:expr, $below:expr) => {
        match ($below, $asked.board.is_some(), !$asked.places.is_empty()) {
            (Below::Nothing, false, _) => $make!($flag, "problem p", ""),
            (Below::Nothing, true, false) => $make!($flag, "problem p", "", listed!("$6")),
            (Below::Nothing, true, true) => $make!($flag, "problem p", "", placed!("$6", "$7", "$8")),
            (Below::Many, false, _) => $make!($flag, "problem p", "", many!()),
            (Below::Many, true, false) => $make!($flag, "problem p", "", many!(), listed!("$8")),
            (Below::Many, true, true) => $make!($flag, "problem p", "", many!(), placed!("$8", "$9", "$10")),
            (Below::Few, false, _) => $make!($flag, few!(), "p.org = place.org AND "),
            (Below::Few, true, false) => $make!($flag, few!(), "p.org = place.org AND ", listed!("$8")),
            (Below::Few, true, true) => $make!($flag, few!(), "p.org = place.org AND ", placed!("$8", "$9", "$10")),
        }
    };
}
macro_rules! many {
    () => {
        concat!(" AND ", tree::stands_below!("p.org", "$6", "$7"))
    };
}
macro_rules! few {
    () => {
        concat!(tree::places_below!("$6", "$7"), " CROSS JOIN problem p")
    };
}

/// How the place of a reach limits a list.
#[derive(Clone, Copy)]
enum Below {
    /// Not at all.
    Nothing,
    /// Walked in its own order, each row asked where it stands: of many organisations there is soon a page full.
    Many,
    /// What few organisations have is looked up: a list of a million would be walked to its end before a page is full.
    Few,
}

/// From so many organisations on a list is walked: in a list of a million problems a page of theirs is full after some thousands.
const MANY: i64 = 2000;

impl Below {
    async fn of(tx: &mut Tx<'_>, scope: &Scope) -> Result<Below> {
        Ok(match &scope.top {
            None => Below::Nothing,
            Some(_) if scope.is_wide() || tree::at_least(tx, &scope.from, &scope.to, MANY).await? => Below::Many,
            Some(_) => Below::Few,
        })
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
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM problem p WHERE p.open = 1 AND (p.owner = $1 OR (p.owner IS NULL AND p.org IN ($2, $3, $4, $5)))
          AND (p.due, p.id) > ($6, $7) ORDER BY p.due, p.id LIMIT $8"
    );
    let mut all: Vec<Problem> = Vec::new();
    for (i, at) in fours(branches).into_iter().enumerate() {
        // What is named as theirs comes with the first four branches.
        let owner = if i == 0 { account } else { AccountId::from_bytes([0; 16]) };
        all.extend(tx.all::<Problem>(sql, &params![&owner, &at[0], &at[1], &at[2], &at[3], after.0, &after.1, limit]).await?);
    }
    Ok(first(all, limit, |x, y| x.place().cmp(&y.place())))
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

#[cfg(test)]
mod tests {
    use super::columns;

    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn a_list_is_walked_or_looked_up_and_no_board_gone_through_for_each_of_its_problems() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(&[tree::MIGRATIONS, organisations::slice().migrations, crate::slice().migrations].concat()).await.unwrap();
            let walked = "INDEX problem_open (open=? AND (due,id)>(?,?) AND due<?)";
            for (sql, lines) in [
                (rows!("open", "problem p", ""), [walked].as_slice()),
                (rows!("open", "problem p", "", many!()), &[walked, "SEARCH node USING PRIMARY KEY (org=?)"]),
                (number!("open", "problem p", "", many!()), &["COVERING INDEX problem_open (open=? AND (due,id)>(?,?) AND due<?)"]),
                (
                    rows!("open", few!(), "p.org = place.org AND ", listed!("$8")),
                    &["INDEX problem_org (org=? AND open=? AND (due,id)>(?,?) AND due<?)"],
                ),
                (
                    number!("shelf", "problem p", "", many!(), listed!("$8")),
                    &["COVERING INDEX problem_shelf (shelf=? AND (due,id)>(?,?) AND due<?)"],
                ),
                (rows!("open", "problem p", "", placed!("$6", "$7", "$8")), &[walked, "SEARCH l EXISTS USING PRIMARY KEY (problem=?)"]),
            ] {
                let plan = engine.db().plan(sql).await.unwrap();
                for line in lines {
                    assert!(plan.iter().any(|l| l.contains(line)), "{line}: {plan:?}");
                }
            }
        }
    }
}

//! How many problems a branch has: for 无问题 confirmations, panels and the closed ratio.
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, OrgId};

db::row! {
    /// A branch's list in numbers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Counts {
        /// Not withdrawn.
        pub all: i64,
        pub open: i64,
        pub closed: i64,
    }
    /// How much of a year's list is done; no row for a branch without one.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct OfYear { pub org: OrgId, pub all: i64, pub closed: i64 }
    /// What its own page shows.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Now { pub open: i64, pub late: i64 }
}

/// A branch's list on a board, carried ones included.
///
/// # Errors
/// The engine's own.
pub async fn of_board(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<Counts> {
    tx.one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.open = 1 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN p.open = 0 THEN 1 ELSE 0 END), 0)
         FROM problem_listing l JOIN problem p ON p.id = l.problem WHERE l.board = $1 AND l.org = $2 AND p.open >= 0",
        &params![board, &org],
    )
    .await
}

/// How many a branch has on a board of its own, carried and withdrawn ones not counted: what is there after all.
///
/// # Errors
/// The engine's own.
pub async fn own(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM problem WHERE board = $1 AND org = $2 AND open >= 0", &params![board, &org]).await
}

/// The lists of a year of those of these branches that have one, whatever opened their problems.
///
/// # Errors
/// The engine's own.
pub async fn of_year(tx: &mut Tx<'_>, year: i64, orgs: &[OrgId]) -> Result<Vec<OfYear>> {
    let each: Each = orgs.iter().collect();
    tx.all(
        "SELECT l.org, COUNT(*), SUM(CASE WHEN p.open = 0 THEN 1 ELSE 0 END)
         FROM problem_listing l JOIN problem p ON p.id = l.problem WHERE l.org IN EACH($2) AND l.year = $1 AND p.open >= 0 GROUP BY l.org",
        &params![year, &each],
    )
    .await
}

/// A branch's open problems today.
///
/// # Errors
/// The engine's own.
pub async fn now(tx: &mut Tx<'_>, org: OrgId, today: BusinessDate) -> Result<Now> {
    tx.one(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN due < $2 THEN 1 ELSE 0 END), 0) FROM problem WHERE org = $1 AND open = 1",
        &params![&org, today],
    )
    .await
}

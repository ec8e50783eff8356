//! What a problem adds to the figures of each board it is listed on.
//!
//! Board: e.g. a cycle's id. Metrics: `problems` (not withdrawn), `problems:open`, `problems:closed`, and of the open
//! ones one per due date (`figures::day_metric("due", day)`), so that the overdue are a sum and midnight changes nothing.
use super::Problem;
use super::store::{Listing, listings};
use crate::confirmation;
use db::{Result, Tx, params};
use figures::{Leaf, day_metric};
use kernel::OrgPath;

pub const ALL: &str = "problems";
pub const OPEN: &str = "problems:open";
pub const CLOSED: &str = "problems:closed";
/// Name of the metrics by due date.
pub const DUE: &str = "due";

/// The metrics a problem counts in, each once.
fn counted(p: &Problem) -> Vec<String> {
    match p.state.flag() {
        1 => vec![ALL.into(), OPEN.into(), day_metric(DUE, p.due)],
        0 => vec![ALL.into(), CLOSED.into()],
        _ => vec![],
    }
}

/// Enters a listing's figures.
///
/// # Errors
/// The engine's own.
pub(crate) async fn enter(tx: &mut Tx<'_>, p: &Problem, l: &Listing) -> Result<()> {
    differ(tx, l, &[], &counted(p)).await
}

/// Leaves a listing's figures.
///
/// # Errors
/// The engine's own.
pub(crate) async fn leave(tx: &mut Tx<'_>, p: &Problem, l: &Listing) -> Result<()> {
    differ(tx, l, &counted(p), &[]).await
}

/// The problem has changed: every list it stands in is told the difference.
///
/// # Errors
/// The engine's own.
pub(crate) async fn changed(tx: &mut Tx<'_>, before: &Problem, after: &Problem) -> Result<()> {
    let (old, new) = (counted(before), counted(after));
    if old == new {
        return Ok(());
    }
    for l in listings(tx, after.id).await? {
        differ(tx, &l, &old, &new).await?;
    }
    Ok(())
}

async fn differ(tx: &mut Tx<'_>, l: &Listing, old: &[String], new: &[String]) -> Result<()> {
    for metric in old.iter().filter(|m| !new.contains(m)) {
        figures::add(tx, &l.board, &l.path, metric, -1).await?;
    }
    for metric in new.iter().filter(|m| !old.contains(m)) {
        figures::add(tx, &l.board, &l.path, metric, 1).await?;
    }
    Ok(())
}

/// A recount of a board from its rows, for `leitu doctor`; only the metrics of this crate.
///
/// # Errors
/// The engine's own.
pub async fn recount(tx: &mut Tx<'_>, board: &str) -> Result<Vec<Leaf>> {
    db::row! { struct Line { path: OrgPath, open: i64, due: kernel::BusinessDate, n: i64 } }
    let lines: Vec<Line> = tx
        .all(
            "SELECT l.path, p.open, p.due, COUNT(*) FROM problem_listing l JOIN problem p ON p.id = l.problem
             WHERE l.board = $1 AND p.open >= 0 GROUP BY l.path, p.open, p.due",
            &params![board],
        )
        .await?;
    let mut leaves = Vec::with_capacity(3 * lines.len());
    for Line { path, open, due, n } in lines {
        let mut leaf = |metric: String| leaves.push(Leaf { path: path.clone(), metric, value: n });
        leaf(ALL.into());
        leaf(if open == 1 { OPEN } else { CLOSED }.into());
        if open == 1 {
            leaf(day_metric(DUE, due));
        }
    }
    for c in confirmation::store::of_board(tx, board).await? {
        let metric = c.state.metric().map(str::to_owned);
        leaves.extend(metric.map(|metric| Leaf { path: c.path, metric, value: 1 }));
    }
    Ok(leaves)
}

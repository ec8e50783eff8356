//! Counting a board's figures again from its problems, for `leitu doctor`.
use super::state::State;
use super::store::{ALL, CLOSED, DUE, PENDING};
use db::{Result, Tx, params};
use figures::{Leaf, day_metric};
use kernel::{BusinessDate, OrgPath};

/// What each branch's problems add to the figures of a board.
///
/// # Errors
/// The engine's own.
pub async fn recount(tx: &mut Tx<'_>, board: &str) -> Result<Vec<Leaf>> {
    db::row! { struct Line { path: OrgPath, state: State, due: BusinessDate } }
    let lines: Vec<Line> = tx.all("SELECT path, state, due FROM problem WHERE board = $1", &params![board]).await?;
    Ok(lines.iter().flat_map(|l| metrics(l.state, l.due).into_iter().map(|metric| Leaf { path: l.path.clone(), metric, value: 1 })).collect())
}

fn metrics(state: State, due: BusinessDate) -> Vec<String> {
    match state {
        State::Withdrawn => vec![],
        State::Closed => vec![ALL.into(), CLOSED.into()],
        State::Open | State::Doing | State::Review => vec![ALL.into(), PENDING.into(), day_metric(DUE, due)],
    }
}

//! Replay: every cell of a final version computed again from the stored inputs and the bound editions, and compared.
//! A newer edition of the scheme changes nothing, because the cycle names the one it went by.
use super::compute::Line;
use super::{freeze, store};
use crate::cycle;
use db::Db;
use kernel::{CycleId, Points, Result};
use scheme::Scheme;
use serde::Serialize;
use std::collections::HashMap;

/// A cell that is not what its inputs give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub branch_code: String,
    /// `total`, `grade`, `star`, `rank`, `previous_grade`, `change`, or the code of a dimension or indicator.
    pub column: String,
    pub kept: String,
    pub computed: String,
}

/// Empty if all is well.
///
/// # Errors
/// `not-found` for a cycle or version that is not there.
pub async fn replay(db: &Db, cycle: CycleId, version: i64) -> Result<Vec<Cell>> {
    let mut cycle = db.read(async move |tx| cycle::store::any(tx, cycle).await).await?;
    cycle.result_version = version;
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let (lines, _) = freeze::computed(db, &scheme, cycle.id, version).await?;
    let kept = store::grading(db, cycle, scheme.clone()).await?.lines;
    let mut computed: HashMap<&str, &Line> = lines.iter().map(|l| (l.code.as_str(), l)).collect();
    let mut differ = Vec::new();
    for line in &kept {
        match computed.remove(line.code.as_str()) {
            Some(now) => differ.extend(compared(&scheme, line, now)),
            None => differ.push(Cell { branch_code: line.code.clone(), column: "input".into(), kept: "1".into(), computed: String::new() }),
        }
    }
    let extra = |l: &&Line| Cell { branch_code: l.code.clone(), column: "input".into(), kept: String::new(), computed: "1".into() };
    differ.extend(computed.values().map(extra));
    Ok(differ)
}

fn compared(scheme: &Scheme, kept: &Line, now: &Line) -> Vec<Cell> {
    let pairs = cells(scheme, kept).into_iter().zip(cells(scheme, now));
    let differ = pairs.filter(|(a, b)| a.1 != b.1);
    differ.map(|((column, kept_text), (_, computed))| Cell { branch_code: kept.code.clone(), column, kept: kept_text, computed }).collect()
}

/// All cells of a line by column.
fn cells(scheme: &Scheme, l: &Line) -> Vec<(String, String)> {
    let points = |p: Option<Points>| p.map(Points::fixed).unwrap_or_default();
    let mut all = vec![
        ("total".to_owned(), points(l.total)),
        ("grade".to_owned(), l.grade.clone()),
        ("star".to_owned(), l.star.map(|s| s.to_string()).unwrap_or_default()),
        ("rank".to_owned(), l.rank.to_string()),
        ("previous_grade".to_owned(), l.previous_grade.clone().unwrap_or_default()),
        ("change".to_owned(), l.change.map(|c| c.name().to_owned()).unwrap_or_default()),
    ];
    let codes = scheme.dimensions.iter().map(|d| &d.code).chain(scheme.indicators.iter().map(|i| &i.code));
    all.extend(codes.enumerate().map(|(i, code)| (code.clone(), points(l.columns.0.get(i).copied().flatten()))));
    all
}

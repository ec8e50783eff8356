//! Reading: one place's figures, or those of the places just below it.
use db::{Db, Result, params};
use kernel::OrgPath;
use std::collections::BTreeMap;

db::row! {
    struct Line { path: OrgPath, metric: String, value: i64 }
}

/// A place just below the one asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    pub path: OrgPath,
    /// In the order of the metrics asked for; 0 where nothing was ever added.
    pub values: Vec<i64>,
}

/// The figures of one place, in the order of `metrics`. At most a second old.
///
/// # Errors
/// The engine's.
pub async fn of(db: &Db, board: &str, path: &OrgPath, metrics: &[&str]) -> Result<Vec<i64>> {
    let sql = "SELECT path, metric, value FROM figure WHERE board = $1 AND path = $2 AND metric = $3";
    let mut values = Vec::with_capacity(metrics.len());
    for metric in metrics {
        let found: Vec<Line> = db.lookup(sql, &params![board, path, *metric]).await?;
        values.push(found.first().map_or(0, |l| l.value));
    }
    Ok(values)
}

/// The sum of the metrics from `first` (with it) to `end` (without it), as text.
///
/// # Errors
/// The engine's.
pub async fn between(db: &Db, board: &str, path: &OrgPath, first: &str, end: &str) -> Result<i64> {
    let sql = "SELECT COALESCE(SUM(value), 0) FROM figure WHERE board = $1 AND path = $2 AND metric >= $3 AND metric < $4";
    Ok(db.lookup(sql, &params![board, path, first, end]).await?.pop().unwrap_or(0))
}

/// Every figure of one place whose metric's name begins with `prefix`, in the order of the names: for families of metrics
/// that nobody can list beforehand.
///
/// # Errors
/// The engine's.
pub async fn family(db: &Db, board: &str, path: &OrgPath, prefix: &str) -> Result<Vec<(String, i64)>> {
    // The last possible character ends the range of names.
    let end = format!("{prefix}\u{10FFFF}");
    let sql = "SELECT path, metric, value FROM figure WHERE board = $1 AND path = $2 AND metric >= $3 AND metric < $4 ORDER BY metric";
    let lines: Vec<Line> = db.lookup(sql, &params![board, path, prefix, &end]).await?;
    Ok(lines.into_iter().map(|l| (l.metric[prefix.len()..].to_owned(), l.value)).collect())
}

// A board holds the figures of the whole tree, and SQLite, which has no statistics, would rather walk through all of it in
// the order of the key than look the few children up: joined to nothing, `board` leaves it no other way than their index.
macro_rules! below {
    ($metrics:literal) => {
        concat!("SELECT path, metric, value FROM figure WHERE board || '' = $1 AND parent = $2 AND ", $metrics)
    };
}

/// The figures of every place just below `path` (the roots, without one), in the order of their paths.
/// A place where nothing was ever added is not among them.
///
/// # Errors
/// The engine's.
pub async fn children(db: &Db, board: &str, path: Option<&OrgPath>, metrics: &[&str]) -> Result<Vec<Child>> {
    let (board, parent) = (board.to_string(), path.map_or(String::new(), |p| p.as_str().into()));
    let asked: Vec<String> = metrics.iter().map(|m| (*m).into()).collect();
    let columns: Vec<Vec<Line>> = db
        .read(async move |tx| {
            // Inside: a text captured by the closure would tie callers to one lifetime.
            let sql = below!("metric = $3");
            let mut columns = Vec::with_capacity(asked.len());
            for metric in &asked {
                columns.push(tx.all(sql, &params![&board, &parent, metric]).await?);
            }
            Ok(columns)
        })
        .await?;
    let lines = columns.into_iter().enumerate().flat_map(|(i, column)| column.into_iter().map(move |l| (i, l)));
    Ok(by_place(lines, metrics.len()))
}

/// As [`between`], for every place just below `path`.
///
/// # Errors
/// The engine's.
pub async fn children_between(db: &Db, board: &str, path: Option<&OrgPath>, first: &str, end: &str) -> Result<Vec<Child>> {
    let (board, first, end) = (board.to_string(), first.to_string(), end.to_string());
    let parent = path.map_or(String::new(), |p| p.as_str().into());
    let lines: Vec<Line> =
        db.read(async move |tx| tx.all(below!("metric >= $3 AND metric < $4"), &params![&board, &parent, &first, &end]).await).await?;
    Ok(by_place(lines.into_iter().map(|l| (0, l)), 1))
}

/// What stands in the same column of a place is added up.
fn by_place(lines: impl Iterator<Item = (usize, Line)>, columns: usize) -> Vec<Child> {
    let mut rows = BTreeMap::<String, Child>::new();
    for (column, line) in lines {
        let key = line.path.as_str().to_owned();
        let child = rows.entry(key).or_insert_with(|| Child { path: line.path, values: vec![0; columns] });
        if let Some(value) = child.values.get_mut(column) {
            *value += line.value;
        }
    }
    rows.into_values().collect()
}

#[cfg(test)]
mod tests {
    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn the_places_below_one_are_looked_up_not_searched_for_in_the_whole_tree() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(crate::MIGRATIONS).await.unwrap();
            for sql in [below!("metric = $3"), below!("metric >= $3 AND metric < $4")] {
                let plan = engine.db().plan(sql).await.unwrap();
                assert!(
                    plan.iter().all(|line| line.starts_with("SEARCH figure USING INDEX figure_children (parent=? AND metric")),
                    "{plan:?}"
                );
            }
        }
    }
}

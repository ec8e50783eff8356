//! Reading: one place's figures, or those of the places just below it.
use db::{Db, Result, params};
use kernel::OrgPath;

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
            let sql = "SELECT path, metric, value FROM figure WHERE board = $1 AND parent = $2 AND metric = $3 ORDER BY path";
            let mut columns = Vec::with_capacity(asked.len());
            for metric in &asked {
                columns.push(tx.all(sql, &params![&board, &parent, metric]).await?);
            }
            Ok(columns)
        })
        .await?;
    let mut rows = std::collections::BTreeMap::<String, Child>::new();
    for (i, line) in columns.into_iter().enumerate().flat_map(|(i, column)| column.into_iter().map(move |l| (i, l))) {
        let key = line.path.as_str().to_string();
        let child = rows.entry(key).or_insert_with(|| Child { path: line.path, values: vec![0; metrics.len()] });
        child.values[i] = line.value;
    }
    Ok(rows.into_values().collect())
}

/// As [`between`], for every place just below `path`.
///
/// # Errors
/// The engine's.
pub async fn children_between(db: &Db, board: &str, path: Option<&OrgPath>, first: &str, end: &str) -> Result<Vec<Child>> {
    db::row! { struct Sum { path: OrgPath, value: i64 } }
    let (board, first, end) = (board.to_string(), first.to_string(), end.to_string());
    let parent = path.map_or(String::new(), |p| p.as_str().into());
    let sums: Vec<Sum> = db
        .read(async move |tx| {
            let sql = "SELECT path, SUM(value) FROM figure WHERE board = $1 AND parent = $2 AND metric >= $3 AND metric < $4 GROUP BY path ORDER BY path";
            tx.all(sql, &params![&board, &parent, &first, &end]).await
        })
        .await?;
    Ok(sums.into_iter().map(|s| Child { path: s.path, values: vec![s.value] }).collect())
}

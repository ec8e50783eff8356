//! Writing: what a unit of work says about the figures.
use db::{Result, Tx, params};
use kernel::{BusinessDate, OrgPath};

/// Adds `delta` to `metric` at `path` and, once folded, at every place above it.
///
/// Read the place's path in the same unit: then a move beside it makes one of the two run again.
///
/// # Errors
/// The engine's.
pub async fn add(tx: &mut Tx<'_>, board: &str, path: &OrgPath, metric: &str, delta: i64) -> Result<()> {
    if delta == 0 {
        return Ok(());
    }
    let sql = "INSERT INTO figure_delta (board, path, metric, delta) VALUES ($1, $2, $3, $4)";
    tx.later(sql, &params![board, path, metric, delta]).await
}

/// The metric `name` of one day; days sort as text, so [`between`](crate::between) sums a stretch of them.
pub fn day_metric(name: &str, day: BusinessDate) -> String {
    // Every day from 1900 on is a positive number of at most seven digits after the shift.
    format!("{name}@{:07}", day.number() + 1_000_000)
}

/// The subtree at `from` now stands at `to`: its figures go along, the ancestors on both lines are told.
/// For boards that follow today's tree; a cycle's places never move.
///
/// # Errors
/// The engine's.
pub async fn moved(tx: &mut Tx<'_>, board: &str, from: &OrgPath, to: &OrgPath) -> Result<()> {
    db::row! { struct Kept { metric: String, value: i64 } }
    let (end, tail) = (from.end(), i64::try_from(from.as_str().len()).unwrap_or(i64::MAX) + 1);
    // Deltas not yet folded: reading the stretch is what makes a concurrent `add` into it run again.
    let pending = "UPDATE figure_delta SET path = $4 || substr(path, $5) WHERE board = $1 AND path >= $2 AND path < $3";
    tx.exec(pending, &params![board, from, &end, to, tail]).await?;
    let whole: Vec<Kept> = tx.all("SELECT metric, value FROM figure WHERE board = $1 AND path = $2", &params![board, from]).await?;
    let kept = "UPDATE figure SET path = $4 || substr(path, $5), parent = CASE WHEN path = $2 THEN $6 ELSE $4 || substr(parent, $5) END
        WHERE board = $1 AND path >= $2 AND path < $3";
    tx.exec(kept, &params![board, from, &end, to, tail, parent(to.as_str())]).await?;
    for Kept { metric, value } in whole {
        if let Some(above) = above(from)? {
            add(tx, board, &above, &metric, -value).await?;
        }
        if let Some(above) = above(to)? {
            add(tx, board, &above, &metric, value).await?;
        }
    }
    Ok(())
}

/// `/1/2/` of `/1/2/3/`; empty for a root.
pub(crate) fn parent(path: &str) -> &str {
    let inner = path.trim_end_matches('/');
    inner.rfind('/').map_or("", |i| if i == 0 { "" } else { &path[..=i] })
}

fn above(path: &OrgPath) -> kernel::Result<Option<OrgPath>> {
    Some(parent(path.as_str())).filter(|p| !p.is_empty()).map(OrgPath::parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_has_no_parent_and_everything_else_has_one() {
        assert_eq!(["/1/", "/1/2/", "/1/20/3/"].map(parent), ["", "/1/", "/1/20/"]);
    }

    #[test]
    fn days_sort_as_text_as_they_sort_in_time() {
        let days = ["1900-01-01", "1969-12-31", "1970-01-01", "2026-11-25", "9999-12-31"].map(|d| BusinessDate::parse(d).unwrap());
        assert!(days.windows(2).all(|w| day_metric("due", w[0]) < day_metric("due", w[1])));
    }
}

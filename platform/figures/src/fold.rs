//! Carrying deltas up to every place above them.
use crate::delta::parent;
use db::{Db, Result, Tx, params};
use kernel::OrgPath;
use std::{collections::BTreeMap, time::Duration};

/// Deltas folded in one transaction; a few milliseconds' work.
const CHUNK: i64 = 2000;
const IDLE: Duration = Duration::from_millis(400);

/// Folds for as long as it is polled. Every process may run one: they take turns at the lease row.
pub async fn run(db: Db) {
    loop {
        match fold(&db).await {
            Ok(n) if n > 0 => {}
            Ok(_) => tokio::time::sleep(IDLE).await,
            Err(e) => {
                tracing::warn!(cause = %e, "figures are not folded");
                tokio::time::sleep(4 * IDLE).await;
            }
        }
    }
}

/// Folds what is waiting, up to a chunk; how many deltas it was.
///
/// # Errors
/// The engine's; nothing is folded twice.
#[allow(clippy::disallowed_methods)] // what the deltas' own units recorded is only added up: no event of its own
pub async fn fold(db: &Db) -> Result<usize> {
    // Looking costs little; the lease is only taken when there is something to do.
    if db.lookup::<i64>("SELECT id FROM figure_delta ORDER BY id LIMIT 1", &[]).await?.is_empty() {
        return Ok(0);
    }
    db.write(async |tx| fold_in(tx).await).await
}

async fn fold_in(tx: &mut Tx<'_>) -> Result<usize> {
    db::row! { struct Delta { board: String, path: String, metric: String, delta: i64 } }
    tx.exec("UPDATE figure_lease SET beat = beat + 1 WHERE name = 'fold'", &[]).await?;
    let taken =
        "DELETE FROM figure_delta WHERE id IN (SELECT id FROM figure_delta ORDER BY id LIMIT $1) RETURNING board, path, metric, delta";
    let deltas: Vec<Delta> = tx.all(taken, &params![CHUNK]).await?;
    let mut sums = BTreeMap::<(&str, String, &str), i64>::new();
    for d in &deltas {
        for place in OrgPath::parse(&d.path)?.line() {
            *sums.entry((&d.board, place.into(), &d.metric)).or_default() += d.delta;
        }
    }
    let sql = "INSERT INTO figure (board, path, metric, parent, value) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (board, path, metric) DO UPDATE SET value = figure.value + excluded.value";
    for ((board, place, metric), sum) in sums.iter().filter(|(_, sum)| **sum != 0) {
        tx.later(sql, &params![*board, place, *metric, parent(place), *sum]).await?;
    }
    Ok(deltas.len())
}

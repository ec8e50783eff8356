//! The ledger's own questions to the kept results: a filtered page, and who moved.
use crate::result::Line;
use crate::result::store::lines_of;
use db::{Result, Tx, params};
use kernel::CycleId;

/// Which results a ledger shows.
#[derive(Clone, Debug)]
pub struct Filter {
    pub cycle: CycleId,
    pub version: i64,
    /// Places in the cycle's copy of the tree, `[from, to)`.
    pub from: String,
    pub to: String,
    /// Empty takes all.
    pub grade: String,
    /// 0 takes all.
    pub star: i64,
    /// Empty takes all.
    pub change: String,
}

/// A page in rank order after `after`.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, f: &Filter, after: i64, limit: i64) -> Result<Vec<Line>> {
    lines_of(
        tx,
        "SELECT org, code, name, category, path, total, grade, star, rank, previous_grade, change, columns FROM result
         WHERE cycle = $1 AND version = $2 AND rank > $3 AND path >= $4 AND path < $5 AND ($6 = '' OR grade = $6) AND ($7 = 0 OR star = $7)
           AND ($8 = '' OR change = $8) ORDER BY rank LIMIT $9",
        &params![&f.cycle, f.version, after, &f.from, &f.to, &f.grade, f.star, &f.change, limit],
    )
    .await
}

/// How many went up, down or stayed, within a subtree (S34).
///
/// # Errors
/// The engine's own.
pub async fn changes(tx: &mut Tx<'_>, f: &Filter) -> Result<Vec<(String, i64)>> {
    db::row! { struct N { change: String, n: i64 } }
    let rows: Vec<N> = tx
        .all(
            "SELECT change, COUNT(*) FROM result WHERE cycle = $1 AND version = $2 AND path >= $3 AND path < $4 AND change IS NOT NULL
             GROUP BY change ORDER BY change",
            &params![&f.cycle, f.version, &f.from, &f.to],
        )
        .await?;
    Ok(rows.into_iter().map(|n| (n.change, n.n)).collect())
}

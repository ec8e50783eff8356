//! The ledger's own questions to the kept results: a filtered page, and who moved.
use crate::result::Line;
use crate::result::store::lines_of;
use access::{Reach, first};
use db::{Result, Tx, params};
use kernel::CycleId;
use std::collections::BTreeMap;

/// Which results a ledger shows.
#[derive(Clone, Debug)]
pub struct Filter {
    pub cycle: CycleId,
    pub version: i64,
    /// Places in the cycle's copy of the tree.
    pub reach: Reach,
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
    let sql = "SELECT org, code, name, category, path, total, grade, star, rank, previous_grade, change, columns FROM result
         WHERE cycle = $1 AND version = $2 AND rank > $3 AND path >= $4 AND path < $5 AND ($6 = '' OR grade = $6) AND ($7 = 0 OR star = $7)
           AND ($8 = '' OR change = $8) ORDER BY rank LIMIT $9";
    let mut lines = Vec::new();
    for s in f.reach.scopes() {
        let asked = params![&f.cycle, f.version, after, &s.from, &s.to, &f.grade, f.star, &f.change, limit];
        lines.extend(lines_of(tx, sql, &asked).await?);
    }
    Ok(first(lines, limit, |a, b| a.rank.cmp(&b.rank)))
}

/// How many went up, down or stayed, within the reach (S34).
///
/// # Errors
/// The engine's own.
pub async fn changes(tx: &mut Tx<'_>, f: &Filter) -> Result<Vec<(String, i64)>> {
    db::row! { struct N { change: String, n: i64 } }
    let sql = "SELECT change, COUNT(*) FROM result WHERE cycle = $1 AND version = $2 AND path >= $3 AND path < $4 AND change IS NOT NULL
         GROUP BY change ORDER BY change";
    let mut sums = BTreeMap::new();
    for s in f.reach.scopes() {
        for n in tx.all::<N>(sql, &params![&f.cycle, f.version, &s.from, &s.to]).await? {
            *sums.entry(n.change).or_default() += n.n;
        }
    }
    Ok(sums.into_iter().collect())
}

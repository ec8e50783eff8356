//! The ledger's own questions to the kept results: a filtered page, and who moved. Who sees a row goes by where its branch
//! stands today; the place it had in its cycle is only kept with it.
use crate::result::Line;
use crate::result::store::lines_of;
use access::{Reach, Scope, first};
use db::{Param, Result, Tx, params};
use kernel::CycleId;
use std::collections::BTreeMap;

/// Which results a ledger shows.
#[derive(Clone, Debug)]
pub struct Filter {
    pub cycle: CycleId,
    pub version: i64,
    /// Places in today's tree.
    pub reach: Reach,
    /// Empty takes all.
    pub grade: String,
    /// 0 takes all.
    pub star: i64,
    /// Empty takes all.
    pub change: String,
}

impl Filter {
    /// Everything a reach has of one version.
    pub fn all(cycle: CycleId, version: i64, reach: Reach) -> Self {
        Self { cycle, version, reach, grade: String::new(), star: 0, change: String::new() }
    }
}

/// Behind which row a page begins, and by that in which order the rows come: that of the codes, which ranks nobody, or that of
/// the ranks for whoever asks for it.
#[derive(Clone, Debug)]
pub enum Behind {
    Code(String),
    Rank(i64),
}

impl Behind {
    /// Where the order begins, or behind the row an address names.
    pub fn new(by_rank: bool, after: &str) -> Self {
        if by_rank { Behind::Rank(after.parse().unwrap_or(0)) } else { Behind::Code(after.to_owned()) }
    }
    pub fn by_rank(&self) -> bool {
        matches!(self, Behind::Rank(_))
    }
    /// In the same order behind this row.
    pub fn then(&self, line: &Line) -> Self {
        if self.by_rank() { Behind::Rank(line.rank) } else { Behind::Code(line.code.clone()) }
    }
}

impl std::fmt::Display for Behind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Behind::Code(code) => f.write_str(code),
            Behind::Rank(rank) => write!(f, "{rank}"),
        }
    }
}

/// How a scope is asked for. Nearly every row stands below a root of the tree, so there the index of the order gives the page
/// and each row is looked at; below any other place its branches are looked up and put in order.
enum Width {
    Everything,
    Root,
    Place,
}

fn width(scope: &Scope) -> Width {
    match &scope.top {
        None => Width::Everything,
        Some(_) if scope.is_wide() => Width::Root,
        Some(_) => Width::Place,
    }
}

fn bound<'a>(scope: &'a Scope, mut asked: Vec<Param<'a>>) -> Vec<Param<'a>> {
    if scope.top.is_some() {
        asked.extend(params![&scope.from, &scope.to]);
    }
    asked
}

macro_rules! rows {
    ($by:expr, $($more:expr),*) => {
        concat!(
            "SELECT r.org, r.code, r.name, r.category, r.path, r.total, r.grade, r.star, r.rank, r.previous_grade, r.change, r.columns
             FROM result r WHERE r.cycle = $1 AND r.version = $2 AND ", $by, " > $3 AND ($4 = '' OR r.grade = $4)
               AND ($5 = 0 OR r.star = $5) AND ($6 = '' OR r.change = $6)", $($more,)* " ORDER BY ", $by, " LIMIT $7"
        )
    };
}

// Joined to nothing, the order has no index, and SQLite, which has no statistics, looks the branches of a place up.
macro_rules! widths {
    ($by:literal, $nothing:literal, $width:expr) => {
        match $width {
            Width::Everything => rows!($by, ""),
            Width::Root => rows!($by, " AND ", tree::stands_below!("r.org", "$8", "$9")),
            Width::Place => rows!(concat!($by, $nothing), " AND r.org ", tree::below!("$8", "$9")),
        }
    };
}

/// A page behind a row.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, f: &Filter, behind: &Behind, limit: i64) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for scope in f.reach.scopes() {
        let (sql, after): (_, Param<'_>) = match behind {
            Behind::Code(code) => (widths!("r.code", " || ''", width(scope)), code.into()),
            Behind::Rank(rank) => (widths!("r.rank", " + 0", width(scope)), (*rank).into()),
        };
        let asked = params![&f.cycle, f.version, after, &f.grade, f.star, &f.change, limit].to_vec();
        lines.extend(lines_of(tx, sql, &bound(scope, asked)).await?);
    }
    Ok(first(lines, limit, |a, b| if behind.by_rank() { a.rank.cmp(&b.rank) } else { a.code.cmp(&b.code) }))
}

macro_rules! moved {
    ($($more:expr),*) => {
        concat!(
            "SELECT r.change, COUNT(*) FROM result r WHERE r.cycle = $1 AND r.version = $2 AND r.change IS NOT NULL
               AND ($3 = '' OR r.grade = $3) AND ($4 = 0 OR r.star = $4)", $($more,)*
            " GROUP BY r.change ORDER BY r.change"
        )
    };
}

db::row! { struct Moved { change: String, n: i64 } }

/// How many went up, down or stayed, within the reach (S34), of the grade and star that are asked for: as many as there are
/// rows when one of the three is asked for beside them.
///
/// # Errors
/// The engine's own.
pub async fn changes(tx: &mut Tx<'_>, f: &Filter) -> Result<Vec<(String, i64)>> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for scope in f.reach.scopes() {
        let (sql, without) = match width(scope) {
            Width::Everything => (moved!(""), None),
            // What stands elsewhere is little: it is taken from the whole.
            Width::Root => (moved!(""), Some(moved!(" AND r.org ", tree::apart!("$5", "$6")))),
            Width::Place => (moved!(" AND r.org ", tree::below!("$5", "$6")), None),
        };
        let narrow = matches!(width(scope), Width::Place);
        let asked = || params![&f.cycle, f.version, &f.grade, f.star].to_vec();
        let counted: Vec<Moved> = if narrow { tx.all(sql, &bound(scope, asked())).await? } else { tx.all(sql, &asked()).await? };
        let mut taken: Vec<Moved> = Vec::new();
        if let Some(sql) = without {
            taken = tx.all(sql, &bound(scope, asked())).await?;
        }
        counted.into_iter().for_each(|m| *sums.entry(m.change).or_default() += m.n);
        taken.into_iter().for_each(|m| *sums.entry(m.change).or_default() -= m.n);
    }
    Ok(sums.into_iter().filter(|(_, n)| *n > 0).collect())
}

#[cfg(test)]
mod tests {
    use super::Width;

    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn a_ledger_walks_the_index_of_its_order_and_looks_up_the_branches_of_a_place() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(&[tree::MIGRATIONS, crate::MIGRATIONS].concat()).await.unwrap();
            for (sql, index) in [
                (widths!("r.code", " || ''", Width::Everything), "result_code (cycle=? AND version=? AND code>?)"),
                (widths!("r.code", " || ''", Width::Root), "result_code (cycle=? AND version=? AND code>?)"),
                (widths!("r.rank", " + 0", Width::Root), "result_rank (cycle=? AND version=? AND rank>?)"),
                (widths!("r.code", " || ''", Width::Place), "PRIMARY KEY (cycle=? AND version=? AND org=?)"),
                (widths!("r.rank", " + 0", Width::Place), "PRIMARY KEY (cycle=? AND version=? AND org=?)"),
            ] {
                let plan = engine.db().plan(sql).await.unwrap();
                assert!(plan.iter().any(|line| line.ends_with(index)), "{sql}: {plan:?}");
            }
        }
    }
}

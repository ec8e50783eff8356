//! What of a sheet is counted in the figures of the tree: that it takes part, and its grade, both also by category; the star
//! it has by itself; and, where no figure is kept, how many sheets of a list are in which state.
use super::listing::{ANY, Listing, Walked};
use super::{State, rechecked};
use crate::cycle::Cycle;
use access::Scope;
use db::{Result, Tx, params};
use kernel::{CycleId, OrgId, OrgPath};
use scoring::Layer;

/// Sheets that take part.
pub const BRANCHES: &str = "branches";

/// The family of metrics of a category: `category:机关` counts its sheets, `category:机关/好` those of a grade.
pub const CATEGORY: &str = "category:";

/// The metrics of a sheet with a grade; two of them count it even without one.
pub fn metrics(category: &str, grade: Option<&str>) -> Vec<String> {
    let mut metrics = vec![BRANCHES.to_owned(), format!("{CATEGORY}{category}")];
    metrics.extend(grade.into_iter().flat_map(|grade| of_grade(category, grade)));
    metrics
}

fn of_grade(category: &str, grade: &str) -> [String; 2] {
    [format!("grade:{grade}"), format!("{CATEGORY}{category}/{grade}")]
}

/// # Errors
/// The engine's own.
pub async fn takes_part(tx: &mut Tx<'_>, cycle: CycleId, path: &OrgPath, category: &str) -> Result<()> {
    for metric in metrics(category, None) {
        figures::add(tx, &cycle.to_string(), path, &metric, 1).await?;
    }
    Ok(())
}

/// Moves a sheet from the grade it had to the one it has.
///
/// # Errors
/// The engine's own.
pub async fn regraded(tx: &mut Tx<'_>, cycle: CycleId, path: &OrgPath, category: &str, before: Option<&str>, now: &str) -> Result<()> {
    if before == Some(now) {
        return Ok(());
    }
    let board = cycle.to_string();
    for metric in before.into_iter().flat_map(|grade| of_grade(category, grade)) {
        figures::add(tx, &board, path, &metric, -1).await?;
    }
    for metric in of_grade(category, now) {
        figures::add(tx, &board, path, &metric, 1).await?;
    }
    Ok(())
}

/// The metric of the sheets that have a star by themselves, before quotas; 0 is below every one.
pub fn by_itself(star: i64) -> String {
    format!("estimate:{star}")
}

/// Moves a sheet from the star it had to the one it has.
///
/// # Errors
/// The engine's own.
pub async fn restarred(tx: &mut Tx<'_>, cycle: CycleId, path: &OrgPath, before: Option<i64>, now: i64) -> Result<()> {
    if before == Some(now) {
        return Ok(());
    }
    let board = cycle.to_string();
    if let Some(before) = before {
        figures::add(tx, &board, path, &by_itself(before), -1).await?;
    }
    figures::add(tx, &board, path, &by_itself(now), 1).await
}

/// How many of a list are in which state of its layer, whichever state it asks for; a state may come once for each scope.
///
/// # Errors
/// The engine's own.
pub async fn by_state(tx: &mut Tx<'_>, l: &Listing) -> Result<Vec<(State, i64)>> {
    let mut all = Vec::new();
    for scope in l.reach.scopes() {
        all.extend(match l.layer {
            Layer::Recheck => rechecked::by_state(tx, l, scope).await?,
            _ => of_scope(tx, l, scope).await?,
        });
    }
    Ok(all)
}

macro_rules! states {
    ($state:literal, $place:literal, $only:literal) => {
        concat!(
            "SELECT ",
            $state,
            ", COUNT(*) FROM sheet WHERE cycle = $1 AND ",
            $place,
            " AND ($4 = 1 OR category = $5)
               AND ($6 = '' OR grade = $6) AND ($7 < 0 OR star = $7)",
            $only,
            " GROUP BY ",
            $state
        )
    };
}
/// The statement for what the rows are looked up by: a place, or of what is wide the star, grade or category.
macro_rules! by {
    ($walked:expr, $state:literal) => {
        match $walked {
            None => states!($state, "path >= $2 AND path < $3", ""),
            Some(Walked::Star) => states!($state, "path || '' >= $2 AND path || '' < $3", " AND star = $7"),
            Some(Walked::Grade) => states!($state, "path || '' >= $2 AND path || '' < $3", " AND grade = $6"),
            Some(Walked::Category) => states!($state, "path || '' >= $2 AND path || '' < $3", " AND category = $5"),
        }
    };
}

async fn of_scope(tx: &mut Tx<'_>, l: &Listing, scope: &Scope) -> Result<Vec<(State, i64)>> {
    db::row! { struct Line { state: State, n: i64 } }
    let walked = l.walked().filter(|_| scope.is_wide());
    let sql = if l.layer == Layer::Acceptance { by!(walked, "acceptance_state") } else { by!(walked, "self_state") };
    let (any, category) = (i64::from(l.category.is_none()), l.category.as_deref().unwrap_or(""));
    let (grade, star) = (l.grade.as_deref().unwrap_or(""), l.star.unwrap_or(ANY));
    let asked = params![&l.cycle, &scope.from, &scope.to, any, category, grade, star];
    let lines: Vec<Line> = tx.all(sql, &asked).await?;
    Ok(lines.into_iter().map(|l| (l.state, l.n)).collect())
}

/// How many sheets stand below a place of the cycle's copy, whatever the kept figures have come to.
///
/// # Errors
/// The engine's own.
pub async fn below(tx: &mut Tx<'_>, cycle: CycleId, path: &OrgPath) -> Result<i64> {
    tx.one("SELECT COUNT(*) FROM sheet WHERE cycle = $1 AND path >= $2 AND path < $3", &params![&cycle, path, &path.end()]).await
}

/// How many of branches that stood directly below an organisation on the opening day.
///
/// # Errors
/// The engine's own.
pub async fn just_below(tx: &mut Tx<'_>, cycle: &Cycle, org: OrgId) -> Result<i64> {
    let sql = concat!("SELECT COUNT(*) FROM sheet WHERE cycle = $1 AND org ", tree::child_of!("$2", "$3"));
    tx.one(sql, &params![&cycle.id, &org, cycle.opened]).await
}

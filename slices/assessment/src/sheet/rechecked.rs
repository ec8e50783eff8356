//! The sheets of the re-check: what was drawn, and what a team was given without a draw. A drawn branch whose team has ties
//! to it stays in the list until another team is given it.
use super::State;
use super::listing::{ANY, Listing};
use super::store::Sheet;
use access::Scope;
use db::{Each, Result, Tx, params};
use kernel::SheetId;

/// One page of a list within one scope, in the order of the codes.
///
/// # Errors
/// The engine's own.
pub async fn list(tx: &mut Tx<'_>, l: &Listing, scope: &Scope) -> Result<Vec<Sheet>> {
    let (after, state) = (l.after.as_deref().unwrap_or(""), l.state.map_or("", State::name));
    let (any, category) = (i64::from(l.category.is_none()), l.category.as_deref().unwrap_or(""));
    let (grade, star) = (l.grade.as_deref().unwrap_or(""), l.star.unwrap_or(ANY));
    tx.all(
        "SELECT s.id, s.cycle, s.org, s.code, s.name, s.category, s.path, s.unit, s.self_state, s.acceptance_state, s.recheck_state,
           s.late_until, s.total, s.grade, s.star
         FROM (SELECT sheet FROM drawn WHERE cycle = $1 UNION SELECT sheet FROM assignment WHERE cycle = $1 AND layer = 'recheck') d
         JOIN sheet s ON s.id = d.sheet
         WHERE s.path >= $2 AND s.path < $3 AND s.code > $4 AND ($5 = '' OR s.recheck_state = $5) AND ($6 = 1 OR s.category = $7)
           AND ($8 = '' OR s.grade = $8) AND ($9 < 0 OR s.star = $9) ORDER BY s.code LIMIT $10",
        &params![&l.cycle, &scope.from, &scope.to, after, state, any, category, grade, star, l.limit],
    )
    .await
}

/// How many of a list are in which state, whichever state it asks for, within one scope.
///
/// # Errors
/// The engine's own.
pub async fn by_state(tx: &mut Tx<'_>, l: &Listing, scope: &Scope) -> Result<Vec<(State, i64)>> {
    db::row! { struct Line { state: State, n: i64 } }
    let (any, category) = (i64::from(l.category.is_none()), l.category.as_deref().unwrap_or(""));
    let lines: Vec<Line> = tx
        .all(
            "SELECT s.recheck_state, COUNT(*)
             FROM (SELECT sheet FROM drawn WHERE cycle = $1 UNION SELECT sheet FROM assignment WHERE cycle = $1 AND layer = 'recheck') d
             JOIN sheet s ON s.id = d.sheet WHERE s.path >= $2 AND s.path < $3 AND ($4 = 1 OR s.category = $5) AND ($6 = '' OR s.grade = $6)
               AND ($7 < 0 OR s.star = $7) GROUP BY s.recheck_state",
            &params![&l.cycle, &scope.from, &scope.to, any, category, l.grade.as_deref().unwrap_or(""), l.star.unwrap_or(ANY)],
        )
        .await?;
    Ok(lines.into_iter().map(|l| (l.state, l.n)).collect())
}

/// Those that were drawn, or given to a team to be re-checked.
///
/// # Errors
/// The engine's own.
pub async fn among(tx: &mut Tx<'_>, sheets: Vec<Sheet>) -> Result<Vec<Sheet>> {
    let each: Each = sheets.iter().map(|s| &s.id).collect();
    let sql =
        "SELECT sheet FROM drawn WHERE sheet IN EACH($1) UNION SELECT sheet FROM assignment WHERE layer = 'recheck' AND sheet IN EACH($1)";
    let known: Vec<SheetId> = tx.all(sql, &params![&each]).await?;
    Ok(sheets.into_iter().filter(|s| known.contains(&s.id)).collect())
}

/// Those of a page that no team has been given.
///
/// # Errors
/// The engine's own.
pub async fn nobodys(tx: &mut Tx<'_>, page: &[Sheet]) -> Result<Vec<SheetId>> {
    let each: Each = page.iter().map(|s| &s.id).collect();
    let given: Vec<SheetId> = tx.all("SELECT sheet FROM assignment WHERE layer = 'recheck' AND sheet IN EACH($1)", &params![&each]).await?;
    Ok(page.iter().map(|s| s.id).filter(|id| !given.contains(id)).collect())
}

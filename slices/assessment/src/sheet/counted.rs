//! What of a sheet is counted in the figures of the tree: that it takes part, and its grade, both also by category.
use db::{Result, Tx};
use kernel::{CycleId, OrgPath};

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

//! A branch's line in publicity: its total, grade and star as they will be settled, or the result once it is final.
use super::kept;
use crate::cycle::Cycle;
use crate::result::store::of_org;
use crate::sheet::store::Sheet;
use db::{Each, Result, Tx};
use kernel::Points;

pub struct Row {
    pub code: String,
    pub name: String,
    pub total: Option<Points>,
    pub grade: String,
    /// With quotas, before 定稿 as after it.
    pub star: Option<u8>,
}

/// The lines of these sheets, in their order.
///
/// # Errors
/// The engine's own.
pub async fn lines(tx: &mut Tx<'_>, cycle: &Cycle, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    if cycle.is_final() { results(tx, cycle, sheets).await } else { publicised(tx, cycle, sheets).await }
}

async fn results(tx: &mut Tx<'_>, cycle: &Cycle, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    let mut all = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let line = of_org(tx, cycle.id, cycle.result_version, sheet.org).await?;
        let (total, grade, star) = line.map(|l| (l.total, l.grade, l.star)).unwrap_or_default();
        all.push(Row { code: sheet.code, name: sheet.name, total, grade, star });
    }
    Ok(all)
}

/// Until the first computation is there, a sheet's own total and grade; no star, since nobody gets one by themselves.
async fn publicised(tx: &mut Tx<'_>, cycle: &Cycle, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    let orgs: Each = sheets.iter().map(|s| &s.org).collect();
    let mut kept = kept::of_orgs(tx, cycle.id, &orgs).await?;
    let row = |sheet: Sheet| {
        let (total, grade, star) = match kept.remove(&sheet.org) {
            Some(k) => (k.total, k.grade.clone(), k.star()),
            None => (sheet.total, sheet.grade.unwrap_or_default(), None),
        };
        Row { code: sheet.code, name: sheet.name, total, grade, star }
    };
    Ok(sheets.into_iter().map(row).collect())
}

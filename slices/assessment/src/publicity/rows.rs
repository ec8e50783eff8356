//! A branch's line in publicity: what stands now with the star it would mean, or the result once it is final.
use crate::result::store::of_org;
use crate::review::View;
use crate::sheet::input;
use crate::sheet::store::Sheet;
use db::{Result, Tx};
use kernel::{OrgPath, Points};
use scoring::Scorer;

pub struct Row {
    pub code: String,
    pub name: String,
    pub path: OrgPath,
    pub total: Option<Points>,
    pub grade: String,
    /// Before 定稿 by the points alone: how many get one is settled for the whole cycle, at its end.
    pub star: Option<u8>,
}

/// The lines of these sheets, in their order.
///
/// # Errors
/// The engine's own.
pub async fn lines(tx: &mut Tx<'_>, v: &View<'_>, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    if v.cycle.is_final() { results(tx, v, sheets).await } else { provisional(tx, v, sheets).await }
}

async fn results(tx: &mut Tx<'_>, v: &View<'_>, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    let mut all = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let line = of_org(tx, v.cycle.id, v.cycle.result_version, sheet.org).await?;
        let (total, grade, star) = line.map(|l| (l.total, l.grade, l.star)).unwrap_or_default();
        all.push(Row { code: sheet.code, name: sheet.name, path: sheet.path, total, grade, star });
    }
    Ok(all)
}

async fn provisional(tx: &mut Tx<'_>, v: &View<'_>, sheets: Vec<Sheet>) -> Result<Vec<Row>> {
    let scorer = Scorer::new(v.scheme);
    let inputs = input::of_many(tx, v.suppliers, v.cycle, &sheets, v.day).await?;
    let row = |(sheet, input): (Sheet, &scoring::BranchInput)| {
        let outcome = scorer.outcome(input);
        Row {
            code: sheet.code,
            name: sheet.name,
            path: sheet.path,
            total: Some(outcome.total),
            grade: outcome.grade.to_owned(),
            star: outcome.star_before_quota,
        }
    };
    Ok(sheets.into_iter().zip(&inputs).map(row).collect())
}

//! What is known of a branch in its cycle, as the calculation takes it.
use super::store::Sheet;
use crate::cycle::Cycle;
use crate::score::store::{Score, layers, of_sheet};
use db::{Result, Tx};
use facts::{Known, Suppliers};
use kernel::BusinessDate;
use scheme::Fact;
use scoring::BranchInput;
use std::collections::BTreeMap;

/// Facts and layers, with where each comes from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    pub branch: BranchInput,
    pub known: BTreeMap<String, Known>,
    pub scores: Vec<Score>,
}

/// One branch's inputs as of a day.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, suppliers: &Suppliers, cycle: &Cycle, sheet: &Sheet, day: BusinessDate) -> Result<Inputs> {
    let mut gathered = facts::gather(tx, suppliers, &[sheet.org], cycle.year, day).await?;
    let known = gathered.remove(&sheet.org).unwrap_or_default();
    let scores = of_sheet(tx, sheet.id).await?;
    Ok(Inputs { branch: branch(&sheet.code, &known, &scores)?, known, scores })
}

/// Many branches' inputs, in the order of the sheets; for grading a whole cycle chunk by chunk.
///
/// # Errors
/// The engine's own.
pub async fn of_many(
    tx: &mut Tx<'_>,
    suppliers: &Suppliers,
    cycle: &Cycle,
    sheets: &[Sheet],
    day: BusinessDate,
) -> Result<Vec<BranchInput>> {
    let orgs: Vec<_> = sheets.iter().map(|s| s.org).collect();
    let gathered = facts::gather(tx, suppliers, &orgs, cycle.year, day).await?;
    let nothing = BTreeMap::new();
    let mut all = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let scores = of_sheet(tx, sheet.id).await?;
        all.push(branch(&sheet.code, gathered.get(&sheet.org).unwrap_or(&nothing), &scores)?);
    }
    Ok(all)
}

fn branch(code: &str, known: &BTreeMap<String, Known>, scores: &[Score]) -> kernel::Result<BranchInput> {
    let facts = known.iter().map(|(key, value)| (key.clone(), Fact::of_text(value.value()))).collect();
    Ok(BranchInput { facts, layers: layers(scores)?, ..BranchInput::new(code) })
}

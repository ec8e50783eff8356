//! What is known of a branch in its cycle, as the calculation takes it.
use super::store::Sheet;
use crate::cycle::Cycle;
use crate::result::store::{frozen_input, frozen_inputs};
use crate::score::store::{Score, layers, of_sheet, of_sheets};
use db::{Result, Tx};
use facts::{Gathered, Known, Suppliers};
use kernel::{BusinessDate, OrgId, SheetId};
use scheme::Fact;
use scoring::BranchInput;
use std::collections::{BTreeMap, HashMap};

/// Facts and layers, with where each comes from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    pub branch: BranchInput,
    pub known: BTreeMap<String, Known>,
    pub scores: Vec<Score>,
}

/// One branch's inputs as of a day; once the cycle is final, those its result was frozen with.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, suppliers: &Suppliers, cycle: &Cycle, sheet: &Sheet, day: BusinessDate) -> Result<Inputs> {
    let mut gathered = gathered(tx, suppliers, &[sheet.org], cycle.year, day).await?;
    let known = gathered.remove(&sheet.org).unwrap_or_default();
    let scores = of_sheet(tx, sheet.id).await?;
    let branch = match cycle.is_final() {
        true => frozen_input(tx, cycle.id, cycle.result_version, sheet.org, &sheet.code).await?,
        false => branch(&sheet.code, &known, &scores)?,
    };
    Ok(Inputs { branch, known, scores })
}

/// Many branches' inputs, in the order of the sheets; for grading a whole cycle chunk by chunk, and for lists. Once the cycle
/// is final, those its result was frozen with: what becomes known later changes no list.
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
    if cycle.is_final() {
        return frozen_inputs(tx, cycle.id, cycle.result_version, sheets).await;
    }
    let orgs: Vec<_> = sheets.iter().map(|s| s.org).collect();
    let gathered = gathered(tx, suppliers, &orgs, cycle.year, day).await?;
    let scores = of_sheets(tx, sheets.iter().map(|s| &s.id)).await?;
    let scores: HashMap<SheetId, &[Score]> = scores.chunk_by(|a, b| a.sheet == b.sheet).map(|of| (of[0].sheet, of)).collect();
    let nothing = BTreeMap::new();
    let of = |s: &Sheet| branch(&s.code, gathered.get(&s.org).unwrap_or(&nothing), scores.get(&s.id).copied().unwrap_or_default());
    Ok(sheets.iter().map(of).collect::<kernel::Result<_>>()?)
}

/// What was recorded, and what the modules supply: these speak only for branches that have members in the register.
async fn gathered(tx: &mut Tx<'_>, suppliers: &Suppliers, orgs: &[OrgId], year: i64, day: BusinessDate) -> Result<Gathered> {
    let mut all = facts::gather(tx, suppliers, orgs, year, day).await?;
    let is_supplied = |k: &Known| matches!(k, Known::Supplied { .. });
    let supplied: Vec<OrgId> = all.iter().filter(|(_, known)| known.values().any(is_supplied)).map(|(org, _)| *org).collect();
    if !supplied.is_empty() {
        let registered = members::registered(tx, &supplied).await?;
        for (_, known) in all.iter_mut().filter(|(org, _)| !registered.contains(org)) {
            known.retain(|_, k| !is_supplied(k));
        }
    }
    Ok(all)
}

fn branch(code: &str, known: &BTreeMap<String, Known>, scores: &[Score]) -> kernel::Result<BranchInput> {
    let facts = known.iter().map(|(key, value)| (key.clone(), Fact::of_text(value.value()))).collect();
    Ok(BranchInput { facts, layers: layers(scores)?, ..BranchInput::new(code) })
}

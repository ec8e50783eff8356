//! What is known of a branch in its cycle, as the calculation takes it.
use super::store::Sheet;
use crate::cycle::Cycle;
use crate::result::store::{frozen_input, frozen_inputs};
use crate::score::store::{NewScore, Score, layers, of_sheet, of_sheets};
use db::{Result, Tx};
use facts::{Gathered, Known, Suppliers};
use kernel::{BusinessDate, OrgId, SheetId};
use scheme::Fact;
use scoring::{BranchInput, Layer};
use std::collections::{BTreeMap, HashMap};

/// Facts and layers, with where each comes from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    pub branch: BranchInput,
    pub known: BTreeMap<String, Known>,
    pub scores: Vec<Score>,
}

impl Inputs {
    pub fn score(&self, indicator: &str, layer: Layer) -> Option<&Score> {
        self.scores.iter().find(|s| s.indicator == indicator && s.is_of(layer))
    }
    /// Follows a write that has just been made, so that nothing has to be read again.
    ///
    /// # Errors
    /// `layer-unknown` for a word that is none of ours.
    pub fn follow(&mut self, new: &NewScore<'_>, rev: i64) -> kernel::Result<()> {
        self.scores.retain(|s| s.indicator != new.indicator || !s.is_of(new.layer));
        self.scores.extend(new.standing(rev));
        self.branch.layers = layers(&self.scores)?;
        Ok(())
    }
}

/// One branch's inputs as of a day; once the cycle is final, those its result was frozen with.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, suppliers: &Suppliers, cycle: &Cycle, sheet: &Sheet, day: BusinessDate) -> Result<Inputs> {
    let supplied = supplied(tx, suppliers, &[sheet.org], cycle.year, day).await?;
    over(tx, supplied, cycle, sheet).await
}

/// As [`of`], from what the registers have said a moment before.
///
/// # Errors
/// The engine's own.
pub async fn over(tx: &mut Tx<'_>, supplied: Gathered, cycle: &Cycle, sheet: &Sheet) -> Result<Inputs> {
    let known = facts::with_recorded(tx, supplied, &[sheet.org], cycle.year).await?.remove(&sheet.org).unwrap_or_default();
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
    let supplied = supplied(tx, suppliers, &orgs, cycle.year, day).await?;
    let gathered = facts::with_recorded(tx, supplied, &orgs, cycle.year).await?;
    let scores = of_sheets(tx, sheets.iter().map(|s| &s.id)).await?;
    let scores: HashMap<SheetId, &[Score]> = scores.chunk_by(|a, b| a.sheet == b.sheet).map(|of| (of[0].sheet, of)).collect();
    let nothing = BTreeMap::new();
    let of = |s: &Sheet| branch(&s.code, gathered.get(&s.org).unwrap_or(&nothing), scores.get(&s.id).copied().unwrap_or_default());
    Ok(sheets.iter().map(of).collect::<kernel::Result<_>>()?)
}

/// What the modules supply: they speak only for branches that have members in the register.
///
/// # Errors
/// The engine's own.
pub async fn supplied(tx: &mut Tx<'_>, suppliers: &Suppliers, orgs: &[OrgId], year: i64, day: BusinessDate) -> Result<Gathered> {
    let mut all = facts::supplied(tx, suppliers, orgs, year, day).await?;
    let spoken: Vec<OrgId> = all.iter().filter(|(_, known)| !known.is_empty()).map(|(org, _)| *org).collect();
    if !spoken.is_empty() {
        let registered = members::registered(tx, &spoken).await?;
        all.retain(|org, _| registered.contains(org));
    }
    Ok(all)
}

fn branch(code: &str, known: &BTreeMap<String, Known>, scores: &[Score]) -> kernel::Result<BranchInput> {
    let facts = known.iter().map(|(key, value)| (key.clone(), Fact::of_text(value.value()))).collect();
    Ok(BranchInput { facts, layers: layers(scores)?, ..BranchInput::new(code) })
}

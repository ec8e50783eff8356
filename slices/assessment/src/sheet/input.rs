//! What is known of a branch in its cycle, as the calculation takes it.
use super::store::Sheet;
use crate::cycle::Cycle;
use crate::result::store::{frozen_input, frozen_inputs};
use crate::score::{
    self,
    store::{Given, NewScore, Score, layers, points_of},
};
use db::{Ahead, Result, Tx};
use facts::{Fact as Recorded, Gathered, Known, Suppliers, Value};
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

/// What a calculation asks the database about one sheet, before it is needed.
pub struct Asked {
    recorded: Ahead<Recorded>,
    scores: Ahead<Score>,
}

/// Asks for the recorded facts and the scores of one sheet; whoever reads the sheet next waits for all of it once.
///
/// # Errors
/// The engine's own.
pub async fn ask(tx: &mut Tx<'_>, cycle: &Cycle, sheet: &Sheet) -> Result<Asked> {
    Ok(Asked { recorded: facts::ahead(tx, sheet.org, cycle.year).await?, scores: score::store::ahead(tx, sheet.id).await? })
}

/// One branch's inputs as of a day; once the cycle is final, those its result was frozen with.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, suppliers: &Suppliers, cycle: &Cycle, sheet: &Sheet, day: BusinessDate) -> Result<Inputs> {
    let asked = ask(tx, cycle, sheet).await?;
    let supplied = supplied(tx, suppliers, &[sheet.org], cycle.year, day).await?;
    over(tx, supplied, asked, cycle, sheet).await
}

/// As [`of`], from what the registers have said a moment before, and what was asked for.
///
/// # Errors
/// The engine's own.
pub async fn over(tx: &mut Tx<'_>, supplied: Gathered, asked: Asked, cycle: &Cycle, sheet: &Sheet) -> Result<Inputs> {
    let recorded = asked.recorded.rows(tx).await?;
    let known = facts::with_recorded(supplied, recorded).remove(&sheet.org).unwrap_or_default();
    let scores = asked.scores.rows(tx).await?;
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
    let recorded = facts::values(tx, &orgs, cycle.year).await?;
    let recorded: HashMap<OrgId, &[Value]> =
        recorded.chunk_by(|a, b| a.org == b.org).filter_map(|of| Some((of.first()?.org, of))).collect();
    let given = points_of(tx, sheets.iter().map(|s| &s.id)).await?;
    let given: HashMap<SheetId, &[Given]> =
        given.chunk_by(|a, b| a.sheet == b.sheet).filter_map(|of| Some((of.first()?.sheet, of))).collect();
    let one = |s: &Sheet| {
        let supplied = supplied.get(&s.org).into_iter().flatten().map(|(key, known)| (key.clone(), Fact::of_text(known.value())));
        let recorded = recorded.get(&s.org).copied().unwrap_or_default().iter();
        // A recorded value wins: it comes later.
        let facts = supplied.chain(recorded.map(|v| (v.key.clone(), Fact::of_text(&v.value)))).collect();
        let layers = layers(given.get(&s.id).copied().unwrap_or_default())?;
        Ok(BranchInput { facts, layers, ..BranchInput::new(&s.code) })
    };
    Ok(sheets.iter().map(one).collect::<kernel::Result<_>>()?)
}

/// What the modules supply: they speak only for branches that have members in the register.
///
/// # Errors
/// The engine's own.
pub async fn supplied(tx: &mut Tx<'_>, suppliers: &Suppliers, orgs: &[OrgId], year: i64, day: BusinessDate) -> Result<Gathered> {
    let registered = members::registered(tx, orgs).await?;
    let spoken: Vec<OrgId> = orgs.iter().copied().filter(|org| registered.contains(org)).collect();
    if spoken.is_empty() { Ok(Gathered::new()) } else { facts::supplied(tx, suppliers, &spoken, year, day).await }
}

fn branch(code: &str, known: &BTreeMap<String, Known>, scores: &[Score]) -> kernel::Result<BranchInput> {
    let facts = known.iter().map(|(key, value)| (key.clone(), Fact::of_text(value.value()))).collect();
    Ok(BranchInput { facts, layers: layers(scores)?, ..BranchInput::new(code) })
}

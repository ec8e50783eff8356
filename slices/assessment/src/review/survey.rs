//! The sheets of a cycle as the committee reviews them, and what is still open among them.
use super::layers::{Mark, marks, totals};
use super::{claim, explanation, store};
use crate::cycle::Cycle;
use crate::score::store::{Score, of_sheet};
use crate::sheet::input;
use crate::sheet::listing::page;
use crate::sheet::store::Sheet;
use access::Reach;
use db::{Result, Tx};
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Error, SheetId};
use scheme::Scheme;
use scoring::{BranchInput, Layer, Layers};
use std::collections::{BTreeMap, HashMap};

/// One sheet with its layers' totals and all its differences.
#[derive(Clone, Debug)]
pub struct Surveyed {
    pub sheet: Sheet,
    pub totals: Layers,
    pub marks: Vec<Mark>,
    /// Proposals that wait for the second person.
    pub waiting: i64,
}

impl Surveyed {
    pub fn owed(&self) -> usize {
        self.marks.iter().filter(|m| m.owed()).count()
    }
}

/// Where the survey looks, and as of when.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub suppliers: &'a Suppliers,
    pub scheme: &'a Scheme,
    pub cycle: &'a Cycle,
    pub day: BusinessDate,
}

/// A page of sheets in the order of their codes within `reach` in the cycle's copy of the tree, at most `limit` after `after`.
///
/// # Errors
/// The engine's own.
pub async fn survey(tx: &mut Tx<'_>, v: &View<'_>, reach: &Reach, after: Option<&str>, limit: i64) -> Result<Vec<Surveyed>> {
    let sheets = page(tx, v.cycle.id, reach, after, limit).await?;
    let inputs = input::of_many(tx, v.suppliers, v.cycle, &sheets, v.day).await?;
    let waiting: HashMap<SheetId, i64> = store::waiting(tx, v.cycle.id).await?.into_iter().collect();
    let mut all = Vec::with_capacity(sheets.len());
    for (sheet, input) in sheets.into_iter().zip(&inputs) {
        let (totals, marks) = of_one(tx, v.scheme, &sheet, input).await?;
        all.push(Surveyed { waiting: waiting.get(&sheet.id).copied().unwrap_or(0), sheet, totals, marks });
    }
    Ok(all)
}

/// One sheet's totals and differences.
///
/// # Errors
/// The engine's own.
pub async fn of_one(tx: &mut Tx<'_>, scheme: &Scheme, sheet: &Sheet, input: &BranchInput) -> Result<(Layers, Vec<Mark>)> {
    let totals = totals(scheme, sheet, input);
    let found = marks(scheme, &totals, input, &[], &BTreeMap::new());
    // Most sheets have nothing to explain: only the others are asked for their texts.
    if !found.iter().any(|m| m.must_explain) {
        return Ok((totals, found));
    }
    let explanations = explanation::of_sheet(tx, sheet.id).await?;
    let reasons = committee_reasons(&of_sheet(tx, sheet.id).await?);
    Ok((totals, marks(scheme, &totals, input, &explanations, &reasons)))
}

fn committee_reasons(scores: &[Score]) -> BTreeMap<String, String> {
    let own = |s: &&Score| s.layer().ok() == Some(Layer::Committee);
    scores.iter().filter(own).map(|s| (s.indicator.clone(), s.reason.clone())).collect()
}

/// What must be settled before the cycle moves on from review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenMatters {
    /// Proposals without a decision: they stop the move to publicity, and to the final result.
    pub proposals: i64,
    /// Differences at or above the scheme's limit without an explanation: they stop the move to publicity.
    pub unexplained: i64,
    /// Claims nobody has confirmed or turned down; they simply do not count, and are named as a warning.
    pub claims: i64,
}

impl OpenMatters {
    /// Whether the cycle may leave review.
    ///
    /// # Errors
    /// `review-is-open` with both counts.
    pub fn settled(&self) -> kernel::Result<()> {
        if self.proposals == 0 && self.unexplained == 0 {
            return Ok(());
        }
        Err(Error::conflict("review-is-open").with("proposals", self.proposals).with("unexplained", self.unexplained))
    }
}

/// Proposals of a cycle that wait for the second person: they stop the final result too.
///
/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, cycle: CycleId) -> Result<i64> {
    Ok(store::waiting(tx, cycle).await?.iter().map(|(_, n)| n).sum())
}

/// Sheets looked at in one go.
const CHUNK: i64 = 500;

/// Counts what is open in a whole cycle. Its cost grows with the branches: for the step from review to publicity only.
///
/// # Errors
/// The engine's own.
pub async fn open_matters(tx: &mut Tx<'_>, v: &View<'_>) -> Result<OpenMatters> {
    let mut open = OpenMatters { claims: claim::unanswered(tx, v.cycle.id).await?, ..OpenMatters::default() };
    open.proposals = waiting(tx, v.cycle.id).await?;
    let mut after: Option<String> = None;
    loop {
        let chunk = survey(tx, v, &Reach::everything(), after.as_deref(), CHUNK).await?;
        open.unexplained += chunk.iter().map(|s| s.owed() as i64).sum::<i64>();
        let last = chunk.len() < CHUNK as usize;
        after = chunk.into_iter().next_back().map(|s| s.sheet.code);
        if last {
            return Ok(open);
        }
    }
}

//! When a layer of a sheet may be written, and by what. Pure, so that page, API and tests ask the same function.
use super::State;
use super::store::Sheet;
use crate::cycle::Cycle;
use crate::cycle::phase::Phase;
use kernel::{BusinessDate, Error, Result};
use scoring::Layer;

/// Self-assessment closes at its date; late only with written permission, and then also while acceptance runs. What was
/// returned for correction, with its reason in writing, is open as long as it can still be accepted.
///
/// # Errors
/// `self-closed` with the date; `sheet-locked` once submitted; `phase-not` in any other phase.
pub fn may_fill(cycle: &Cycle, sheet: &Sheet, today: BusinessDate) -> Result<()> {
    let permitted = sheet.late_until.is_some_and(|until| today <= until) || sheet.self_state == State::Returned;
    let phase = match cycle.phase {
        Phase::SelfAssessment => true,
        Phase::Acceptance => permitted,
        _ => false,
    };
    if !phase {
        return Err(Error::conflict("phase-not-self"));
    }
    if today > cycle.self_until && !permitted {
        return Err(Error::conflict("self-closed").with("date", cycle.self_until));
    }
    open(sheet, Layer::SelfAssessment)
}

/// Inspectors score while their phase runs and the branch has handed in.
///
/// # Errors
/// `phase-not-acceptance` / `phase-not-recheck`; `self-not-submitted`; `sheet-locked`.
pub fn may_inspect(cycle: &Cycle, sheet: &Sheet, layer: Layer) -> Result<()> {
    let (phase, key) = match layer {
        Layer::Recheck => (Phase::Recheck, "phase-not-recheck"),
        _ => (Phase::Acceptance, "phase-not-acceptance"),
    };
    if cycle.phase != phase {
        return Err(Error::conflict(key));
    }
    if layer == Layer::Acceptance && sheet.self_state != State::Submitted {
        return Err(Error::conflict("self-not-submitted"));
    }
    open(sheet, layer)
}

/// A self-assessment can be returned while it can still be corrected and accepted.
///
/// # Errors
/// `return-late` once its acceptance is handed in, or the cycle has moved on.
pub fn may_return(cycle: &Cycle, sheet: &Sheet) -> Result<()> {
    let phase = matches!(cycle.phase, Phase::SelfAssessment | Phase::Acceptance);
    if phase && sheet.acceptance_state.is_open() { Ok(()) } else { Err(Error::conflict("return-late")) }
}

/// # Errors
/// `sheet-locked` while it can still be returned, `sheet-locked-for-good` after that and for what inspectors handed in.
pub fn open(sheet: &Sheet, layer: Layer) -> Result<()> {
    let returnable = layer == Layer::SelfAssessment && sheet.acceptance_state.is_open();
    let key = if returnable { "sheet-locked" } else { "sheet-locked-for-good" };
    if sheet.state(layer).is_open() { Ok(()) } else { Err(Error::conflict(key)) }
}

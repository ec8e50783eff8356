//! When the committee may adjust, and what a proposal must say. Pure, so that page, API and tests ask the same function.
use super::change::Change;
use super::effect::Effect;
use super::propose::Proposal;
use crate::cycle::Cycle;
use crate::cycle::phase::Phase;
use kernel::{AccountId, Error, Result, reason};

/// While the committee reviews, and until publicity ends: an objection upheld becomes an adjustment. After 定稿 what is
/// approved becomes a new result beside the old one.
///
/// # Errors
/// `phase-not-review`.
pub fn may_adjust(cycle: &Cycle) -> Result<()> {
    if matches!(cycle.phase, Phase::Review | Phase::Publicity | Phase::Final) { Ok(()) } else { Err(Error::conflict("phase-not-review")) }
}

/// S32: nothing is adjusted, and no grade moved, without a reason; bonus, penalty and veto name their evidence too.
///
/// # Errors
/// `grade-change-reason` with both grades, `adjust-reason`, `adjust-evidence`, `adjust-not-applicable`, `adjust-no-change`.
pub fn complete(proposal: &Proposal, effect: &Effect, claimed: bool) -> Result<()> {
    if proposal.reason.is_empty() {
        let refused = if effect.moves_grade() { Error::invalid("grade-change-reason") } else { Error::invalid("adjust-reason") };
        return Err(refused.with("from", &effect.grade.0).with("to", &effect.grade.1).at("reason"));
    }
    documented(&proposal.change, &proposal.evidence)?;
    if !effect.applicable {
        return Err(Error::invalid("adjust-not-applicable").at("target"));
    }
    // What was claimed may be decided to count nothing: that is an answer, not an idle change.
    if effect.stands == proposal.change.value() && !claimed {
        return Err(Error::invalid("adjust-no-change").with("value", &effect.stands).at("value"));
    }
    Ok(())
}

/// S32: bonus, penalty and veto name their evidence.
///
/// # Errors
/// `adjust-evidence`.
pub fn documented(change: &Change, evidence: &str) -> Result<()> {
    let owed = change.fact().is_some() && evidence.is_empty();
    if owed { Err(Error::invalid("adjust-evidence").at("evidence")) } else { Ok(()) }
}

/// A second person is another account, whatever roles the first one holds.
///
/// # Errors
/// `adjust-own`.
pub fn second_person(proposed_by: AccountId, decides: Option<AccountId>) -> Result<()> {
    if decides.is_some_and(|d| d != proposed_by) { Ok(()) } else { Err(Error::denied("adjust-own")) }
}

/// Trimmed, and not longer than a reason.
///
/// # Errors
/// `text-long` at `field`.
pub fn text(field: &'static str, text: &str) -> Result<String> {
    Ok(reason::within(text, "text-long").map_err(|e| e.at(field))?.to_owned())
}

//! When it makes sense to draw (S44, S45): inspectors score only while their phase runs, so what is drawn after it would
//! wait for ever. Pure, so that pages, forms and the step to the next phase ask the same function.
use super::store::Draw;
use crate::cycle::phase::Phase;
use crate::cycle::store::PhaseLine;
use kernel::{Error, Result};
use scoring::Layer;

/// Branches to be re-checked are drawn from those accepted, and looked at before the re-check is over.
///
/// # Errors
/// `draw-early` before acceptance; `draw-closed` after the re-check.
pub fn may_draw(phase: Phase) -> Result<()> {
    match phase {
        Phase::Acceptance | Phase::Recheck => Ok(()),
        earlier if earlier < Phase::Acceptance => Err(Error::conflict("draw-early")),
        _ => Err(Error::conflict("draw-closed")),
    }
}

/// Teams of a layer are made, drawn and given branches until its phase is over.
///
/// # Errors
/// `teams-closed-acceptance`, `teams-closed-recheck` afterwards.
pub fn may_send(phase: Phase, layer: Layer) -> Result<()> {
    match layer {
        Layer::Acceptance if phase > Phase::Acceptance => Err(Error::conflict("teams-closed-acceptance")),
        Layer::Recheck if phase > Phase::Recheck => Err(Error::conflict("teams-closed-recheck")),
        _ => Ok(()),
    }
}

/// The layers teams can still be sent in.
pub fn sent(phase: Phase) -> Vec<Layer> {
    [Layer::Acceptance, Layer::Recheck].into_iter().filter(|layer| may_send(phase, *layer).is_ok()).collect()
}

/// Whether a published list may still be drawn from.
///
/// # Errors
/// As [`may_draw`] and [`may_send`].
pub fn may_complete(phase: Phase, draw: &Draw) -> Result<()> {
    if draw.of_teams() { may_send(phase, draw.layer()) } else { may_draw(phase) }
}

/// The line of a cycle's history by which a layer's phase ended: when, and why.
pub fn ended(phases: &[PhaseLine], layer: Layer) -> Option<&PhaseLine> {
    let of = if layer == Layer::Acceptance { Phase::Acceptance } else { Phase::Recheck };
    phases.iter().find(|line| Phase::parse(&line.phase).is_ok_and(|phase| phase > of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_drawn_in_its_own_phases() {
        use Phase::*;
        let branches = |phase| may_draw(phase).err().map(|e| e.key);
        for phase in [Preparation, SelfAssessment] {
            assert_eq!((branches(phase), sent(phase)), (Some("draw-early"), vec![Layer::Acceptance, Layer::Recheck]));
        }
        assert_eq!((branches(Acceptance), sent(Acceptance)), (None, vec![Layer::Acceptance, Layer::Recheck]));
        assert_eq!((branches(Recheck), sent(Recheck)), (None, vec![Layer::Recheck]));
        for phase in [Review, Publicity, Final] {
            assert_eq!((branches(phase), sent(phase)), (Some("draw-closed"), vec![]));
        }
        assert_eq!(may_send(Recheck, Layer::Acceptance).unwrap_err().key, "teams-closed-acceptance");
        assert_eq!(may_send(Review, Layer::Recheck).unwrap_err().key, "teams-closed-recheck");
    }
}

//! The phases of a cycle, in order: 准备 → 自评 → 验收 → 复检 → 审定 → 公示 → 定稿.
use kernel::{Error, Result};
use scoring::Layer;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    Preparation,
    SelfAssessment,
    Acceptance,
    Recheck,
    Review,
    Publicity,
    Final,
}

use Phase::{Acceptance, Final, Preparation, Publicity, Recheck, Review, SelfAssessment};

impl Phase {
    pub const ALL: [Phase; 7] = [Preparation, SelfAssessment, Acceptance, Recheck, Review, Publicity, Final];

    /// As the database and the API write it.
    pub fn name(self) -> &'static str {
        match self {
            Preparation => "preparation",
            SelfAssessment => "self",
            Acceptance => "acceptance",
            Recheck => "recheck",
            Review => "review",
            Publicity => "publicity",
            Final => "final",
        }
    }
    /// # Errors
    /// `internal` for a word that is none of ours: it came from our own database.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name).ok_or_else(|| Error::internal(format!("phase {name}")))
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Preparation => "phase-preparation",
            SelfAssessment => "phase-self",
            Acceptance => "phase-acceptance",
            Recheck => "phase-recheck",
            Review => "phase-review",
            Publicity => "phase-publicity",
            Final => "phase-final",
        }
    }
    /// The layer that is handed in during it; before and after the inspections that is the self-assessment.
    pub fn layer(self) -> Layer {
        match self {
            Acceptance => Layer::Acceptance,
            Recheck => Layer::Recheck,
            _ => Layer::SelfAssessment,
        }
    }
    /// Whether a layer is still handed in, so that how many have done so is what the phase is about.
    pub fn collects(self) -> bool {
        !matches!(self, Review | Publicity | Final)
    }
    /// Whether a branch can be permitted to hand its self-assessment in late.
    pub fn takes_late(self) -> bool {
        matches!(self, SelfAssessment | Acceptance)
    }
    /// The one after it; the final phase has none. A cycle never goes back: what must be mended later is a correction.
    pub fn next(self) -> Option<Phase> {
        Self::ALL.into_iter().find(|p| *p > self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_follow_one_another_to_the_end() {
        let mut phase = Preparation;
        let mut seen = vec![phase];
        while let Some(next) = phase.next() {
            phase = next;
            seen.push(phase);
        }
        assert_eq!(seen, Phase::ALL);
        assert!(Phase::ALL.into_iter().all(|p| Phase::parse(p.name()).unwrap() == p));
    }
}

//! All branches of a cycle: scored, placed, in rank order.
use crate::{BranchInput, NextStar, Outcome, Placement, Scored, Scorer, Standing, next_star, place};
use scheme::Scheme;
use serde::Serialize;

/// A branch's final result with its whole derivation.
#[derive(Clone, Debug, Serialize)]
pub struct Graded<'s> {
    #[serde(flatten)]
    pub scored: Scored<'s>,
    #[serde(flatten)]
    pub standing: Standing,
    pub next_star: Option<NextStar<'s>>,
}

/// Every branch with its derivation, in rank order. For a whole province use [`grade_lean`] and derive
/// single branches with [`Scorer::score`] when asked: it is the same calculation.
pub fn grade<'s>(scheme: &'s Scheme, inputs: impl IntoIterator<Item = BranchInput>) -> Vec<Graded<'s>> {
    let scorer = Scorer::new(scheme);
    let scored: Vec<Scored<'s>> = inputs.into_iter().map(|input| scorer.score(&input)).collect();
    let outcomes: Vec<Outcome<'s>> = scored.iter().map(|s| s.outcome.clone()).collect();
    let Placement { standings, allotments } = place(scheme, &outcomes);
    let with = |(scored, standing): (Scored<'s>, Standing)| {
        let next_star = next_star(scheme, &scored, standing, &allotments);
        Graded { scored, standing, next_star }
    };
    let mut graded: Vec<_> = scored.into_iter().zip(standings).map(with).collect();
    graded.sort_by_key(|g| g.standing.rank);
    graded
}

/// Every branch's figures, in rank order, with how the stars were given out.
pub fn grade_lean<'s>(
    scheme: &'s Scheme,
    inputs: impl IntoIterator<Item = BranchInput>,
) -> (Vec<(Outcome<'s>, Standing)>, Vec<crate::Allotment>) {
    let scorer = Scorer::new(scheme);
    let outcomes: Vec<Outcome<'s>> = inputs.into_iter().map(|input| scorer.outcome(&input)).collect();
    let Placement { standings, allotments } = place(scheme, &outcomes);
    let mut graded: Vec<_> = outcomes.into_iter().zip(standings).collect();
    graded.sort_by_key(|(_, standing)| standing.rank);
    (graded, allotments)
}

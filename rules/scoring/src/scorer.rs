//! Scores one branch. A [`Scorer`] prepares what is the same for all branches of a scheme.
use crate::indicator::Cell;
use crate::known::{Known, Place};
use crate::plan::Plan;
use crate::redistribution::{Share, shared};
use crate::{Absent, AdjustmentTrail, BranchInput, DimensionTrail, IndicatorTrail, Outcome, Scored, total, veto};
use kernel::Points;
use scheme::{Scheme, Veto};
use std::borrow::Cow;

pub struct Scorer<'s> {
    pub(crate) scheme: &'s Scheme,
    plan: Cow<'s, Plan>,
}

/// What a branch comes to: the figures, and what the derivation is dressed from.
struct Figures<'s> {
    cells: Vec<Cell>,
    /// Points of the dimensions that are not left out.
    counted: Points,
    /// Sum of the rounded indicators.
    sum: Points,
    bonus: AdjustmentTrail<'s>,
    penalty: AdjustmentTrail<'s>,
    vetoes: Vec<&'s Veto>,
    outcome: Outcome<'s>,
}

/// One branch; for many make a [`Scorer`] once.
pub fn score_branch<'s>(scheme: &'s Scheme, input: &BranchInput) -> Scored<'s> {
    Scorer::new(scheme).score(input)
}

impl<'s> Scorer<'s> {
    pub fn new(scheme: &'s Scheme) -> Self {
        Self { scheme, plan: Cow::Owned(Plan::of(scheme)) }
    }
    pub(crate) fn prepared(scheme: &'s Scheme, plan: &'s Plan) -> Self {
        Self { scheme, plan: Cow::Borrowed(plan) }
    }
    /// The figures alone; the same calculation.
    pub fn outcome(&self, input: &BranchInput) -> Outcome<'s> {
        self.outcome_of(&self.known(input))
    }
    /// A branch's facts and layers where this scheme looks for them; for those who score many.
    pub fn known(&self, input: &BranchInput) -> Known {
        self.plan.places.known(input)
    }
    /// As [`Scorer::outcome`], of what has been looked up.
    pub fn outcome_of(&self, known: &Known) -> Outcome<'s> {
        self.figures(known).outcome
    }
    /// The figures with everything they follow from.
    pub fn score(&self, input: &BranchInput) -> Scored<'s> {
        let known = self.known(input);
        let Figures { cells, counted, sum, bonus, penalty, vetoes, outcome } = self.figures(&known);
        let trail = |((cell, reads), (i, indicator))| IndicatorTrail::of(indicator, reads, (&known, known.layers(i)), cell);
        let indicators: Vec<_> = cells.iter().zip(&self.plan.reads).zip(self.scheme.indicators.iter().enumerate()).map(trail).collect();
        Scored {
            scheme: &self.scheme.code,
            version: &self.scheme.version,
            missing: missing(&indicators, input),
            dimensions: self.dimensions(&cells, &outcome),
            indicators,
            outcome,
            sum,
            counted_points: counted,
            total_points: self.scheme.total_points,
            total_cap: self.scheme.total_cap,
            bonus,
            penalty,
            vetoes,
        }
    }
    fn figures(&self, known: &Known) -> Figures<'s> {
        let scheme = self.scheme;
        let all = scheme.indicators.iter().zip(&self.plan.reads).enumerate();
        let mut cells: Vec<Cell> = all.map(|(i, (n, reads))| Cell::raw(n, reads, (known, known.layers(i)))).collect();
        let dimensions: Vec<_> = (0..self.plan.members.len()).map(|d| self.settle(d, &mut cells)).collect();
        let sum: Points = cells.iter().map(|c| c.score).sum();
        let counted = scheme.dimensions.iter().zip(&dimensions).filter(|(_, score)| score.is_some()).map(|(d, _)| d.points).sum();
        let left_out = dimensions.iter().any(Option::is_none);
        let base = if left_out { total::scaled(sum, counted, scheme.total_points) } else { sum };
        let bonus = total::adjustment(&scheme.bonus, &self.plan.bonus, known);
        let penalty = total::adjustment(&scheme.penalty, &self.plan.penalty, known);
        let total = (base + bonus.counted - penalty.counted).max(Points::ZERO).min(scheme.total_cap);
        let holds = |at: Place| known.number(at).is_some_and(|n| !n.is_zero());
        let vetoes: Vec<_> = scheme.vetoes.iter().zip(&self.plan.vetoes).filter(|(_, at)| holds(**at)).map(|(v, _)| v).collect();
        let grade_by_points = veto::grade_by_points(scheme, total);
        let star_limit = veto::star_limit(&vetoes);
        let outcome = Outcome {
            branch: known.code.clone(),
            scores: cells.iter().map(|c| c.applicable.then_some(c.score)).collect(),
            dimensions,
            base,
            bonus: bonus.counted,
            penalty: penalty.counted,
            total,
            grade_by_points,
            grade: veto::grade(scheme, grade_by_points, &vetoes),
            previous_grade: known.fact(self.plan.history).map(ToString::to_string),
            star_by_points: veto::star_by_points(scheme, total),
            star_before_quota: veto::star_before_quota(scheme, total, star_limit),
            star_limit,
        };
        Figures { cells, counted, sum, bonus, penalty, vetoes, outcome }
    }
    /// Gives the indicators of a dimension their points after redistribution and their scores; `None` where nothing applies.
    fn settle(&self, place: usize, cells: &mut [Cell]) -> Option<Points> {
        let (members, indicators) = (&self.plan.members[place], &self.scheme.indicators);
        let applicable = members.iter().filter(|i| cells[**i].applicable).count();
        if applicable == members.len() {
            members.iter().for_each(|i| cells[*i].settle(indicators[*i].points, indicators[*i].points));
        } else {
            let left: Vec<usize> = members.iter().copied().filter(|i| cells[*i].applicable).collect();
            let shares: Vec<_> = left.iter().map(|i| Share { code: &indicators[*i].code, points: indicators[*i].points }).collect();
            for (i, full) in left.iter().zip(shared(self.scheme.dimensions[place].points, &shares)) {
                cells[*i].settle(indicators[*i].points, full);
            }
        }
        (applicable > 0).then(|| members.iter().map(|i| cells[*i].score).sum())
    }
    fn dimensions(&self, cells: &[Cell], outcome: &Outcome<'_>) -> Vec<DimensionTrail<'s>> {
        let all = self.scheme.dimensions.iter().zip(&self.plan.members).zip(&outcome.dimensions);
        let trail = |((d, members), score): ((&'s scheme::Dimension, &Vec<usize>), &Option<Points>)| DimensionTrail {
            code: &d.code,
            title: &d.title,
            points: d.points,
            score: *score,
            redistributed: score.is_some() && members.iter().any(|i| !cells[*i].applicable),
        };
        all.map(trail).collect()
    }
}

fn missing<'s>(indicators: &[IndicatorTrail<'s>], input: &BranchInput) -> Vec<&'s str> {
    if input.absent == Absent::Full {
        return Vec::new();
    }
    let mut keys: Vec<&'s str> = Vec::new();
    for key in indicators.iter().flat_map(IndicatorTrail::missing) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

//! Scores one branch. A [`Scorer`] prepares what is the same for all branches of a scheme.
use crate::redistribution::{Share, shared};
use crate::{BranchInput, DimensionTrail, IndicatorTrail, Outcome, Scored, indicator, total, veto};
use kernel::Points;
use scheme::{HISTORY, Scheme, bonus_key, penalty_key, veto_key};

pub struct Scorer<'s> {
    pub(crate) scheme: &'s Scheme,
    /// Per dimension, the places of its indicators.
    members: Vec<Vec<usize>>,
    bonus_keys: Vec<String>,
    penalty_keys: Vec<String>,
    veto_keys: Vec<String>,
}

/// One branch; for many make a [`Scorer`] once.
pub fn score_branch<'s>(scheme: &'s Scheme, input: &BranchInput) -> Scored<'s> {
    Scorer::new(scheme).score(input)
}

impl<'s> Scorer<'s> {
    pub fn new(scheme: &'s Scheme) -> Self {
        let of = |code: &str| (0..scheme.indicators.len()).filter(|i| scheme.indicators[*i].dimension == code).collect();
        Self {
            scheme,
            members: scheme.dimensions.iter().map(|d| of(&d.code)).collect(),
            bonus_keys: scheme.bonus.items.iter().map(|item| bonus_key(&item.code)).collect(),
            penalty_keys: scheme.penalty.items.iter().map(|item| penalty_key(&item.code)).collect(),
            veto_keys: scheme.vetoes.iter().map(|v| veto_key(&v.code)).collect(),
        }
    }
    /// The figures alone; the same calculation.
    pub fn outcome(&self, input: &BranchInput) -> Outcome<'s> {
        self.score(input).outcome
    }
    pub fn score(&self, input: &BranchInput) -> Scored<'s> {
        let scheme = self.scheme;
        let mut indicators: Vec<_> = scheme.indicators.iter().map(|i| indicator::raw(i, input)).collect();
        let dimensions: Vec<_> = (0..self.members.len()).map(|d| self.dimension(d, &mut indicators)).collect();
        let sum: Points = indicators.iter().map(|i| i.score).sum();
        let counted_points = dimensions.iter().filter(|d| d.score.is_some()).map(|d| d.points).sum();
        let left_out = dimensions.iter().any(|d| d.score.is_none());
        let base = if left_out { total::scaled(sum, counted_points, scheme.total_points) } else { sum };
        let bonus = total::adjustment(&scheme.bonus, &self.bonus_keys, input);
        let penalty = total::adjustment(&scheme.penalty, &self.penalty_keys, input);
        let total = (base + bonus.counted - penalty.counted).max(Points::ZERO).min(scheme.total_cap);
        let vetoes: Vec<_> = scheme.vetoes.iter().zip(&self.veto_keys).filter(|(_, key)| holds(input, key)).map(|(v, _)| v).collect();
        let grade_by_points = veto::grade_by_points(scheme, total);
        let star_by_points = veto::star_by_points(scheme, total);
        let star_limit = veto::star_limit(&vetoes);
        let outcome = Outcome {
            branch: input.code.clone(),
            scores: indicators.iter().map(|i| i.applicable.then_some(i.score)).collect(),
            dimensions: dimensions.iter().map(|d| d.score).collect(),
            base,
            bonus: bonus.counted,
            penalty: penalty.counted,
            total,
            grade_by_points,
            grade: veto::grade(scheme, grade_by_points, &vetoes),
            previous_grade: input.facts.get(HISTORY).map(ToString::to_string),
            star_by_points,
            star_before_quota: veto::star_before_quota(scheme, total, star_limit),
            star_limit,
        };
        Scored {
            scheme: &scheme.code,
            version: &scheme.version,
            outcome,
            missing: self.missing(&indicators, input),
            indicators,
            dimensions,
            sum,
            counted_points,
            total_points: scheme.total_points,
            total_cap: scheme.total_cap,
            bonus,
            penalty,
            vetoes,
        }
    }
    /// Settles the indicators of a dimension: their points after redistribution and their scores.
    fn dimension(&self, place: usize, indicators: &mut [IndicatorTrail<'s>]) -> DimensionTrail<'s> {
        let dimension = &self.scheme.dimensions[place];
        let members = &self.members[place];
        let applicable: Vec<usize> = members.iter().copied().filter(|i| indicators[*i].applicable).collect();
        let redistributed = applicable.len() < members.len() && !applicable.is_empty();
        let full: Vec<Points> = if redistributed {
            let shares: Vec<_> = applicable.iter().map(|i| Share { code: indicators[*i].code, points: indicators[*i].points }).collect();
            shared(dimension.points, &shares)
        } else {
            applicable.iter().map(|i| indicators[*i].points).collect()
        };
        for (i, full) in applicable.iter().zip(full) {
            indicators[*i].settle(full);
        }
        let score = (!applicable.is_empty()).then(|| applicable.iter().map(|i| indicators[*i].score).sum());
        DimensionTrail { code: &dimension.code, title: &dimension.title, points: dimension.points, score, redistributed }
    }
    fn missing(&self, indicators: &[IndicatorTrail<'s>], input: &BranchInput) -> Vec<&'s str> {
        if input.absent == crate::Absent::Full {
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
}

fn holds(input: &BranchInput, key: &str) -> bool {
    input.number(key).is_some_and(|n| !n.is_zero())
}

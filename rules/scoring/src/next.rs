//! What would reach the next star.
use crate::{Allotment, Scored, Standing, StarLimit, veto};
use kernel::Points;
use scheme::Scheme;
use serde::Serialize;

/// The level above the branch's star and what stands between.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NextStar<'s> {
    pub level: u8,
    #[serde(serialize_with = "scheme::points_number")]
    pub line: Points,
    /// Points missing to the line; 0 if it is reached.
    #[serde(serialize_with = "scheme::points_number")]
    pub short: Points,
    /// Codes of the vetoes that keep it below.
    pub held_by: Vec<&'s str>,
    /// The quota, where it is used up by others.
    pub quota: Option<QuotaInTheWay>,
    /// Where points can be won, largest first.
    pub gains: Vec<Gain<'s>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct QuotaInTheWay {
    pub places: u32,
    /// The total of the last branch that got the level; `None` if nobody can get it.
    #[serde(serialize_with = "crate::outcome::points_or_null")]
    pub last_total: Option<Points>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Gain<'s> {
    pub indicator: &'s str,
    #[serde(serialize_with = "scheme::points_number")]
    pub points: Points,
}

/// `None` for a branch that stands at the highest level.
pub fn next_star<'s>(scheme: &'s Scheme, scored: &Scored<'s>, standing: Standing, allotments: &[Allotment]) -> Option<NextStar<'s>> {
    let reached = standing.star.unwrap_or_default();
    let next = scheme.stars.iter().filter(|s| s.level > reached).min_by_key(|s| s.level)?;
    let points = veto::compared(scheme, scored.outcome.total);
    let fixed = matches!(scored.outcome.star_limit, StarLimit::Fixed(_));
    let holds = |v: &&&scheme::Veto| {
        let level = if fixed { v.star_fixed } else { v.max_star };
        level.is_some_and(|level| level < next.level)
    };
    let quota = allotments.iter().find(|a| a.level == next.level).and_then(|a| {
        let places = a.places.filter(|places| a.given >= *places)?;
        Some(QuotaInTheWay { places, last_total: a.last_total })
    });
    let mut gains: Vec<_> = scored.indicators.iter().filter(|i| i.deduction > Points::ZERO).collect();
    gains.sort_by(|a, b| b.deduction.cmp(&a.deduction).then_with(|| a.code.cmp(b.code)));
    Some(NextStar {
        level: next.level,
        line: next.min,
        short: (next.min - points).max(Points::ZERO),
        held_by: scored.vetoes.iter().filter(holds).map(|v| v.code.as_str()).collect(),
        quota,
        gains: gains.into_iter().map(|i| Gain { indicator: i.code, points: i.deduction }).collect(),
    })
}

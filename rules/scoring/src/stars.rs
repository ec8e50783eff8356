//! Ranks and stars: lines, quotas, and what overflows to the level below.
use crate::{Outcome, order, veto};
use kernel::{Points, Quantity};
use scheme::{Scheme, Star};
use serde::Serialize;

/// A branch's place among all that take part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Standing {
    /// 1…N without ties.
    pub rank: u32,
    pub star: Option<u8>,
    /// The highest level whose line it reached but whose quota was used up.
    pub overflow_from: Option<u8>,
}

/// How one level was given out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Allotment {
    pub level: u8,
    /// floor(ratio × N); `None` without a quota.
    pub places: Option<u32>,
    pub candidates: u32,
    pub given: u32,
    /// The total of the last branch that got it as a candidate.
    #[serde(serialize_with = "crate::outcome::points_or_null")]
    pub last_total: Option<Points>,
}

/// Everybody's standing, in the order of the outcomes given, and how the levels were given out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Placement {
    pub standings: Vec<Standing>,
    /// Highest level first.
    pub allotments: Vec<Allotment>,
}

/// Orders all branches of a cycle and gives out the stars. Their codes must differ.
pub fn place(scheme: &Scheme, outcomes: &[Outcome<'_>]) -> Placement {
    let order = order::order(scheme, outcomes);
    let mut standings: Vec<Standing> = outcomes.iter().map(|_| Standing { rank: 0, star: None, overflow_from: None }).collect();
    for (rank, place) in (1..).zip(&order) {
        standings[*place].rank = rank;
        if let veto::StarLimit::Fixed(level) = outcomes[*place].star_limit {
            standings[*place].star = Some(level);
        }
    }
    let mut levels: Vec<&Star> = scheme.stars.iter().collect();
    levels.sort_by_key(|star| std::cmp::Reverse(star.level));
    let allotments = levels.into_iter().map(|star| allot(scheme, star, outcomes, &order, &mut standings)).collect();
    Placement { standings, allotments }
}

/// One level: the candidates are those who reach its line, not lowered below it and not fixed, and those
/// left over from above; the first `places` in order get it.
fn allot(scheme: &Scheme, star: &Star, outcomes: &[Outcome<'_>], order: &[usize], standings: &mut [Standing]) -> Allotment {
    let places = star.quota_ratio.map(|ratio| quota(ratio, outcomes.len()));
    let mut level = Allotment { level: star.level, places, candidates: 0, given: 0, last_total: None };
    for place in order {
        let (outcome, standing) = (&outcomes[*place], &mut standings[*place]);
        let reaches = veto::compared(scheme, outcome.total) >= star.min || standing.overflow_from.is_some();
        if standing.star.is_some() || !reaches || !outcome.star_limit.admits(star.level) {
            continue;
        }
        level.candidates += 1;
        if places.is_none_or(|places| level.given < places) {
            level.given += 1;
            level.last_total = Some(outcome.total);
            standing.star = Some(star.level);
        } else {
            standing.overflow_from = standing.overflow_from.or(Some(star.level));
        }
    }
    level
}

/// floor(ratio × N), exactly.
fn quota(ratio: Quantity, branches: usize) -> u32 {
    let (numerator, scale) = ratio.parts();
    let branches = i128::try_from(branches).unwrap_or(i128::MAX >> 64);
    u32::try_from(numerator * branches / 10i128.pow(scale)).unwrap_or(u32::MAX)
}

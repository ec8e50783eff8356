//! Grade and star lines, and the vetoes that lower or fix what they give (一票否决): of several the
//! lowest counts, and fixed beats lowered.
use kernel::Points;
use scheme::{Scheme, Veto};
use serde::Serialize;

/// What vetoes leave of a star.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", content = "level", rename_all = "snake_case")]
pub enum StarLimit {
    Free,
    /// Not above this level.
    Lowered(u8),
    /// This level whatever the points; takes no quota.
    Fixed(u8),
}

impl StarLimit {
    /// Whether the branch may be a candidate for `level`.
    pub(crate) fn admits(self, level: u8) -> bool {
        match self {
            Self::Free => true,
            Self::Lowered(max) => level <= max,
            Self::Fixed(_) => false,
        }
    }
}

/// What lines are compared with: the total, cut to the scheme's points (100).
pub(crate) fn compared(scheme: &Scheme, total: Points) -> Points {
    total.min(scheme.total_points)
}

pub(crate) fn grade_by_points(scheme: &Scheme, total: Points) -> &str {
    let points = compared(scheme, total);
    let reached = scheme.grades.iter().filter(|g| g.min <= points).max_by_key(|g| g.min);
    reached.or_else(|| scheme.grades.iter().min_by_key(|g| g.min)).map_or("", |g| &g.name)
}

pub(crate) fn grade<'s>(scheme: &'s Scheme, by_points: &'s str, vetoes: &[&'s Veto]) -> &'s str {
    let lowest = |names: &mut dyn Iterator<Item = &'s str>| names.min_by_key(|name| scheme.grade_place(name));
    let fixed = lowest(&mut vetoes.iter().filter_map(|v| v.grade_fixed.as_deref()));
    let lowered = || lowest(&mut vetoes.iter().filter_map(|v| v.max_grade.as_deref()).chain([by_points]));
    fixed.or_else(lowered).unwrap_or(by_points)
}

pub(crate) fn star_limit(vetoes: &[&Veto]) -> StarLimit {
    let fixed = vetoes.iter().filter_map(|v| v.star_fixed).min().map(StarLimit::Fixed);
    fixed.or_else(|| vetoes.iter().filter_map(|v| v.max_star).min().map(StarLimit::Lowered)).unwrap_or(StarLimit::Free)
}

pub(crate) fn star_by_points(scheme: &Scheme, total: Points) -> Option<u8> {
    star_before_quota(scheme, total, StarLimit::Free)
}

pub(crate) fn star_before_quota(scheme: &Scheme, total: Points, limit: StarLimit) -> Option<u8> {
    let points = compared(scheme, total);
    match limit {
        StarLimit::Fixed(level) => Some(level),
        _ => scheme.stars.iter().filter(|s| s.min <= points && limit.admits(s.level)).map(|s| s.level).max(),
    }
}

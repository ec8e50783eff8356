//! A result grouped by dimension or by a view of the scheme (S43); both add to the same points.
use crate::Scored;
use kernel::Points;
use scheme::Scheme;
use serde::Serialize;

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportLine<'s> {
    pub code: &'s str,
    pub title: &'s str,
    /// Points after redistribution; of all lines they add to the points counted (100).
    #[serde(serialize_with = "scheme::points_number")]
    pub full: Points,
    #[serde(serialize_with = "scheme::points_number")]
    pub score: Points,
}

/// By dimension for `None`, else by the groups of that view; `None` if the scheme has no such view.
pub fn report<'s>(scheme: &'s Scheme, view: Option<&str>, scored: &Scored<'_>) -> Option<Vec<ReportLine<'s>>> {
    let line = |code: &'s str, title: &'s str, of: &dyn Fn(&str, &str) -> bool| {
        let members = || scored.indicators.iter().filter(|i| of(i.code, i.dimension));
        ReportLine { code, title, full: members().map(|i| i.full).sum(), score: members().map(|i| i.score).sum() }
    };
    let Some(view) = view else {
        return Some(scheme.dimensions.iter().map(|d| line(&d.code, &d.title, &|_, dimension| dimension == d.code)).collect());
    };
    let groups = &scheme.view(view)?.groups;
    Some(groups.iter().map(|g| line(&g.code, &g.title, &|code, _| g.indicators.iter().any(|i| i == code))).collect())
}

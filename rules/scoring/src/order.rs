//! The order of branches: the scheme's keys, then the branch code by bytes, so that there are no ties.
//! Grades, caps and vetoes play no part.
use crate::Outcome;
use kernel::Points;
use scheme::{OrderKey, Scheme};
use std::cmp::Ordering;

/// Places of `outcomes`, best first.
pub(crate) fn order(scheme: &Scheme, outcomes: &[Outcome<'_>]) -> Vec<usize> {
    let grades: Vec<usize> = outcomes.iter().map(|o| previous(scheme, o)).collect();
    let mut places: Vec<usize> = (0..outcomes.len()).collect();
    places.sort_by(|a, b| {
        let (x, y) = (&outcomes[*a], &outcomes[*b]);
        let by = |key: &OrderKey| match key {
            OrderKey::Total => y.total.cmp(&x.total),
            OrderKey::Dimension(code) => dimension(scheme, y, code).cmp(&dimension(scheme, x, code)),
            OrderKey::HistoryGrade => grades[*b].cmp(&grades[*a]),
            OrderKey::BranchCode => x.branch.as_bytes().cmp(y.branch.as_bytes()),
        };
        scheme.order.iter().map(by).find(|o| *o != Ordering::Equal).unwrap_or_else(|| x.branch.as_bytes().cmp(y.branch.as_bytes()))
    });
    places
}

/// 0 for none or one this scheme does not know, else 1 for the lowest grade and up.
fn previous(scheme: &Scheme, outcome: &Outcome<'_>) -> usize {
    outcome.previous_grade.as_deref().and_then(|name| scheme.grade_place(name)).map_or(0, |place| place + 1)
}

/// A dimension that was left out counts 0.
fn dimension(scheme: &Scheme, outcome: &Outcome<'_>, code: &str) -> Points {
    let place = scheme.dimensions.iter().position(|d| d.code == code);
    place.and_then(|place| outcome.dimensions.get(place).copied().flatten()).unwrap_or_default()
}

//! Grades without gaps, stars in order, vetoes that name what exists.
use crate::{Finding, Scheme};
use kernel::Points;
use std::collections::BTreeSet;

pub(super) fn grades(scheme: &Scheme, found: &mut Vec<Finding>) {
    let mut grades: Vec<_> = scheme.grades.iter().collect();
    grades.sort_by_key(|g| std::cmp::Reverse(g.min));
    let mut names = BTreeSet::new();
    if grades.last().is_none_or(|g| g.min != Points::ZERO) {
        found.push(Finding::error("scheme-grade-lowest", "grade"));
    }
    let mut above: Option<Points> = None;
    for grade in grades {
        let place = format!("grade {}", grade.name);
        if !names.insert(&grade.name) || above == Some(grade.min) {
            found.push(Finding::error("scheme-code-twice", place.clone()).with("value", &grade.name));
        }
        // Totals have two decimals, so an inclusive end lies one hundredth below the next line.
        let meets = match above {
            Some(line) => {
                grade.max_exclusive.is_none_or(|end| end == line)
                    && grade.max_inclusive.is_none_or(|end| end + Points::hundredths(1) == line)
            }
            None => {
                grade.max_exclusive.is_none_or(|end| end > scheme.total_points)
                    && grade.max_inclusive.is_none_or(|end| end >= scheme.total_points)
            }
        };
        if !meets {
            found.push(Finding::error("scheme-grade-gap", place).with("value", &grade.name));
        }
        above = Some(grade.min);
    }
}

pub(super) fn stars(scheme: &Scheme, found: &mut Vec<Finding>) {
    let mut stars: Vec<_> = scheme.stars.iter().collect();
    stars.sort_by_key(|s| std::cmp::Reverse(s.level));
    for pair in stars.windows(2) {
        let [upper, lower] = pair else { continue };
        if upper.level == lower.level {
            found.push(Finding::error("scheme-code-twice", format!("star {}", lower.level)).with("value", lower.level));
        } else if upper.min < lower.min {
            found.push(Finding::error("scheme-star-order", format!("star {}", upper.level)).with("value", upper.level));
        }
    }
}

pub(super) fn vetoes(scheme: &Scheme, found: &mut Vec<Finding>) {
    for veto in &scheme.vetoes {
        let place = format!("veto {}", veto.code);
        for name in veto.max_grade.iter().chain(&veto.grade_fixed).filter(|name| scheme.grade_place(name).is_none()) {
            found.push(Finding::error("scheme-grade-unknown", place.clone()).with("value", name));
        }
        for level in veto.max_star.iter().chain(&veto.star_fixed).filter(|level| !scheme.stars.iter().any(|s| s.level == **level)) {
            found.push(Finding::error("scheme-star-unknown", place.clone()).with("value", level));
        }
    }
}

//! A scheme's worked examples, evaluated before publication.
use crate::{Absent, BranchInput, Outcome, Scored, Standing, grade_lean, score_branch, veto};
use scheme::{Articles, Case, Expectation, Finding, Scheme};

/// Every finding of the publishing checks: the scheme's own, and every `[[case]]` that does not come out.
/// Publication is refused if one of them is an error.
pub fn publish_findings(scheme: &Scheme, articles: &dyn Articles) -> Vec<Finding> {
    let mut found = scheme::check(scheme, articles);
    found.extend(case_findings(scheme));
    found
}

/// The `[[case]]`s that do not give what they expect.
pub fn case_findings(scheme: &Scheme) -> Vec<Finding> {
    scheme.cases.iter().flat_map(|case| differing(scheme, case)).collect()
}

fn differing(scheme: &Scheme, case: &Case) -> Vec<Finding> {
    let full = BranchInput { code: "1".into(), facts: case.facts.clone(), absent: Absent::Full, ..BranchInput::default() };
    let mut told = Told { place: format!("case {}", case.name), found: Vec::new() };
    single(&mut told, &case.expect, &score_branch(scheme, &full));
    if let Some(branches) = case.branches {
        province(&mut told, scheme, case, branches, &full);
    }
    told.found
}

fn single(told: &mut Told, expect: &Expectation, got: &Scored<'_>) {
    for (code, points) in &expect.scores {
        told.compare(code, Some(points), got.indicator(code).map(|i| i.score).as_ref());
    }
    for (code, points) in &expect.dimensions {
        let full = got.indicators.iter().filter(|i| i.dimension == code).map(|i| i.full).sum();
        told.compare(code, Some(points), Some(&full));
    }
    if let Some(total) = expect.total {
        told.compare("total", Some(&total), Some(&got.outcome.total));
    }
    if let Some(grade) = &expect.grade {
        told.compare("grade", Some(&grade.as_str()), Some(&got.outcome.grade));
    }
    if let Some(star) = expect.star_before_quota {
        told.compare("star_before_quota", Some(&star), got.outcome.star_before_quota.as_ref());
    }
    if let Some(max) = expect.star_max.filter(|max| got.outcome.star_before_quota.is_none_or(|star| star > *max)) {
        told.compare("star_max", Some(&max), got.outcome.star_before_quota.as_ref());
    }
}

/// So many branches, of which so many are as the case says; the others score nothing.
fn province(told: &mut Told, scheme: &Scheme, case: &Case, branches: u32, full: &BranchInput) {
    let reach = case.full_branches.unwrap_or(branches);
    let input = |n: u32| {
        let model = if n < reach { full.clone() } else { BranchInput::default() };
        BranchInput { code: format!("{n:06}"), ..model }
    };
    let (graded, _) = grade_lean(scheme, (0..branches).map(input));
    if let Some(line) = case.full_reach {
        let reached = graded.iter().filter(|(outcome, _)| veto::compared(scheme, outcome.total) >= line).count();
        told.compare("branches", Some(&(reach as usize)), Some(&reached));
    }
    for (level, expected) in &case.expect.at_star {
        let n = count(&graded, |s| s.star == Some(*level));
        told.compare(&format!("star {level}"), Some(expected), Some(&n));
    }
    for (level, expected) in &case.expect.overflow_to {
        let n = count(&graded, |s| s.star == Some(*level) && s.overflow_from.is_some_and(|from| from > *level));
        told.compare(&format!("overflow {level}"), Some(expected), Some(&n));
    }
}

fn count(graded: &[(Outcome<'_>, Standing)], which: impl Fn(&Standing) -> bool) -> u32 {
    u32::try_from(graded.iter().filter(|(_, standing)| which(standing)).count()).unwrap_or(u32::MAX)
}

struct Told {
    place: String,
    found: Vec<Finding>,
}

impl Told {
    fn compare<T: PartialEq + std::fmt::Display>(&mut self, what: &str, expected: Option<&T>, got: Option<&T>) {
        if expected != got {
            let text = |value: Option<&T>| value.map(ToString::to_string).unwrap_or_default();
            let finding = Finding::error("scheme-case-differs", self.place.clone());
            self.found.push(finding.with("what", what).with("expected", text(expected)).with("got", text(got)));
        }
    }
}

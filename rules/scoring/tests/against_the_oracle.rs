//! Every cell, total, grade, star and rank against the oracle, on random provinces and several schemes.
#![allow(clippy::restriction, reason = "test helpers may panic")]
mod oracle;
mod province;

use oracle::Answer;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use province::{input, province, variants};
use scheme::parse_toml;
use scoring::{Graded, grade};

fn answer(g: &Graded<'_>) -> Answer {
    let cents = |p: &Option<kernel::Points>| p.map(|p| i128::from(p.as_hundredths()));
    Answer {
        code: g.scored.outcome.branch.clone(),
        scores: g.scored.outcome.scores.iter().map(cents).collect(),
        dimensions: g.scored.outcome.dimensions.iter().map(cents).collect(),
        total: i128::from(g.scored.outcome.total.as_hundredths()),
        grade: g.scored.outcome.grade.into(),
        star: g.standing.star.map(i128::from),
        rank: g.standing.rank as usize,
        missing: g.scored.missing.iter().map(|k| (*k).to_owned()).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn both_calculations_agree_in_every_cell(which in 0usize..4, branches in province(12)) {
        let text = &variants()[which];
        let scheme = parse_toml(text).unwrap();
        let plain: toml::Value = toml::from_str(text).unwrap();
        let ours: Vec<Answer> = grade(&scheme, branches.iter().map(input)).iter().map(answer).collect();
        prop_assert_eq!(ours, oracle::all(&plain, &branches));
    }
}

/// A comparison proves nothing about a rule that never comes up.
#[test]
fn the_random_provinces_reach_every_rule() {
    let mut reached = std::collections::BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for text in variants() {
        let scheme = parse_toml(&text).unwrap();
        for _ in 0..40 {
            let branches = province(20).new_tree(&mut runner).unwrap().current();
            for g in grade(&scheme, branches.iter().map(input)) {
                let (s, o) = (&g.scored, &g.scored.outcome);
                let seen = [
                    ("redistributed", s.dimensions.iter().any(|d| d.redistributed)),
                    ("left out", s.dimensions.iter().any(|d| d.score.is_none())),
                    ("missing", !s.missing.is_empty()),
                    ("lowered", matches!(o.star_limit, scoring::StarLimit::Lowered(_))),
                    ("fixed", matches!(o.star_limit, scoring::StarLimit::Fixed(_))),
                    ("grade by veto", o.grade != o.grade_by_points),
                    ("bonus capped", s.bonus.items.iter().map(|i| i.amount).sum::<kernel::Points>() > s.bonus.cap),
                    ("penalty", o.penalty > kernel::Points::ZERO),
                    ("above 100", o.total > scheme.total_points),
                    ("overflow", g.standing.overflow_from.is_some()),
                    ("no star", g.standing.star.is_none()),
                    ("a fraction finer than hundredths", s.indicators.iter().any(|i| 100 % i.raw.fraction().1 != 0)),
                ];
                reached.extend(seen.into_iter().filter(|(_, yes)| *yes).map(|(rule, _)| rule));
                reached.extend(s.indicators.iter().map(|i| i.source.name()));
            }
        }
    }
    assert_eq!(reached.len(), 12 + 6, "{reached:?}");
}

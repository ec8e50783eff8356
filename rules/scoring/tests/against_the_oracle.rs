//! Every cell, total, grade, star and rank against the oracle, on random provinces and several schemes.
#![allow(clippy::unwrap_used, reason = "test helpers may panic")]
mod oracle;
mod province;

use oracle::Answer;
use proptest::prelude::*;
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

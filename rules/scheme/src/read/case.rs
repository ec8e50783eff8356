//! The worked examples. Their keys are data, so unknown facts are found by `check`, unknown
//! expectations here.
use super::table::Table;
use crate::{Case, Expectation, Fact, veto_key};
use kernel::{Points, Quantity};
use std::collections::BTreeMap;

pub(super) fn case(t: Table<'_>) -> Case {
    let mut case = Case { name: t.text("name"), ..Case::default() };
    if !t.has("input") {
        t.report("scheme-field-missing", "input", "");
    }
    if let Some(input) = t.table("input") {
        for (key, values) in input.facts() {
            enter(&input, &mut case, &key, &values);
        }
    }
    case.expect = expectation(&t);
    t.finish();
    case
}

fn enter(t: &Table<'_>, case: &mut Case, key: &str, values: &[Fact]) {
    match (key, values) {
        // Says what holds anyway: every metric not named is full.
        ("all", [Fact::Grade(word)]) if word == "full" => {}
        ("veto", codes) => case.facts.extend(codes.iter().map(|code| (veto_key(&code.to_string()), Quantity::ONE.into()))),
        ("branches", [Fact::Number(n)]) => {
            case.branches = whole(*n).filter(|n| *n <= MOST);
            if case.branches.is_none() {
                t.report("scheme-field-value", key, &n.to_string());
            }
        }
        (key, [Fact::Number(n)]) if key.starts_with("scoring_ge_") => {
            case.full_branches = whole(*n);
            case.full_reach = key.strip_prefix("scoring_ge_").and_then(|line| Points::parse(line).ok());
            if case.full_reach.is_none() {
                t.report("scheme-field-unknown", "", key);
            }
        }
        (key, [value]) if key.contains('.') => {
            case.facts.insert(key.to_owned(), value.clone());
        }
        (key, _) => t.report("scheme-field-unknown", "", key),
    }
}

/// A case is an example, not a load test.
const MOST: u32 = 10_000;

fn expectation(t: &Table<'_>) -> Expectation {
    let mut at_star = BTreeMap::new();
    let mut overflow_to = BTreeMap::new();
    for (level, at, to) in STAR_WORDS {
        at_star.extend(t.count_option(at).map(|n| (level, n)));
        overflow_to.extend(t.count_option(to).map(|n| (level, n)));
    }
    Expectation {
        scores: points_by_code(t, "expect_scores"),
        dimensions: points_by_code(t, "expect_dimension"),
        total: t.points_option("expect_total"),
        grade: t.text_option("expect_grade"),
        star_before_quota: t.star("expect_star_before_quota"),
        star_max: t.star("expect_star_max"),
        at_star,
        overflow_to,
    }
}

const STAR_WORDS: [(u8, &str, &str); 5] = [
    (5, "expect_five_star", "expect_overflow_to_five_star"),
    (4, "expect_four_star", "expect_overflow_to_four_star"),
    (3, "expect_three_star", "expect_overflow_to_three_star"),
    (2, "expect_two_star", "expect_overflow_to_two_star"),
    (1, "expect_one_star", "expect_overflow_to_one_star"),
];

fn points_by_code(t: &Table<'_>, key: &'static str) -> BTreeMap<String, Points> {
    let Some(table) = t.table(key) else { return BTreeMap::new() };
    let entry = |(code, values): (String, Vec<Fact>)| {
        let points = values.first().and_then(Fact::number).and_then(|n| Points::parse(&n.to_string()).ok());
        if points.is_none() {
            table.report("scheme-field-value", &code, &values.first().map(Fact::to_string).unwrap_or_default());
        }
        points.map(|points| (code, points))
    };
    table.facts().into_iter().filter_map(entry).collect()
}

fn whole(n: Quantity) -> Option<u32> {
    n.to_string().parse().ok()
}

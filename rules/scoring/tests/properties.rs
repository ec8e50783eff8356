//! What holds for every province and scheme.
#![allow(clippy::restriction, reason = "test helpers may panic")]
mod province;

use kernel::Points;
use proptest::prelude::*;
use province::{input, province, variants};
use scheme::parse_toml;
use scoring::{grade, grade_lean};
use serde_json::Value;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn totals_stay_within_their_caps(which in 0usize..4, branches in province(6)) {
        let scheme = parse_toml(&variants()[which]).unwrap();
        for g in grade(&scheme, branches.iter().map(input)) {
            let o = &g.scored.outcome;
            prop_assert!(o.total >= Points::ZERO && o.total <= scheme.total_cap);
            prop_assert!(o.bonus <= scheme.bonus.cap && o.penalty <= scheme.penalty.cap);
            for i in &g.scored.indicators {
                prop_assert!(i.score >= Points::ZERO && i.score <= i.full, "{} {:?}", i.code, i);
            }
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(which in 0usize..4, branches in province(12)) {
        let scheme = parse_toml(&variants()[which]).unwrap();
        let forward = grade_lean(&scheme, branches.iter().map(input));
        let backward = grade_lean(&scheme, branches.iter().rev().map(input));
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn quotas_are_never_exceeded(which in 0usize..4, branches in province(40)) {
        let scheme = parse_toml(&variants()[which]).unwrap();
        let (graded, allotments) = grade_lean(&scheme, branches.iter().map(input));
        for a in &allotments {
            let free = |o: &scoring::Outcome<'_>| !matches!(o.star_limit, scoring::StarLimit::Fixed(_));
            let given = graded.iter().filter(|(o, s)| s.star == Some(a.level) && free(o)).count();
            prop_assert_eq!(given, a.given as usize);
            if let Some(places) = a.places {
                prop_assert!(a.given <= places);
            }
        }
        let ranks: Vec<u32> = graded.iter().map(|(_, s)| s.rank).collect();
        prop_assert_eq!(ranks, (1..=u32::try_from(branches.len()).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn a_dimension_s_points_are_shared_exactly(which in 0usize..4, branches in province(8)) {
        let scheme = parse_toml(&variants()[which]).unwrap();
        for g in grade(&scheme, branches.iter().map(input)) {
            for d in g.scored.dimensions.iter().filter(|d| d.score.is_some()) {
                let full: Points = g.scored.indicators.iter().filter(|i| i.dimension == d.code).map(|i| i.full).sum();
                prop_assert_eq!(full, d.points);
            }
        }
    }

    #[test]
    fn the_total_re_adds_from_the_leaves_of_the_json(which in 0usize..4, branches in province(6)) {
        let scheme = parse_toml(&variants()[which]).unwrap();
        for g in grade(&scheme, branches.iter().map(input)) {
            let json: Value = serde_json::from_str(&serde_json::to_string(&g).unwrap()).unwrap();
            prop_assert_eq!(re_added(&json), cents(&json["total"]), "{}", json);
        }
    }
}

/// Knows the JSON and the words of the issue only.
fn re_added(json: &Value) -> i128 {
    let mut sum = 0;
    let mut left_out = false;
    let mut remaining = 0;
    for dimension in json["dimensions"].as_array().unwrap() {
        let applicable: Vec<&Value> = json["indicators"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|i| i["dimension"] == dimension["code"] && i["applicable"] == true)
            .collect();
        if applicable.is_empty() {
            left_out = true;
            continue;
        }
        remaining += cents(&dimension["points"]);
        for i in applicable {
            let raw = match i["layers"].as_array().unwrap().last() {
                Some(layer) => (cents(&layer["score"]), 100),
                None => i["parts"].as_array().unwrap().iter().fold((0, 1), |sum, part| plus(sum, fraction(&part["earned"]))),
            };
            let (n, d) = (raw.0 * cents(&i["full"]), raw.1 * cents(&i["points"]));
            sum += (200 * n + d) / (2 * d);
        }
    }
    let scaled = if left_out && remaining > 0 {
        (2 * sum * cents(&json["total_points"]) + remaining) / (2 * remaining)
    } else if left_out {
        0
    } else {
        sum
    };
    let adjusted = |name: &str| {
        let items = json[name]["items"].as_array().unwrap();
        let all: i128 = items.iter().map(|i| cents(&i["points"]) * i["count"].as_str().unwrap().parse::<i128>().unwrap()).sum();
        all.min(cents(&json[name]["cap"]))
    };
    (scaled + adjusted("bonus") - adjusted("penalty")).clamp(0, cents(&json["total_cap"]))
}

fn cents(value: &Value) -> i128 {
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{decimals:0<2}").parse().unwrap()
}

fn fraction(value: &Value) -> (i128, i128) {
    let text = value.as_str().unwrap();
    let (n, d) = text.split_once('/').unwrap_or((text, "1"));
    (n.parse().unwrap(), d.parse().unwrap())
}

fn plus(a: (i128, i128), b: (i128, i128)) -> (i128, i128) {
    let (mut x, mut y) = (a.1, b.1);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a.0 * (b.1 / x) + b.0 * (a.1 / x), a.1 / x * b.1)
}

//! The largest numbers a scheme and facts may hold: nothing overflows, nothing loses its exactness.
#![allow(clippy::restriction, reason = "test helpers may panic")]
use kernel::{Points, Quantity};
use scheme::parse_toml;
use scoring::{BranchInput, Layer, score_branch};

/// One indicator of three parts with the finest targets that are let through, next to one that may not apply.
fn scheme() -> scheme::Scheme {
    let text = r#"
        [scheme]
        code = "L"
        title = "limits"
        version = "1"
        effective_from = 2025-01-01
        total_points = 1000
        total_cap = 1000
        indicator_count = 2
        [[dimension]]
        code = "A"
        title = "a"
        points = 1000
        [[indicator]]
        code = "A1"
        title = "a"
        dimension = "A"
        points = 999.99
        method = "composite"
        parts = [
          { key = "a.a", method = "ratio", points = 333.33, target = 999.999983 },
          { key = "a.b", method = "ratio", points = 333.33, target = 1 },
          { key = "a.c", method = "per_event", points = 333.333333, unit = 1000000 },
        ]
        [[indicator]]
        code = "A2"
        title = "b"
        dimension = "A"
        points = 0.01
        method = "per_missing"
        metric = "a.d"
        expected = 1000000
        unit = 0.000001
        not_applicable = "a.e == 1"
        [[grade]]
        name = "g"
        min = 0
    "#;
    parse_toml(text).unwrap()
}

#[test]
fn the_largest_values_stay_exact() {
    let scheme = scheme();
    let q = |text: &str| Quantity::parse(text).unwrap();
    let mut input = BranchInput::new("1");
    input.fact("a.a", q("999.999982")).fact("a.b", q("0.999999")).fact("a.c", q("0.000001")).fact("a.d", q("999999999999"));
    let scored = score_branch(&scheme, &input);
    let a1 = scored.indicator("A1").unwrap();
    // 333.33 − 333.33/999999983, 333.33 × 0.999999, 333.333333 − 1.
    let (n, d) = a1.parts[0].earned.fraction();
    assert_eq!(n * 100 * 999_999_983, d * 33_333 * 999_999_982);
    assert_eq!(a1.score, Points::hundredths(99_899));
    assert_eq!(scored.indicator("A2").unwrap().score, Points::hundredths(1));
    input.fact("a.e", q("1")).fact("a.c", q("999999999999.999999"));
    let scored = score_branch(&scheme, &input);
    let a1 = scored.indicator("A1").unwrap();
    assert_eq!((a1.full, a1.score), (Points::hundredths(100_000), Points::hundredths(66_667)));
    input.score("A1", Layer::Committee, Points::hundredths(99_999));
    assert_eq!(score_branch(&scheme, &input).outcome.total, Points::hundredths(100_000));
}

#[test]
fn a_third_as_a_spreadsheet_keeps_it_is_not_rounded_on_the_way() {
    let scheme = scheme();
    let q = |text: &str| Quantity::parse(text).unwrap();
    let mut input = BranchInput::new("1");
    // 333.33 × 0.000015000150001501 is 0.005 and a very little: half up, it is a hundredth. One digit less is none.
    for (value, cents) in [("0.000015000150001501", 1), ("0.000015000150001500", 0)] {
        input.fact("a.b", q(value)).fact("a.c", q("1000000"));
        assert_eq!(score_branch(&scheme, &input).indicator("A1").unwrap().score, Points::hundredths(cents), "{value}");
    }
    // The finest of everything at once, redistributed: (333.33·a/t + 333.33·b + 333.333333 − 1000000·c) × 1000 ÷ 999.99.
    input.fact("a.a", q("999.999982999999999999")).fact("a.b", q("0.999999999999999999")).fact("a.c", q("0.000000000000000001"));
    input.fact("a.e", q("1"));
    assert_eq!(score_branch(&scheme, &input).indicator("A1").unwrap().score, Points::hundredths(100_000));
    input.fact("a.a", q("500.000000000000000001"));
    // 166.665002833… + 333.33 + 333.333333 = 833.328335833…; × 1000/999.99.
    assert_eq!(score_branch(&scheme, &input).indicator("A1").unwrap().score, Points::hundredths(83_334));
}

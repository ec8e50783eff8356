//! Bad scheme files, each with the finding it must give.
#![allow(clippy::restriction, reason = "test helpers may panic")]
use scheme::{Articles, Finding, Lookup, check, parse_toml};

const FILE: &str = include_str!("../../../content/schemes/LN-JG-27.toml");

struct Everything;
impl Articles for Everything {
    fn lookup(&self, _: &str, _: Option<&str>) -> Lookup {
        Lookup::Found
    }
}

fn findings(text: &str) -> Vec<Finding> {
    match parse_toml(text) {
        Ok(scheme) => check(&scheme, &Everything),
        Err(found) => found,
    }
}

#[test]
fn the_shipped_file_has_no_findings() {
    assert_eq!(findings(FILE), []);
}

/// What is changed in the shipped file, once, and the key and place of the finding.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("code = \"LN-JG-27\"", "code = ", "scheme-toml", ""),
    ("code = \"LN-JG-27\"\n", "", "scheme-field-missing", "scheme · code"),
    ("code = \"LN-JG-27\"", "code = \"LN@27\"", "scheme-own-code", "scheme · code"),
    ("code = \"LN-JG-27\"", "code = \"LN 27\"", "scheme-own-code", "scheme · code"),
    ("[scheme]", "[sheme]", "scheme-field-missing", "scheme"),
    ("effective_from = 2025-01-01", "effective_from = \"2025-13-01\"", "scheme-field-value", "scheme · effective_from"),
    ("effective_from = 2025-01-01", "effective_from = 2025-01-01\neffective_to = 2024-12-31", "scheme-dates", "effective_to"),
    ("period = \"year\"", "period = \"month\"", "scheme-unsupported", "scheme · period"),
    ("total_points = 100", "total_points = 110", "scheme-total-hundred", "total_points"),
    ("total_points = 100", "total_points = 110", "scheme-total-sum", "total_points"),
    ("indicator_count = 27", "indicator_count = 28", "scheme-indicator-count", "indicator_count"),
    ("total_cap = 105", "total_cap = 95", "scheme-cap-low", "total_cap"),
    ("total_cap = 105", "total_cap = 10500", "scheme-number-large", "total_cap"),
    ("total_cap = 105", "total_cap = nan", "scheme-field-value", "scheme · total_cap"),
    ("total_cap = 105", "total_cap = 0x69", "scheme-field-value", "scheme · total_cap"),
    ("total_cap = 105", "total_cap = -105", "scheme-field-value", "scheme · total_cap"),
    ("total_cap = 105", "total_cap = 1e2", "scheme-field-value", "scheme · total_cap"),
    ("\"dimension:D\"", "\"dimension:X\"", "scheme-order-unknown", "order"),
    ("\"dimension:D\"", "\"luck\"", "scheme-order-unknown", "scheme · order"),
    ("spot_recheck_ratio = 0.20", "spot_recheck_ratio = 1.20", "scheme-field-value", "scheme · spot_recheck_ratio"),
    ("rectify_workdays = 30", "rectify_workday = 30", "scheme-field-unknown", "scheme"),
    ("points = 12\n", "points = 13\n", "scheme-dimension-sum", "dimension A"),
    ("points = 12\n", "points = 12.005\n", "scheme-field-value", "dimension A · points"),
    ("code = \"B\"", "code = \"A\"", "scheme-code-twice", "dimension"),
    ("code = \"B\"", "code = \"A1\"", "scheme-code-twice", "indicator"),
    ("code = \"A2\"", "code = \"A1\"", "scheme-code-twice", "indicator"),
    ("code = \"A2\"", "code = \"A 2\"", "scheme-code-format", "indicator"),
    ("dimension = \"F\"", "dimension = \"G\"", "scheme-dimension-unknown", "indicator F1"),
    ("method = \"ratio\"\nrule", "method = \"guess\"\nrule", "scheme-method-unknown", "indicator B2 · method"),
    ("target = 1.0\nevidence", "target = 0\nevidence", "scheme-target-zero", "indicator B2 · target"),
    (
        "key = \"branch.member_count_le_50\", method = \"boolean\"",
        "key = \"branch.member_count_le_50\", method = \"composite\"",
        "scheme-composite-nested",
        "indicator A1 · parts branch.member_count_le_50 · method",
    ),
    ("target = 1.0\nevidence", "evidence", "scheme-field-missing", "indicator B2 · target"),
    ("target = 1.0\nevidence", "target = 1.0\ntargets = 2\nevidence", "scheme-field-unknown", "indicator B2"),
    ("expected = 4\n", "expected = \"four\"\n", "scheme-field-value", "indicator C1 · expected"),
    ("metric = \"develop.violation_count\"", "metric = \"veto.V1\"", "scheme-key", "indicator B5 · metric"),
    ("metric = \"develop.violation_count\"", "metric = \"Develop\"", "scheme-key", "indicator B5 · metric"),
    ("metric = \"develop.violation_count\"", "metric = \"plan.approved\"", "scheme-key-kinds", "indicator B5"),
    ("method = \"boolean\", points = 2 }", "method = \"boolean\", points = 3 }", "scheme-parts-sum", "indicator A1"),
    ("\"branch.has_committee == false\"", "\"branch.has_committee != true\"", "scheme-condition", "indicator C2 · not_applicable"),
    ("\"branch.has_committee == false\"", "\"a.b == 1 || a.c == 2\"", "scheme-condition", "indicator C2 · not_applicable"),
    ("\"branch.group_count == 0\"", "\"branch.group_count == none\"", "scheme-condition", "indicator C3 · not_applicable"),
    (
        "{ min = 0.95, score = 1.5 }",
        "{ min = 0.99, score = 1.5 }",
        "scheme-band-twice",
        "indicator B3 · parts service.satisfaction_rate · bands",
    ),
    (
        "{ min = 0.95, score = 1.5 }",
        "{ min = 0.95 }",
        "scheme-field-missing",
        "indicator B3 · parts service.satisfaction_rate · bands 0.95 · score",
    ),
    ("\"REG-FZ:7-33\"", "\"REG-FZ:33-7\"", "scheme-article-format", "indicator B5 · articles"),
    ("auto = false", "auto = \"no\"", "scheme-field-value", "indicator F2 · auto"),
    ("cap = 5.0", "limit = 5.0", "scheme-field-missing", "bonus · cap"),
    ("code = \"P2\"", "code = \"P1\"", "scheme-code-twice", "bonus"),
    ("max_grade = \"一般\"", "max_grade = \"中\"", "scheme-grade-unknown", "veto V1"),
    ("max_star = 3", "max_star = 7", "scheme-star-unknown", "veto V1"),
    ("max_star = 3", "max_star = 0", "scheme-field-value", "veto V1 · max_star"),
    ("grade_fixed = \"差\"\nstar_fixed = 1\n", "", "scheme-veto-empty", "veto V4"),
    ("[\"B3\", \"B4\"]", "[\"B3\"]", "scheme-view-missing", "view five-aspects"),
    ("[\"B3\", \"B4\"]", "[\"B3\", \"B4\", \"A1\"]", "scheme-view-twice", "view five-aspects"),
    ("[\"B3\", \"B4\"]", "[\"B3\", \"B4\", \"X1\"]", "scheme-view-unknown", "view five-aspects"),
    ("min = 0.0\nmax_exclusive = 60.0", "min = 1.0\nmax_exclusive = 60.0", "scheme-grade-lowest", "grade"),
    ("max_exclusive = 90.0", "max_exclusive = 89.0", "scheme-grade-gap", "grade 较好"),
    ("level = 4\nmin = 80.0", "level = 4\nmin = 95.0", "scheme-star-order", "star 5"),
    ("level = 4\nmin = 80.0", "level = 5\nmin = 80.0", "scheme-code-twice", "star 5"),
    ("quota_ratio = 0.40", "quota_ratio = 1.40", "scheme-field-value", "star 4 · quota_ratio"),
    ("quota_rounding = \"floor\"", "quota_rounding = \"ceil\"", "scheme-unsupported", "star_rules · quota_rounding"),
    ("cascade_overflow = true", "cascade_overflow = false", "scheme-unsupported", "star_rules · cascade_overflow"),
    ("\"branch.group_count\" = 0 }", "\"branch.groups\" = 0 }", "scheme-case-key", "case 未划分党小组时C3不考核,C维度满分仍为20"),
    ("expect_five_star = 4", "expect_six_star = 4", "scheme-field-unknown", "case 名额:45个支部五星上限4个"),
    (
        "expect_dimension = { C = 20.0 }",
        "expect_dimension = { X = 20.0 }",
        "scheme-case-key",
        "case 未划分党小组时C3不考核,C维度满分仍为20",
    ),
];

#[test]
fn each_bad_scheme_gives_its_finding_at_its_place() {
    for (from, to, key, place) in TABLE {
        assert!(FILE.contains(from), "the file no longer holds {from}");
        let found = findings(&FILE.replacen(from, to, 1));
        assert!(found.iter().any(|f| f.key == *key && f.place == *place && f.is_error()), "{to}: {found:#?}");
    }
}

#[test]
fn a_target_that_is_no_number_is_one_finding() {
    let found = findings(&FILE.replacen("target = 1.0\nevidence", "target = \"all\"\nevidence", 1));
    let told: Vec<_> = found.iter().filter(|f| f.is_error()).map(|f| (f.key, f.place.as_str())).collect();
    assert_eq!(told, [("scheme-field-value", "indicator B2 · target")]);
}

#[test]
fn a_wrong_method_is_one_finding_whatever_stands_beside_it() {
    let changes = [
        ("method = \"ratio\"\nrule", "method = \"guess\"\nrule", "scheme-method-unknown"),
        ("method = \"ratio\"\nrule", "method = 3\nrule", "scheme-field-value"),
        ("method = \"ratio\"\nrule", "rule", "scheme-field-missing"),
        ("method = \"composite\"", "method = \"composit\"", "scheme-method-unknown"),
        ("method = \"per_missing\"", "method = \"per_mising\"", "scheme-method-unknown"),
        ("method = \"band\"", "method = \"bend\"", "scheme-method-unknown"),
    ];
    for (from, to, key) in changes {
        assert!(FILE.contains(from), "the file no longer holds {from}");
        let found = findings(&FILE.replacen(from, to, 1));
        assert_eq!(found.iter().map(|f| f.key).collect::<Vec<_>>(), [key], "{to}: {found:#?}");
    }
}

#[test]
fn all_problems_are_told_at_once_with_their_lines() {
    let text =
        FILE.replace("unit = 1.25", "unit = \"x\"").replace("cap = 10.0", "cap = true").replace("method = \"band\"", "method = \"bend\"");
    let found = findings(&text);
    let line = |needle: &str| text.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let told: Vec<_> = found.iter().map(|f| (f.key, f.line.unwrap())).collect();
    assert!(told.contains(&("scheme-field-value", line("unit = \"x\""))), "{told:?}");
    assert!(told.contains(&("scheme-field-value", line("cap = true"))), "{told:?}");
    assert!(told.contains(&("scheme-method-unknown", line("method = \"bend\""))), "{told:?}");
}

#[test]
fn numbers_too_fine_to_be_added_exactly_are_refused() {
    let targets = ["0.999983", "0.999979", "0.999961"]
        .map(|t| format!("{{ key = \"a.b{}\", method = \"ratio\", points = 1, target = {t} }}", &t[6..]));
    let text = FILE.replacen(
        "{ key = \"branch.formal_members_ge_3_or_joint\", method = \"boolean\", points = 2 },\n  { key = \"branch.member_count_le_50\", method = \"boolean\", points = 1 },",
        &format!("{},", targets.join(", ")),
        1,
    );
    assert_ne!(text, FILE);
    assert!(findings(&text).iter().any(|f| f.key == "scheme-targets-fine"));
}

#[test]
fn hostile_files_are_findings_and_nothing_worse() {
    let deep = format!("a = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let dotted = format!("{}b = 1", "a.".repeat(50_000));
    for text in [
        dotted.as_str(),
        "",
        "\0",
        "[[scheme]]",
        "scheme = 1",
        "[scheme]\ncode = 1\ncode = 2",
        "indicator = 3",
        "[[case]]\ninput = 1",
        deep.as_str(),
    ] {
        assert!(findings(text).iter().any(Finding::is_error), "{}", &text[..text.len().min(40)]);
    }
}

#[test]
fn every_key_of_the_rules_has_a_text_in_both_languages() {
    let sources = [
        include_str!("../src/limits.rs"),
        include_str!("../src/node.rs"),
        include_str!("../src/check.rs"),
        include_str!("../src/check/consequence.rs"),
        include_str!("../src/check/reference.rs"),
        include_str!("../src/read/mod.rs"),
        include_str!("../src/read/table.rs"),
        include_str!("../src/read/indicator.rs"),
        include_str!("../src/read/consequence.rs"),
        include_str!("../src/read/case.rs"),
        include_str!("../src/sheets/from.rs"),
    ];
    let keys: Vec<&str> = sources.iter().flat_map(|s| s.split('"')).filter(|t| t.starts_with("scheme-") && !t.contains(' ')).collect();
    assert!(keys.len() > 40);
    for catalogue in [include_str!("../../../content/locales/zh/rules.ftl"), include_str!("../../../content/locales/en/rules.ftl")] {
        for key in &keys {
            assert!(catalogue.lines().any(|l| l.starts_with(&format!("{key} = "))), "{key}");
        }
    }
}

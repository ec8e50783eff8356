//! The shipped scheme's `[[case]]`s, the examples of the mechanisms, and results one can do by hand.
#![allow(clippy::restriction, reason = "test helpers may panic")]
mod province;

use kernel::{Points, Quantity};
use province::{FILE, full_values};
use scheme::{Articles, Fact, Finding, Lookup, Scheme, Severity, parse_toml};
use scoring::*;

fn scheme() -> Scheme {
    parse_toml(FILE).unwrap()
}

fn points(text: &str) -> Points {
    Points::parse(text).unwrap()
}

fn full(code: &str) -> BranchInput {
    BranchInput { absent: Absent::Full, ..BranchInput::new(code) }
}

fn number(text: &str) -> Fact {
    Fact::Number(Quantity::parse(text).unwrap())
}

/// REG-XJ is loaded in part, REG-DY whole but without article 42.
struct Loaded;
impl Articles for Loaded {
    fn lookup(&self, regulation: &str, article: Option<&str>) -> Lookup {
        match (regulation, article) {
            ("REG-XJ", Some("ch4")) => Lookup::NotLoadedWhole,
            ("REG-DY", Some("42")) => Lookup::Missing,
            ("REG-FZ", _) => Lookup::UnknownRegulation,
            _ => Lookup::Found,
        }
    }
}

#[test]
fn every_case_of_the_shipped_scheme_comes_out() {
    assert_eq!(case_findings(&scheme()), []);
    assert_eq!(scheme().cases.len(), 5);
}

#[test]
fn a_case_that_does_not_come_out_is_told_with_what_it_gives() {
    let wrong = FILE.replace("expect_total = 97.45", "expect_total = 97.46").replace("expect_five_star = 4", "expect_five_star = 5");
    let found = case_findings(&parse_toml(&wrong).unwrap());
    let args: Vec<Vec<&str>> = found.iter().map(|f| f.args.iter().map(|(_, v)| v.as_str()).collect()).collect();
    assert_eq!(args, [vec!["total", "97.46", "97.45"], vec!["star 5", "5", "4"]]);
    assert!(found.iter().all(|f| f.key == "scheme-case-differs" && f.is_error()));
}

#[test]
fn publication_tells_a_missing_article_from_one_awaited() {
    let found: Vec<Finding> = publish_findings(&scheme(), &Loaded);
    let told: Vec<_> = found.iter().map(|f| (f.severity, f.key, f.args[0].1.as_str())).collect();
    assert_eq!(
        told,
        [
            (Severity::Error, "scheme-regulation-unknown", "REG-FZ"),
            (Severity::Error, "scheme-regulation-unknown", "REG-FZ:7-33"),
            (Severity::Warning, "scheme-article-awaited", "REG-XJ:ch4"),
            (Severity::Error, "scheme-article-missing", "REG-DY:42"),
        ]
    );
}

#[test]
fn a_branch_of_which_all_facts_are_full_gets_100() {
    let mut input = BranchInput::new("1");
    full_values().iter().for_each(|(key, value)| {
        input.fact(key, Fact::of_text(value));
    });
    let scheme = scheme();
    let scored = score_branch(&scheme, &input);
    assert_eq!((scored.outcome.total, scored.outcome.grade), (points("100"), "好"));
    assert!(scored.missing.is_empty());
}

#[test]
fn a_branch_of_which_nothing_is_known_gets_0_and_every_metric_is_missing() {
    let scheme = scheme();
    let scored = score_branch(&scheme, &BranchInput::new("1"));
    assert_eq!((scored.outcome.total, scored.outcome.grade, scored.outcome.star_before_quota), (Points::ZERO, "差", Some(1)));
    assert_eq!(scored.missing.len(), full_values().len());
}

#[test]
fn the_latest_layer_counts_and_facts_only_without_one() {
    let scheme = scheme();
    let mut input = full("1");
    let order = [Layer::SelfAssessment, Layer::Mutual, Layer::Acceptance, Layer::Recheck, Layer::Committee];
    for (n, layer) in (1..).zip(order) {
        input.score("C1", layer, Points::hundredths(n * 50));
        let c1 = score_branch(&scheme, &input).indicator("C1").unwrap().clone();
        assert_eq!((c1.score, c1.source), (Points::hundredths(n * 50), Source::Layer(layer)));
    }
    let untouched = score_branch(&scheme, &input.up_to(Layer::SelfAssessment));
    assert_eq!(untouched.outcome.total, points("95.5"));
}

#[test]
fn points_of_what_does_not_apply_go_to_the_others_by_largest_remainder() {
    let scheme = scheme();
    let mut input = full("1");
    input.fact("branch.group_count", number("0")).fact("branch.has_committee", number("0"));
    input.score("C3", Layer::Committee, points("4"));
    let scored = score_branch(&scheme, &input);
    // C1 5, C4 3, C5 3 of 11 share 20: 9.0909, 5.4545, 5.4545; the hundredths left go to C4, then C5.
    let full: Vec<_> = ["C1", "C2", "C3", "C4", "C5"].map(|c| scored.indicator(c).unwrap().full.to_string()).into();
    assert_eq!(full, ["9.09", "0", "0", "5.46", "5.45"]);
    assert_eq!((scored.outcome.total, scored.outcome.scores[10]), (points("100"), None));
    input.score("C4", Layer::Acceptance, points("1"));
    assert_eq!(score_branch(&scheme, &input).indicator("C4").unwrap().score, points("1.82"));
}

#[test]
fn a_dimension_with_nothing_applicable_is_left_out_and_the_rest_scaled() {
    let text = FILE.replace("dimension = \"F\"\n", "dimension = \"F\"\nnot_applicable = \"branch.small == true\"\n");
    let scheme = parse_toml(&text).unwrap();
    let mut input = full("1");
    input.fact("branch.small", number("1")).score("A1", Layer::Committee, points("2"));
    let scored = score_branch(&scheme, &input);
    // 88 of 90 points.
    assert_eq!((scored.sum, scored.counted_points, scored.outcome.total), (points("88"), points("90"), points("97.78")));
    assert_eq!(scored.outcome.dimensions[5], None);
}

#[test]
fn a_third_of_three_points_is_one_point() {
    let text = FILE
        .replace("metric = \"talk.required_pairs_done_ratio\"\ntarget = 1.0", "metric = \"talk.required_pairs_done_ratio\"\ntarget = 3");
    let scheme = parse_toml(&text).unwrap();
    let mut input = full("1");
    input.fact("talk.required_pairs_done_ratio", number("1"));
    let scored = score_branch(&scheme, &input);
    assert_eq!(scored.raw("D5").unwrap().to_string(), "1");
}

#[test]
fn bonus_and_penalty_count_up_to_their_caps_and_the_total_stays_within_its_own() {
    let scheme = scheme();
    for (facts, total) in [
        (vec![("bonus.P1", "1")], "103"),
        (vec![("bonus.P1", "999999999999"), ("bonus.P2", "999999999999")], "105"),
        (vec![("bonus.P1", "2"), ("penalty.N3", "1")], "104.5"),
        (vec![("penalty.N1", "50")], "90"),
    ] {
        let mut input = full("1");
        facts.iter().for_each(|(key, value)| {
            input.fact(*key, number(value));
        });
        assert_eq!(score_branch(&scheme, &input).outcome.total, points(total), "{facts:?}");
    }
    let mut input = BranchInput::new("1");
    input.fact("penalty.N1", number("1"));
    assert_eq!(score_branch(&scheme, &input).outcome.total, Points::ZERO);
}

#[test]
fn of_several_vetoes_the_lowest_counts_and_fixed_beats_lowered() {
    let text =
        FILE.replace("code = \"V6\"\n", "code = \"V7\"\ntitle = \"x\"\ngrade_fixed = \"较好\"\nstar_fixed = 4\n[[veto]]\ncode = \"V6\"\n");
    let scheme = parse_toml(&text).unwrap();
    for (vetoes, grade, star) in
        [(vec!["V2"], "较好", 3), (vec!["V2", "V1"], "一般", 3), (vec!["V1", "V7"], "较好", 4), (vec!["V7", "V4"], "差", 1)]
    {
        let mut input = full("1");
        vetoes.iter().for_each(|v| {
            input.fact(format!("veto.{v}"), number("1"));
        });
        let outcome = score_branch(&scheme, &input).outcome;
        assert_eq!((outcome.grade, outcome.star_before_quota), (grade, Some(star)), "{vetoes:?}");
    }
}

#[test]
fn ties_go_to_dimension_d_then_last_year_s_grade_then_the_code_by_bytes() {
    let scheme = scheme();
    let branch = |code: &str, lost: &str, history: Option<&str>| {
        let mut input = full(code);
        let points = scheme.indicator(lost).unwrap().points - points("1");
        input.score(lost, Layer::Committee, points);
        if let Some(name) = history {
            input.fact("history.grade", Fact::Grade(name.into()));
        }
        input
    };
    let inputs = [
        branch("b", "D1", Some("好")),
        branch("a", "A1", None),
        branch("B", "A1", Some("一般")),
        branch("10", "A1", Some("优秀")),
        branch("9", "A1", Some("较好")),
    ];
    let graded = grade(&scheme, inputs);
    let codes: Vec<_> = graded.iter().map(|g| g.scored.outcome.branch.as_str()).collect();
    assert_eq!(codes, ["9", "B", "10", "a", "b"]);
}

#[test]
fn what_is_over_a_quota_joins_the_level_below_and_takes_its_places_first() {
    let scheme = scheme();
    let inputs = (0..10).map(|n| {
        let mut input = full(&n.to_string());
        input.score("D2", Layer::Committee, Points::hundredths(400 - n * 10));
        input
    });
    let graded = grade(&scheme, inputs);
    let stars: Vec<_> = graded.iter().map(|g| g.standing.star.unwrap()).collect();
    assert_eq!(stars, [5, 4, 4, 4, 4, 3, 3, 3, 3, 3]);
    let last = graded.last().unwrap();
    assert_eq!(last.standing.overflow_from, Some(5));
    let next = last.next_star.as_ref().unwrap();
    assert_eq!((next.level, next.short, next.quota.unwrap().places), (4, Points::ZERO, 4));
    assert_eq!(next.quota.unwrap().last_total, Some(graded[4].scored.outcome.total));
    assert_eq!((next.gains[0].indicator, next.gains[0].points), ("D2", points("1.9")));
    assert!(graded[0].next_star.is_none());
}

#[test]
fn the_way_to_the_next_star_names_the_veto_that_holds_it() {
    let scheme = scheme();
    let mut input = full("1");
    input.fact("veto.V2", number("1"));
    let graded = grade(&scheme, [input]);
    let next = graded[0].next_star.as_ref().unwrap();
    assert_eq!((next.level, next.held_by.as_slice()), (4, ["V2"].as_slice()));
}

#[test]
fn s44_every_difference_is_marked_and_from_the_limit_must_be_explained() {
    let layers = |list: &[(Layer, &str)]| list.iter().map(|(layer, text)| (*layer, points(text))).collect::<Layers>();
    let given = layers(&[(Layer::SelfAssessment, "95"), (Layer::Acceptance, "90"), (Layer::Recheck, "88")]);
    assert_eq!(given.latest(), Some((Layer::Recheck, points("88"))));
    let told = |layers: &Layers| -> Vec<_> {
        differences(layers, points("10")).iter().map(|d| (d.from, d.to, d.amount.as_hundredths(), d.must_explain)).collect()
    };
    assert_eq!(
        told(&given),
        [
            (Layer::SelfAssessment, Layer::Acceptance, -500, false),
            (Layer::SelfAssessment, Layer::Recheck, -700, false),
            (Layer::Acceptance, Layer::Recheck, -200, false),
        ]
    );
    let far = layers(&[(Layer::SelfAssessment, "95"), (Layer::Acceptance, "85"), (Layer::Committee, "85")]);
    assert_eq!(told(&far)[0], (Layer::SelfAssessment, Layer::Acceptance, -1000, true));
    assert_eq!(told(&far).len(), 2);
}

#[test]
fn s43_the_same_result_reports_by_six_standards_and_by_five_aspects() {
    let scheme = scheme();
    let mut input = full("1");
    input.fact("branch.group_count", number("0")).fact("meeting.general.quarters_held", number("3"));
    let scored = score_branch(&scheme, &input);
    for (view, lines) in [(None, 6), (Some("five-aspects"), 5)] {
        let report = report(&scheme, view, &scored).unwrap();
        assert_eq!(report.len(), lines);
        assert_eq!(report.iter().map(|l| l.full).sum::<Points>(), points("100"));
        assert_eq!(report.iter().map(|l| l.score).sum::<Points>(), scored.sum);
    }
    assert!(report(&scheme, Some("none"), &scored).is_none());
}

#[test]
fn s34_a_grade_above_last_year_s_is_a_promotion() {
    let scheme = scheme();
    for (previous, grade, expected) in [
        (Some("一般"), "较好", Some(Change::Up)),
        (Some("好"), "差", Some(Change::Down)),
        (Some("好"), "好", Some(Change::Same)),
        (Some("优秀"), "好", None),
        (None, "好", None),
    ] {
        assert_eq!(change(&scheme, previous, grade), expected);
    }
}

#[test]
fn a_score_is_given_within_0_and_the_original_points() {
    let scheme = scheme();
    assert!(validate_score(&scheme, "A1", points("4")).is_ok());
    let above = validate_score(&scheme, "A1", points("4.01")).unwrap_err();
    assert_eq!((above.key, above.args.iter().any(|(k, v)| *k == "max" && v == "4")), ("score-above-points", true));
    assert_eq!(validate_score(&scheme, "A1", Points::hundredths(-1)).unwrap_err().key, "score-below-zero");
    assert_eq!(validate_score(&scheme, "Z9", points("1")).unwrap_err().key, "indicator-unknown");
}

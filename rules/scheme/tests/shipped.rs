//! The shipped scheme of 27 indicators, read, kept and read again.
#![allow(clippy::restriction, reason = "test helpers may panic")]
use kernel::Points;
use scheme::{KeyKind, Method, OrderKey, Scheme, parse_toml};

const FILE: &str = include_str!("../../../content/schemes/LN-JG-27.toml");

#[test]
fn the_shipped_scheme_is_read_whole() {
    let scheme = parse_toml(FILE).unwrap();
    assert_eq!((scheme.code.as_str(), scheme.version.as_str()), ("LN-JG-27", "2025.1"));
    assert_eq!((scheme.dimensions.len(), scheme.indicators.len()), (6, 27));
    assert_eq!(scheme.indicators.iter().map(|i| i.points).sum::<Points>(), Points::hundredths(10_000));
    assert_eq!(scheme.order[1], OrderKey::Dimension("D".into()));
    let c3 = scheme.indicator("C3").unwrap();
    assert_eq!(c3.not_applicable.as_ref().unwrap().key, "branch.group_count");
    assert!(matches!(&c3.parts[0].method, Method::PerMissing { unit, .. } if unit.to_string() == "0.4"));
    assert_eq!((scheme.bonus.items.len(), scheme.penalty.items.len(), scheme.vetoes.len()), (4, 3, 6));
    assert_eq!((scheme.views[0].groups.len(), scheme.alternatives.len(), scheme.cases.len()), (5, 4, 5));
    assert_eq!(scheme.parameters.rectify_workdays, 30);
}

#[test]
fn the_canonical_form_reads_back_and_ignores_spelling() {
    let scheme = parse_toml(FILE).unwrap();
    let canonical = scheme.canonical();
    assert_eq!(Scheme::from_canonical(&canonical).unwrap(), scheme);
    let respelt = FILE.replace("points = 12\n", "points = 12.00 # the same\n").replace("\n[[veto]]", "\n\n[[veto]]");
    assert_ne!(respelt, FILE);
    assert_eq!(parse_toml(&respelt).unwrap().canonical(), canonical);
    let changed = FILE.replace("unit = 1.25", "unit = 1.2");
    assert_ne!(parse_toml(&changed).unwrap().canonical(), canonical);
}

#[test]
fn every_fact_the_scheme_asks_for_is_known_with_its_kind() {
    let keys = parse_toml(FILE).unwrap().known_keys();
    for (key, kind) in [
        ("meeting.general.quarters_held", KeyKind::Decimal),
        ("branch.has_committee", KeyKind::Boolean),
        ("branch.group_count", KeyKind::Decimal),
        ("plan.approved", KeyKind::Boolean),
        ("veto.V1", KeyKind::Boolean),
        ("bonus.P1", KeyKind::Count),
        ("penalty.N3", KeyKind::Count),
        ("history.grade", KeyKind::Grade),
    ] {
        assert_eq!(keys.get(key), Some(&kind), "{key}");
    }
    assert_eq!(keys.get("plan.approvd"), None);
}

#[test]
fn values_are_read_as_their_kind_demands() {
    for (kind, text, value) in [
        (KeyKind::Decimal, "0.850", Some("0.85")),
        (KeyKind::Decimal, "是", None),
        (KeyKind::Decimal, "-1", None),
        (KeyKind::Decimal, "NaN", None),
        (KeyKind::Boolean, "是", Some("1")),
        (KeyKind::Boolean, "false", Some("0")),
        (KeyKind::Boolean, "1.0", Some("1")),
        (KeyKind::Boolean, "2", None),
        (KeyKind::Count, "3", Some("3")),
        (KeyKind::Count, "3.0", Some("3")),
        (KeyKind::Count, "2.5", None),
        (KeyKind::Grade, "较好", Some("较好")),
        (KeyKind::Grade, "90", None),
        (KeyKind::Grade, "", None),
    ] {
        assert_eq!(kind.read(text).ok().map(|f| f.to_string()).as_deref(), value, "{kind:?} {text}");
    }
}

#[test]
fn a_file_without_an_order_ranks_by_total_dimension_d_last_year_s_grade_and_code() {
    let shipped = FILE;
    let line = shipped.lines().find(|line| line.starts_with("order =")).unwrap();
    let without = parse_toml(&shipped.replace(line, "")).unwrap();
    assert_eq!(without.order, parse_toml(shipped).unwrap().order);
}

//! From nodes to a [`Scheme`]: the head and what hangs on it.
mod case;
mod consequence;
mod indicator;
mod table;

use crate::node::Node;
use crate::{Adjustment, AdjustmentItem, Dimension, Fact, Finding, Group, OrderKey, Parameters, Scheme, View, limits};
use kernel::{Points, Quantity};
use std::collections::BTreeMap;
use table::{Findings, Table};

/// Reads a whole file; every finding at once.
pub(crate) fn scheme(root: Node) -> Result<Scheme, Vec<Finding>> {
    let found = Findings::default();
    let scheme = whole(Table::of(&root, "", &found));
    let mut found = found.into_inner();
    found.extend(limits::findings(&scheme));
    if found.is_empty() { Ok(scheme) } else { Err(found) }
}

fn whole(root: Table<'_>) -> Scheme {
    if !root.has("scheme") {
        root.report("scheme-field-missing", "scheme", "");
    }
    let mut scheme = root.table("scheme").map(head).unwrap_or_else(empty);
    scheme.dimensions = root.tables("dimension", "code").into_iter().map(dimension).collect();
    if scheme.order.is_empty() {
        scheme.order = usual_order(&scheme.dimensions);
    }
    scheme.indicators = root.tables("indicator", "code").into_iter().map(indicator::indicator).collect();
    scheme.bonus = root.table("bonus").map_or_else(no_adjustment, adjustment);
    scheme.penalty = root.table("penalty").map_or_else(no_adjustment, adjustment);
    scheme.vetoes = root.tables("veto", "code").into_iter().map(consequence::veto).collect();
    scheme.views = root.tables("view", "code").into_iter().map(view).collect();
    scheme.grades = root.tables("grade", "name").into_iter().map(consequence::grade).collect();
    scheme.stars = root.tables("star", "level").into_iter().map(consequence::star).collect();
    scheme.star_rules = root.table("star_rules").as_ref().map(consequence::star_rules).unwrap_or_default();
    scheme.alternatives = root.tables("alternative", "name").iter().map(described).collect();
    scheme.cases = root.tables("case", "name").into_iter().map(case::case).collect();
    root.finish();
    scheme
}

fn head(t: Table<'_>) -> Scheme {
    let head = Scheme {
        code: t.text("code"),
        title: t.text("title"),
        version: t.text("version"),
        effective_from: t.date("effective_from"),
        effective_to: t.date_option("effective_to"),
        period: t.text_or("period", "year"),
        total_points: t.points_option("total_points").unwrap_or(HUNDRED),
        indicator_count: t.count("indicator_count"),
        applies_to: t.texts("applies_to"),
        based_on: t.texts("based_on"),
        total_cap: t.points_option("total_cap").unwrap_or(HUNDRED),
        order: order(&t),
        phases: t.texts("phases"),
        parameters: Parameters {
            self_assessment_days: t.count_option("self_assessment_days").unwrap_or(15),
            publicity_workdays: t.count_option("publicity_workdays").unwrap_or(5),
            spot_recheck_ratio: t.quantity_option("spot_recheck_ratio").unwrap_or_else(|| Quantity::ratio(1, 5)),
            rectify_workdays: t.count_option("rectify_workdays").unwrap_or(30),
            self_score_deviation_alert: t.points_option("self_score_deviation_alert").unwrap_or(Points::hundredths(1_000)),
        },
        ..empty()
    };
    // The facts of a cycle belong to a year; another period would be silently wrong.
    if head.period != "year" {
        t.report("scheme-unsupported", "period", &head.period);
    }
    if head.parameters.spot_recheck_ratio > Quantity::ONE {
        t.report("scheme-field-value", "spot_recheck_ratio", &head.parameters.spot_recheck_ratio.to_string());
    }
    t.finish();
    head
}

const HUNDRED: Points = Points::hundredths(10_000);

/// Where a file names none: the total, then dimension D (组织生活 in the shipped scheme) if there is one, then last
/// year's grade, then the code.
fn usual_order(dimensions: &[Dimension]) -> Vec<OrderKey> {
    let d = dimensions.iter().filter(|d| d.code == "D").map(|d| OrderKey::Dimension(d.code.clone()));
    [OrderKey::Total].into_iter().chain(d).chain([OrderKey::HistoryGrade, OrderKey::BranchCode]).collect()
}

fn order(t: &Table<'_>) -> Vec<OrderKey> {
    let texts = t.texts("order");
    let known = |text: &String| match text.as_str() {
        "total" => Some(OrderKey::Total),
        "history.grade" => Some(OrderKey::HistoryGrade),
        "branch_code" => Some(OrderKey::BranchCode),
        other => other.strip_prefix("dimension:").filter(|d| !d.is_empty()).map(|d| OrderKey::Dimension(d.to_owned())),
    };
    let key = |text: &String| known(text).or_else(|| (t.report("scheme-order-unknown", "order", text), None).1);
    texts.iter().filter_map(key).collect()
}

fn dimension(t: Table<'_>) -> Dimension {
    let read = Dimension { code: t.text("code"), title: t.text("title"), chapter: t.text_or("chapter", ""), points: t.points("points") };
    t.finish();
    read
}

fn adjustment(t: Table<'_>) -> Adjustment {
    let item = |t: Table<'_>| {
        let read = AdjustmentItem {
            code: t.text("code"),
            title: t.text("title"),
            points: t.points("points"),
            per: t.text_or("per", "item"),
            evidence: t.texts("evidence"),
        };
        t.finish();
        read
    };
    let read = Adjustment { cap: t.points("cap"), items: t.tables("item", "code").into_iter().map(item).collect() };
    t.finish();
    read
}

fn no_adjustment() -> Adjustment {
    Adjustment { cap: Points::ZERO, items: Vec::new() }
}

fn view(t: Table<'_>) -> View {
    let group = |t: Table<'_>| {
        let read = Group { code: t.text("code"), title: t.text("title"), indicators: t.texts("indicators") };
        t.finish();
        read
    };
    let read = View { code: t.text("code"), title: t.text("title"), groups: t.tables("groups", "code").into_iter().map(group).collect() };
    t.finish();
    read
}

/// A table that only describes: its entries as texts.
fn described(t: &Table<'_>) -> BTreeMap<String, String> {
    t.facts().into_iter().map(|(key, values)| (key, values.iter().map(Fact::to_string).collect::<Vec<_>>().join("; "))).collect()
}

fn empty() -> Scheme {
    Scheme {
        code: String::new(),
        title: String::new(),
        version: String::new(),
        effective_from: kernel::BusinessDate::from_number(0),
        effective_to: None,
        period: "year".into(),
        total_points: HUNDRED,
        indicator_count: 0,
        applies_to: Vec::new(),
        based_on: Vec::new(),
        total_cap: HUNDRED,
        order: Vec::new(),
        phases: Vec::new(),
        parameters: Parameters {
            self_assessment_days: 0,
            publicity_workdays: 0,
            spot_recheck_ratio: Quantity::ZERO,
            rectify_workdays: 0,
            self_score_deviation_alert: Points::ZERO,
        },
        dimensions: Vec::new(),
        indicators: Vec::new(),
        bonus: no_adjustment(),
        penalty: no_adjustment(),
        vetoes: Vec::new(),
        views: Vec::new(),
        grades: Vec::new(),
        stars: Vec::new(),
        star_rules: BTreeMap::new(),
        alternatives: Vec::new(),
        cases: Vec::new(),
    }
}

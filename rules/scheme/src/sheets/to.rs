//! A scheme as sheets: what an office downloads, changes and brings back.
use super::Sheet;
use super::columns::*;
use crate::{Adjustment, Band, Case, Method, Part, Scheme};
use std::collections::BTreeMap;

/// The inverse of [`super::from_sheets`]. Fields that are absent stay empty.
pub fn to_sheets(scheme: &Scheme) -> Vec<Sheet> {
    vec![
        sheet(&HEAD, head(scheme)),
        sheet(&DIMENSIONS, scheme.dimensions.iter().map(|d| row([&d.code, &d.title, &d.chapter, &d.points.to_string()])).collect()),
        sheet(&INDICATORS, indicators(scheme)),
        sheet(&PARTS, parts(scheme)),
        sheet(&BONUS, items(&scheme.bonus)),
        sheet(&PENALTY, items(&scheme.penalty)),
        sheet(&VETOES, vetoes(scheme)),
        sheet(
            &GRADES,
            scheme.grades.iter().map(|g| vec![g.name.clone(), g.min.to_string(), text(g.max_inclusive), text(g.max_exclusive)]).collect(),
        ),
        sheet(&STARS, scheme.stars.iter().map(|s| vec![s.level.to_string(), s.min.to_string(), text(s.quota_ratio)]).collect()),
        sheet(&VIEWS, views(scheme)),
        sheet(&STAR_RULES, scheme.star_rules.iter().map(|(key, value)| row([key, value])).collect()),
        sheet(&ALTERNATIVES, scheme.alternatives.iter().flat_map(alternative).collect()),
        sheet(&CASES, scheme.cases.iter().flat_map(case).collect()),
    ]
}

fn sheet(form: &Form, mut rows: Vec<Vec<String>>) -> Sheet {
    rows.insert(0, form.columns.iter().map(|(head, _)| (*head).to_owned()).collect());
    Sheet { name: form.name.to_owned(), rows }
}

fn head(s: &Scheme) -> Vec<Vec<String>> {
    let p = &s.parameters;
    let value = |field: &str| match field {
        "code" => s.code.clone(),
        "title" => s.title.clone(),
        "version" => s.version.clone(),
        "effective_from" => s.effective_from.to_string(),
        "effective_to" => text(s.effective_to),
        "period" => s.period.clone(),
        "total_points" => s.total_points.to_string(),
        "indicator_count" => s.indicator_count.to_string(),
        "applies_to" => s.applies_to.join(JOINT),
        "based_on" => s.based_on.join(JOINT),
        "total_cap" => s.total_cap.to_string(),
        "order" => s.order.iter().map(ToString::to_string).collect::<Vec<_>>().join(JOINT),
        "phases" => s.phases.join(JOINT),
        "self_assessment_days" => p.self_assessment_days.to_string(),
        "publicity_workdays" => p.publicity_workdays.to_string(),
        "spot_recheck_ratio" => p.spot_recheck_ratio.to_string(),
        "rectify_workdays" => p.rectify_workdays.to_string(),
        "self_score_deviation_alert" => p.self_score_deviation_alert.to_string(),
        BONUS_CAP => s.bonus.cap.to_string(),
        PENALTY_CAP => s.penalty.cap.to_string(),
        _ => String::new(),
    };
    PROPERTIES.iter().map(|(head, field)| vec![(*head).to_owned(), value(field)]).collect()
}

const JOINT: &str = "; ";

fn indicators(scheme: &Scheme) -> Vec<Vec<String>> {
    let line = |i: &crate::Indicator| {
        let own = i.parts.first().filter(|_| !i.composite);
        let mut cells = vec![i.code.clone(), i.title.clone(), i.dimension.clone(), i.points.to_string()];
        cells.push(own.map_or("composite", |p| p.method.name()).to_owned());
        cells.push(own.map(|p| p.key.clone()).unwrap_or_default());
        cells.extend(own.map_or_else(|| vec![String::new(); 5], parameters));
        cells.extend([text(i.not_applicable.as_ref()), i.rule.clone(), i.evidence.join(JOINT), i.article.clone()]);
        cells.push(i.articles.iter().map(ToString::to_string).collect::<Vec<_>>().join(JOINT));
        cells.extend([i.confidence.clone(), if i.auto { "是" } else { "否" }.to_owned()]);
        cells
    };
    scheme.indicators.iter().map(line).collect()
}

fn parts(scheme: &Scheme) -> Vec<Vec<String>> {
    let line = |code: &str, p: &Part| {
        let mut cells = row([code, &p.key, p.method.name(), &p.points.to_string()]);
        cells.extend(parameters(p));
        cells
    };
    scheme.indicators.iter().filter(|i| i.composite).flat_map(|i| i.parts.iter().map(move |p| line(&i.code, p))).collect()
}

/// expected, unit, target, bands, bucket.
fn parameters(part: &Part) -> Vec<String> {
    let bucket = part.bucket.clone().unwrap_or_default();
    let band = |b: &Band| format!("{}={}", b.min, b.score);
    let [expected, unit, target, bands] = match &part.method {
        Method::PerMissing { expected, unit } => [expected.to_string(), unit.to_string(), String::new(), String::new()],
        Method::PerEvent { unit } => [String::new(), unit.to_string(), String::new(), String::new()],
        Method::Ratio { target } => [String::new(), String::new(), target.to_string(), String::new()],
        Method::Band { bands } => [String::new(), String::new(), String::new(), bands.iter().map(band).collect::<Vec<_>>().join(JOINT)],
        Method::Boolean => Default::default(),
    };
    vec![expected, unit, target, bands, bucket]
}

fn items(adjustment: &Adjustment) -> Vec<Vec<String>> {
    adjustment.items.iter().map(|i| row([&i.code, &i.title, &i.points.to_string(), &i.per, &i.evidence.join(JOINT)])).collect()
}

fn vetoes(scheme: &Scheme) -> Vec<Vec<String>> {
    let line = |v: &crate::Veto| {
        let name = |name: &Option<String>| name.clone().unwrap_or_default();
        vec![
            v.code.clone(),
            v.title.clone(),
            name(&v.max_grade),
            text(v.max_star),
            name(&v.grade_fixed),
            text(v.star_fixed),
            name(&v.source),
        ]
    };
    scheme.vetoes.iter().map(line).collect()
}

fn views(scheme: &Scheme) -> Vec<Vec<String>> {
    let groups = |v: &'_ crate::View| -> Vec<Vec<String>> {
        v.groups.iter().map(|g| row([&v.code, &v.title, &g.code, &g.title, &g.indicators.join(JOINT)])).collect()
    };
    scheme.views.iter().flat_map(groups).collect()
}

fn alternative(entries: &BTreeMap<String, String>) -> Vec<Vec<String>> {
    let name = entries.get("name").cloned().unwrap_or_default();
    entries.iter().filter(|(key, _)| *key != "name").map(|(key, value)| row([&name, key, value])).collect()
}

fn case(case: &Case) -> Vec<Vec<String>> {
    let mut pairs: Vec<(String, String)> = case.facts.iter().map(|(key, fact)| (format!("input.{key}"), fact.to_string())).collect();
    pairs.extend(case.branches.map(|n| ("input.branches".to_owned(), n.to_string())));
    pairs.extend(case.full_reach.zip(case.full_branches).map(|(line, n)| (format!("input.scoring_ge_{line}"), n.to_string())));
    let expect = &case.expect;
    pairs.extend(expect.scores.iter().map(|(code, points)| (format!("expect_scores.{code}"), points.to_string())));
    pairs.extend(expect.dimensions.iter().map(|(code, points)| (format!("expect_dimension.{code}"), points.to_string())));
    pairs.extend(expect.total.map(|points| ("expect_total".to_owned(), points.to_string())));
    pairs.extend(expect.grade.clone().map(|name| ("expect_grade".to_owned(), name)));
    pairs.extend(expect.star_before_quota.map(|n| ("expect_star_before_quota".to_owned(), n.to_string())));
    pairs.extend(expect.star_max.map(|n| ("expect_star_max".to_owned(), n.to_string())));
    pairs.extend(expect.at_star.iter().filter_map(|(level, n)| Some((format!("expect_{}_star", word(*level)?), n.to_string()))));
    pairs.extend(
        expect.overflow_to.iter().filter_map(|(level, n)| Some((format!("expect_overflow_to_{}_star", word(*level)?), n.to_string()))),
    );
    pairs.into_iter().map(|(key, value)| row([&case.name, &key, &value])).collect()
}

fn word(level: u8) -> Option<&'static str> {
    ["one", "two", "three", "four", "five"].get(usize::from(level).checked_sub(1)?).copied()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).into()
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

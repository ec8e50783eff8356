//! The derivation in words.
use super::{Explanation, Given, Piece};
use crate::sheet::context::Context;
use crate::sheet::pages::{fact_name, fact_value, layer_text, read_as};
use kernel::{Instant, Points};
use scheme::Method;
use scoring::{ConditionTrail, IndicatorTrail, Layer, PartTrail, Source};
use standards::Titles;
use web::{T, Ui};

/// A dimension, or a group of a view, with its indicators.
pub struct Group {
    pub code: String,
    pub title: String,
    pub full: Points,
    pub score: Points,
    pub lines: Vec<Line>,
}

/// One indicator.
pub struct Line {
    pub code: String,
    pub title: String,
    pub article: String,
    /// Addresses and names of the articles it follows from.
    pub articles: Vec<(String, String)>,
    pub verified: bool,
    pub applicable: bool,
    pub points: Points,
    pub full: Points,
    pub score: Points,
    /// What the score comes from, in words.
    pub source: String,
    pub parts: Vec<Part>,
    pub given: Vec<String>,
    pub evidence: Vec<Piece>,
}

/// One metric: name, value with source, formula, result.
pub struct Part {
    pub name: String,
    pub value: Option<String>,
    pub source: String,
    pub formula: String,
    pub earned: String,
}

/// What the result rests on.
pub struct Told {
    /// 0 before 定稿.
    pub version: i64,
    pub missing: Vec<String>,
}

/// `None` if the scheme has no such view.
pub fn groups(ui: &Ui, titles: &Titles, context: &Context, e: &Explanation<'_>, view: Option<&str>) -> Option<Vec<Group>> {
    let report = scoring::report(&context.scheme, view, &e.scored)?;
    let members = |code: &str, i: &IndicatorTrail<'_>| match view.and_then(|v| context.scheme.view(v)) {
        Some(v) => v.groups.iter().any(|g| g.code == code && g.indicators.iter().any(|m| m == i.code)),
        None => i.dimension == code,
    };
    let group = |r: &scoring::ReportLine<'_>| Group {
        code: r.code.to_owned(),
        title: r.title.to_owned(),
        full: r.full,
        score: r.score,
        lines: e.scored.indicators.iter().filter(|i| members(r.code, i)).map(|i| line(ui, titles, e, i)).collect(),
    };
    Some(report.iter().map(group).collect())
}

fn line(ui: &Ui, titles: &Titles, e: &Explanation<'_>, i: &IndicatorTrail<'_>) -> Line {
    let t = ui.t;
    let source = match i.source {
        _ if !i.applicable => i.condition.as_ref().map_or_else(|| t.text("not-applicable").to_string(), |c| set_aside(t, e, c)),
        Source::Facts => t.text("derive-source-facts").with("raw", i.raw.rounded()).to_string(),
        Source::Layer(l) => t.text("derive-source-layer").with("layer", t.text(layer_text(l))).with("raw", i.raw.rounded()).to_string(),
    };
    Line {
        code: i.code.into(),
        title: i.title.into(),
        article: i.article.into(),
        articles: titles.cite(t, i.articles),
        verified: i.verified,
        applicable: i.applicable,
        points: i.points,
        full: i.full,
        score: i.score,
        source,
        // What does not apply has nothing to derive.
        parts: i.parts.iter().filter(|_| i.applicable).map(|p| part(t, e, p)).collect(),
        given: e.scores.iter().filter(|s| s.indicator == i.code).map(|s| given(ui, s)).collect(),
        evidence: e.evidence.get(i.code).cloned().unwrap_or_default(),
    }
}

/// Why an indicator does not apply: the fact of its condition.
fn set_aside(t: T, e: &Explanation<'_>, condition: &ConditionTrail<'_>) -> String {
    let value = e.facts.get(condition.key).map(|f| fact_value(t, read_as(condition), &f.value)).unwrap_or_default();
    let text = t.text("derive-set-aside").with("fact", fact_name(t, condition.key)).with("value", value);
    text.with("source", source(t, e, condition.key)).to_string()
}

fn source(t: T, e: &Explanation<'_>, key: &str) -> String {
    match e.facts.get(key) {
        None => t.text("fact-missing").to_string(),
        Some(f) => match (&f.why, &f.effective) {
            (Some((key, args)), _) => args.iter().fold(t.text(key), |text, (n, v)| text.with(n, v.as_str())).to_string(),
            (None, Some(date)) => t.text("fact-recorded").with("source", f.source.as_str()).with("date", date.as_str()).to_string(),
            (None, None) => t.text("derive-frozen").to_string(),
        },
    }
}

fn part(t: T, e: &Explanation<'_>, p: &PartTrail<'_>) -> Part {
    Part {
        name: fact_name(t, p.key),
        value: e.facts.get(p.key).map(|f| fact_value(t, Some(p.method), &f.value)),
        source: source(t, e, p.key),
        formula: formula(t, p),
        earned: p.earned.rounded().to_string(),
    }
}

fn formula(t: T, p: &PartTrail<'_>) -> String {
    let value = p.value.map(|v| fact_value(t, Some(p.method), &v.to_string())).unwrap_or_default();
    let of = |key: &'static str| t.text(key).with("points", p.points).with("value", value.as_str());
    match p.method {
        _ if p.value.is_none() => of("formula-missing").to_string(),
        Method::PerMissing { expected, unit } => of("formula-per-missing").with("expected", expected).with("unit", unit).to_string(),
        Method::PerEvent { unit } => of("formula-per-event").with("unit", unit).to_string(),
        Method::Ratio { target } => of("formula-ratio").with("target", fact_value(t, Some(p.method), &target.to_string())).to_string(),
        Method::Band { .. } => of("formula-band").to_string(),
        Method::Boolean => of("formula-boolean").to_string(),
    }
}

fn given(ui: &Ui, s: &Given) -> String {
    let layer = Layer::parse(&s.layer).map_or("layer-self", layer_text);
    let text = ui.t.text("derive-given").with("layer", ui.t.text(layer)).with("score", s.score.as_str()).with("by", s.by.as_str());
    text.with("at", ui.clock().business_time(Instant(s.at))).with("reason", s.reason.as_str()).to_string()
}

/// What would reach the next star, in sentences.
pub fn next(t: T, e: &Explanation<'_>) -> Vec<String> {
    let Some(n) = &e.next_star else { return vec![t.text("next-none").to_string()] };
    let level = i64::from(n.level);
    let key = if n.short > Points::ZERO { "next-short" } else { "next-reached" };
    let mut all = vec![t.text(key).with("level", level).with("line", n.line).with("short", n.short).to_string()];
    all.extend(n.held_by.iter().map(|v| t.text("next-held").with("veto", *v).to_string()));
    if let Some(q) = n.quota {
        let last = q.last_total.map(|p| p.to_string()).unwrap_or_default();
        all.push(t.text("next-quota").with("places", i64::from(q.places)).with("last", last).to_string());
    }
    let name = |code: &str| match e.scored.indicators.iter().find(|i| i.code == code) {
        Some(i) => format!("{code} {}", i.title),
        None => code.to_owned(),
    };
    all.extend(
        n.gains.iter().take(5).map(|g| t.text("next-gain").with("indicator", name(g.indicator)).with("points", g.points).to_string()),
    );
    all
}

pub fn told(t: T, e: &Explanation<'_>) -> Told {
    Told { version: e.version, missing: e.scored.missing.iter().map(|key| fact_name(t, key)).collect() }
}

//! The page and the JSON of an explanation.
use super::explain::{Explanation, Source as Fact, explain};
use crate::SheetRead;
use crate::sheet::context::{self, Context};
use crate::sheet::pages::{fact_name, layer_text};
use access::Grant;
use askama::Template;
use axum::response::{IntoResponse, Response};
use facts::Suppliers;
use kernel::{Points, SheetId};
use scoring::{IndicatorTrail, PartTrail, Source, report};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::{Asked, At, Crumb, Page, T, Ui};

/// An indicator as the page explains it.
struct Line {
    code: String,
    title: String,
    article: String,
    verified: bool,
    full: Points,
    score: Points,
    applicable: bool,
    /// Who gave it: a layer, or the facts.
    source: String,
    /// What was read and earned, and where it comes from.
    parts: Vec<(String, String)>,
    rule: String,
}

struct Total {
    code: String,
    title: String,
    full: Points,
    score: Points,
}

#[derive(Template)]
#[template(path = "why/page.html")]
struct Why {
    t: T,
    crumbs: Vec<Crumb>,
    context: Context,
    total: Points,
    grade: String,
    base: Points,
    bonus: Points,
    penalty: Points,
    vetoes: Vec<String>,
    missing: Vec<String>,
    lines: Vec<Line>,
    totals: Vec<Total>,
    views: Vec<(String, String)>,
    view: String,
    next: Option<(u8, Points)>,
}

#[derive(Deserialize, Default)]
pub struct Query {
    view: Option<String>,
}

pub async fn page(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(SheetId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    let suppliers = ui.app.shared::<Suppliers>()?;
    let e = explain(&ui.db, &suppliers, &context, ui.today(), false).await?;
    let view = q.view.filter(|v| context.scheme.view(v).is_some()).unwrap_or_default();
    let of = if view.is_empty() { None } else { Some(view.as_str()) };
    let totals = report(&context.scheme, of, &e.scored).unwrap_or_default();
    let o = &e.scored.outcome;
    let total = ui.t.text("sheet-why").with("total", o.total).to_string();
    let body = Why {
        t: ui.t,
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&context.sheet.name, format!("/sheets/{id}")),
            Crumb::here(&total),
        ],
        total: o.total,
        grade: o.grade.to_owned(),
        base: o.base,
        bonus: o.bonus,
        penalty: o.penalty,
        vetoes: e.scored.vetoes.iter().map(|v| format!("{} {}", v.code, v.title)).collect(),
        missing: e.scored.missing.iter().map(|k| fact_name(ui.t, k)).collect(),
        lines: e.scored.indicators.iter().map(|i| line(ui.t, &context, &e.facts, i)).collect(),
        totals: totals
            .into_iter()
            .map(|l| Total { code: l.code.to_owned(), title: l.title.to_owned(), full: l.full, score: l.score })
            .collect(),
        views: context.scheme.views.iter().map(|v| (v.code.clone(), v.title.clone())).collect(),
        view,
        next: next(&e),
        context: context.clone(),
    };
    ui.titled("assessment/why/page.html", total, body).await
}

fn line(t: T, context: &Context, known: &BTreeMap<String, Fact>, i: &IndicatorTrail<'_>) -> Line {
    let part = |p: &PartTrail<'_>| {
        let value = p.value.map_or_else(|| t.text("fact-missing").to_string(), |v| v.to_string());
        let source = known.get(p.key).map(|f| said(t, f)).unwrap_or_default();
        (format!("{} {value} → {} / {}", fact_name(t, p.key), p.earned.rounded(), p.points), source)
    };
    let source = match i.source {
        Source::Facts => t.text("why-from-facts").to_string(),
        Source::Layer(l) => t.text(layer_text(l)).to_string(),
    };
    Line {
        code: i.code.into(),
        title: i.title.into(),
        article: i.article.into(),
        verified: i.verified,
        full: i.full,
        score: i.score,
        applicable: i.applicable,
        source,
        parts: i.parts.iter().map(part).collect(),
        rule: context.scheme.indicator(i.code).map(|x| x.rule.clone()).unwrap_or_default(),
    }
}

/// Where a fact comes from, in words.
fn said(t: T, fact: &Fact) -> String {
    match &fact.why {
        Some((key, args)) => args.iter().fold(t.text(key), |text, (n, v)| text.with(n, v.as_str())).to_string(),
        None => fact.source.clone(),
    }
}

/// The next star, and what is missing to its line.
fn next(e: &Explanation<'_>) -> Option<(u8, Points)> {
    e.next_star.as_ref().map(|n| (n.level, n.short))
}

/// The whole derivation as JSON: the total can be re-added from its leaves.
pub async fn json(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Response> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    let suppliers = ui.app.shared::<Suppliers>()?;
    let e = explain(&ui.db, &suppliers, &context, ui.today(), false).await?;
    let text = serde_json::to_string(&e).map_err(kernel::Error::internal)?;
    Ok(([("content-type", "application/json")], text).into_response())
}

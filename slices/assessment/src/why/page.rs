//! /sheets/{sheet}/why: indicator by indicator, by dimension or by a view of the scheme.
use super::view::{Group, Told, groups, told};
use super::{Explanation, explain};
use crate::sheet::context::Context;
use crate::sheet::door;
use access::{Grant, SignedIn};
use askama::Template;
use facts::Suppliers;
use kernel::{Error, Points, SheetId};
use serde::Deserialize;
use web::{Asked, At, Crumb, Page, T, Ui};

#[derive(Deserialize, Default)]
pub struct Query {
    view: Option<String>,
}

/// A tab: a view's code (empty: by dimension) and title.
pub struct Tab {
    pub code: String,
    pub title: String,
    pub here: bool,
}

#[derive(Template)]
#[template(path = "why/show.html")]
struct Why {
    t: T,
    crumbs: Vec<Crumb>,
    context: Context,
    title: String,
    total: Points,
    grade: String,
    star: Option<u8>,
    base: Points,
    sum: Points,
    counted: Points,
    of: Points,
    scaled: bool,
    /// Indicators that do not apply.
    skipped: usize,
    /// Bonus and penalty: title, count, points each, amount.
    bonus: Vec<(String, String, Points, Points)>,
    penalty: Vec<(String, String, Points, Points)>,
    bonus_counted: Points,
    penalty_counted: Points,
    vetoes: Vec<String>,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    next: Vec<String>,
    told: Told,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let context = door::open(&ui.db, &grant, id).await?.context;
    let suppliers = ui.app.shared::<Suppliers>()?;
    let e = explain(&ui.db, &suppliers, &context, ui.today(), false).await?;
    let view = q.view.as_deref().filter(|v| !v.is_empty());
    let titles = standards::titles(&ui.db).await?;
    let groups = groups(&ui, &titles, &context, &e, view).ok_or_else(Error::not_found)?;
    let title = ui.t.text("sheet-why").with("total", e.scored.outcome.total).to_string();
    let body = body(&ui, &context, &e, view, groups, title.clone());
    ui.titled("assessment/why/show.html", title, body).await
}

fn body(ui: &Ui, context: &Context, e: &Explanation<'_>, view: Option<&str>, groups: Vec<Group>, title: String) -> Why {
    let (s, o) = (&e.scored, &e.scored.outcome);
    let lines = |a: &scoring::AdjustmentTrail<'_>| {
        a.items.iter().map(|i| (format!("{} {}", i.code, i.title), i.count.to_string(), i.points, i.amount)).collect()
    };
    Why {
        t: ui.t,
        crumbs: crumbs(ui, context, &title),
        title,
        total: o.total,
        grade: o.grade.to_owned(),
        star: e.standing.map_or(o.star_before_quota, |s| s.star),
        base: o.base,
        sum: s.sum,
        counted: s.counted_points,
        of: s.total_points,
        skipped: s.indicators.iter().filter(|i| !i.applicable).count(),
        scaled: s.counted_points != s.total_points,
        bonus: lines(&s.bonus),
        penalty: lines(&s.penalty),
        bonus_counted: o.bonus,
        penalty_counted: o.penalty,
        vetoes: s.vetoes.iter().map(|v| format!("{} {}", v.code, v.title)).collect(),
        tabs: tabs(ui, context, view),
        groups,
        next: super::view::next(ui.t, e),
        told: told(ui.t, e),
        context: context.clone(),
    }
}

fn crumbs(ui: &Ui, c: &Context, title: &str) -> Vec<Crumb> {
    vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(&c.cycle.title, format!("/assess/{}", c.cycle.id)),
        Crumb::link(&c.sheet.name, format!("/sheets/{}", c.sheet.id)),
        Crumb::here(title),
    ]
}

fn tabs(ui: &Ui, c: &Context, view: Option<&str>) -> Vec<Tab> {
    let first = Tab { code: String::new(), title: ui.t.text("derive-by-dimension").to_string(), here: view.is_none() };
    let of = |v: &scheme::View| Tab { code: v.code.clone(), title: v.title.clone(), here: view == Some(v.code.as_str()) };
    std::iter::once(first).chain(c.scheme.views.iter().map(of)).collect()
}

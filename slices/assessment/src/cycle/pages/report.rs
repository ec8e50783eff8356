//! A cycle's report: branch by branch, by the six standards (dimensions) or by a view of the scheme (S43). Either way the
//! heads add to the scheme's points, and a line to what its indicators give.
use crate::SheetRead;
use crate::cycle::{Cycle, store};
use crate::sheet::input;
use crate::sheet::listing as sheets;
use crate::sheet::store::Sheet;
use access::Grant;
use askama::Template;
use db::Tx;
use facts::Suppliers;
use kernel::{CycleId, Error, Points, SheetId};
use scheme::Scheme;
use scoring::{BranchInput, Scorer, report};
use serde::Deserialize;
use web::{Asked, At, Crumb, Page, Pager, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
pub struct Query {
    view: Option<String>,
    after: Option<String>,
}

/// A way to group the indicators: a view's code (empty: by dimension) and title.
struct Tab {
    code: String,
    title: String,
    here: bool,
}

/// A group and the points it is worth in the scheme.
struct Head {
    title: String,
    points: Points,
}

/// One branch: `None` where nothing of a group applies to it.
struct Line {
    sheet: SheetId,
    name: String,
    scores: Vec<Option<Points>>,
    sum: Points,
}

#[derive(Template)]
#[template(path = "cycle/report.html")]
struct Report {
    t: T,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    tabs: Vec<Tab>,
    heads: Vec<Head>,
    all: Points,
    lines: Vec<Line>,
    pager: Pager,
}

impl Report {
    /// Six standards of six letters stand beside a branch's name without being broken.
    fn short(&self) -> bool {
        self.heads.len() <= 6 && self.heads.iter().all(|h| h.title.chars().count() <= 6)
    }
}

pub async fn page(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (suppliers, day, reach, after) = (ui.app.shared::<Suppliers>()?, ui.today(), grant.reach(), q.after);
    let read = async move |tx: &mut Tx<'_>| {
        let cycle = store::one(tx, &grant, id).await?;
        let page = sheets::page(tx, id, &reach, after.as_deref(), PAGE).await?;
        let last = page.last().filter(|_| page.len() as i64 == PAGE).map(|s| s.code.clone());
        let page = sheets::within(tx, &grant, page).await?;
        let known = input::of_many(tx, &suppliers, &cycle, &page, day).await?;
        Ok((page.into_iter().zip(known).collect(), cycle, last))
    };
    let (inputs, cycle, last) = ui.db.read(read).await?;
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let view = q.view.as_deref().filter(|v| !v.is_empty());
    let heads = heads(&scheme, view).ok_or_else(Error::not_found)?;
    let next = last
        .and_then(|code| serde_urlencoded::to_string([("view", view.unwrap_or_default()), ("after", &code)]).ok())
        .map(|asked| format!("/assess/{id}/report?{asked}"));
    let body = Report {
        t: ui.t,
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("report-title")),
        ],
        tabs: tabs(&ui, &scheme, view),
        all: heads.iter().map(|h| h.points).sum(),
        heads,
        lines: lines(&scheme, view, inputs),
        pager: Pager { before: None, after: next, note: String::new() },
        cycle,
    };
    ui.page("assessment/cycle/report.html", "report-title", body).await
}

/// `None` if the scheme has no such view.
fn heads(scheme: &Scheme, view: Option<&str>) -> Option<Vec<Head>> {
    let Some(view) = view else {
        return Some(scheme.dimensions.iter().map(|d| Head { title: d.title.clone(), points: d.points }).collect());
    };
    let points = |codes: &[String]| scheme.indicators.iter().filter(|i| codes.contains(&i.code)).map(|i| i.points).sum();
    let view = scheme.view(view)?;
    Some(view.groups.iter().map(|g| Head { title: g.title.clone(), points: points(&g.indicators) }).collect())
}

fn lines(scheme: &Scheme, view: Option<&str>, inputs: Vec<(Sheet, BranchInput)>) -> Vec<Line> {
    let scorer = Scorer::new(scheme);
    let line = |(sheet, input): (Sheet, BranchInput)| {
        let scored = scorer.score(&input);
        let groups = report(scheme, view, &scored).unwrap_or_default();
        Line {
            sheet: sheet.id,
            name: sheet.name,
            scores: groups.iter().map(|g| (g.full > Points::ZERO).then_some(g.score)).collect(),
            sum: groups.iter().map(|g| g.score).sum(),
        }
    };
    inputs.into_iter().map(line).collect()
}

fn tabs(ui: &Ui, scheme: &Scheme, view: Option<&str>) -> Vec<Tab> {
    let first = Tab { code: String::new(), title: ui.t.text("derive-by-dimension").to_string(), here: view.is_none() };
    let of = |v: &scheme::View| Tab { code: v.code.clone(), title: v.title.clone(), here: view == Some(v.code.as_str()) };
    std::iter::once(first).chain(scheme.views.iter().map(of)).collect()
}

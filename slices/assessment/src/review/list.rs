//! The committee's list: every sheet within reach with its layers' totals and differences.
use super::survey::{Surveyed, View, survey};
use super::view::columns;
use super::{OpenMatters, open_matters};
use crate::ReviewRead;
use crate::cycle::{self, Cycle};
use crate::sheet::listing as sheets;
use crate::sheet::pages::layer_text;
use access::Grant;
use askama::Template;
use facts::Suppliers;
use kernel::{CycleId, Points, SheetId};
use scoring::Layer;
use serde::Deserialize;
use web::{Asked, At, Crumb, Page, Pager, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "review/list.html")]
struct List {
    t: T,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    limit: Points,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    /// Counted only when asked for: its cost grows with the branches.
    open: Option<OpenMatters>,
    pager: Pager,
}

pub struct Row {
    pub sheet: SheetId,
    pub code: String,
    pub name: String,
    pub total: Option<Points>,
    pub grade: String,
    pub cells: Vec<Option<Points>>,
    /// Differences of the totals, and whether each is still to be explained.
    pub marks: Vec<(String, bool)>,
    /// How many indicators differ between layers.
    pub indicators: usize,
    pub owed: usize,
    pub waiting: i64,
}

impl List {
    /// Where its files are.
    fn export(&self) -> String {
        format!("/assess/{}/review/export", self.cycle.id)
    }
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<String>,
    /// `open` counts what is open in the whole cycle.
    count: Option<String>,
}

pub async fn page(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| cycle::store::one(tx, &g, id).await).await?;
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let (suppliers, day, reach, c, s) = (ui.app.shared::<Suppliers>()?, ui.today(), grant.reach(), cycle.clone(), scheme.clone());
    let counted = q.count.as_deref() == Some("open");
    let (found, last, open) = ui
        .db
        .read(async move |tx| {
            let view = View { suppliers: &suppliers, scheme: &s, cycle: &c, day };
            let mut found = survey(tx, &view, &reach, q.after.as_deref(), PAGE).await?;
            let last = found.last().filter(|_| found.len() as i64 == PAGE).map(|s| s.sheet.code.clone());
            let within = sheets::within(tx, &grant, found.iter().map(|s| s.sheet.clone()).collect()).await?;
            found.retain(|s| within.iter().any(|w| w.id == s.sheet.id));
            Ok((found, last, if counted { Some(open_matters(tx, &view).await?) } else { None }))
        })
        .await?;
    let next =
        last.and_then(|code| serde_urlencoded::to_string([("after", code)]).ok()).map(|after| format!("/assess/{id}/review?{after}"));
    let shown = shown(found.iter().any(|s| columns(&s.totals).contains(&Layer::Mutual)));
    let body = List {
        t: ui.t,
        crumbs: crumbs(&ui, &cycle),
        limit: scheme.parameters.self_score_deviation_alert,
        rows: found.iter().map(|s| row(s, &shown)).collect(),
        columns: shown.iter().map(|l| layer_text(*l)).collect(),
        open,
        pager: Pager { after: next, ..Pager::default() },
        cycle,
    };
    ui.page("assessment/review/list.html", "review-list", body).await
}

/// The columns its sheets need: mutual inspection has one only where it was used.
pub fn shown(mutual: bool) -> Vec<Layer> {
    Layer::ALL.into_iter().filter(|l| *l != Layer::Mutual || mutual).collect()
}

pub fn row(s: &Surveyed, columns: &[Layer]) -> Row {
    let total = |m: &&super::layers::Mark| m.subject == super::layers::TOTAL;
    let mut indicators: Vec<&str> = s.marks.iter().filter(|m| !total(m)).map(|m| m.subject.as_str()).collect();
    indicators.dedup();
    Row {
        sheet: s.sheet.id,
        code: s.sheet.code.clone(),
        name: s.sheet.name.clone(),
        total: s.sheet.total,
        grade: s.sheet.grade.clone().unwrap_or_default(),
        cells: columns.iter().map(|l| s.totals.get(*l)).collect(),
        marks: s.marks.iter().filter(total).map(|m| (m.signed(), m.owed())).collect(),
        indicators: indicators.len(),
        owed: s.owed(),
        waiting: s.waiting,
    }
}

fn crumbs(ui: &Ui, cycle: &Cycle) -> Vec<Crumb> {
    let name = ui.t.text("cycle-of-year").with("year", cycle.year);
    vec![Crumb::link(name, format!("/assess/{}", cycle.id)), Crumb::here(ui.t.text("review-list"))]
}

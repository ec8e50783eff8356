//! 总览: the figures of every level of the tree, kept as results change, each linked to its rows.
use access::Grant;
use askama::Template;
use assessment::cycle::{self, Cycle};
use db::Db;
use figures::{between, children, children_between, day_metric, of};
use kernel::{BusinessDate, Error, Instant, OrgPath, Result};
use rectification::problem::list::{ALWAYS, Asked as Wanted, START, Which, page as problems};
use rectification::{CLOSED, DUE, OPEN, Problem};
use serde::Deserialize;
use web::{Asked, GradeBar, Group, MenuEntry, Page, Routes, Slice, T, Ui};

access::permissions! {
    /// See the figures of one's subtree.
    OverviewRead = "overview.read";
}

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("overview").get("/overview", page),
        migrations: &[],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/overview.ftl")),
            ("en", include_str!("../../../content/locales/en/overview.ftl")),
        ],
        menu: vec![MenuEntry::of::<OverviewRead>(Group::Desk, "menu-overview", "/overview", "home")],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

/// One place of the tree with its kept figures.
struct Row {
    path: OrgPath,
    name: String,
    level: usize,
    /// Whether something stands below it; its own address opens or closes it.
    open: bool,
    branches: i64,
    submitted: i64,
    bar: GradeBar,
    pending: i64,
    closed: i64,
    late: i64,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct Overview {
    t: T,
    cycles: Vec<Cycle>,
    cycle: Option<Cycle>,
    top: Option<Row>,
    rows: Vec<Row>,
    late: Vec<Problem>,
    at: String,
}

#[derive(Deserialize, Default)]
pub struct Query {
    cycle: Option<String>,
    open: Option<String>,
}

pub async fn page(grant: Grant<OverviewRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycles = seen(&ui.db, &grant).await?;
    let cycle = cycles.iter().find(|c| Some(c.id.to_string()) == q.cycle).or(cycles.first()).cloned();
    let (mut top, mut rows) = (None, Vec::new());
    if let Some(c) = &cycle {
        let place = place(&ui.db, &grant, c).await?;
        let open = q.open.as_deref().map(OrgPath::parse).transpose()?.filter(|p| place.covers(p));
        let asked = Asking::of(&ui.db, c, ui.today()).await?;
        top = Some(asked.row(&ui.db, place.clone(), 0, true).await?);
        for child in asked.below(&ui.db, &place).await? {
            let opened = open.as_ref().is_some_and(|o| child.path.covers(o));
            let path = child.path.clone();
            rows.push(Row { open: opened, ..child });
            if opened {
                rows.extend(asked.below(&ui.db, &path).await?.into_iter().map(|r| Row { level: 2, ..r }));
            }
        }
    }
    let due = (ALWAYS.0, ui.today().number() - 1);
    let wanted = Wanted { scope: grant.scope(), which: Which::Open, due, board: None, after: START, limit: 5 };
    let late = ui.db.read(async move |tx| problems(tx, &wanted).await).await?;
    let at = ui.clock().hour_minute(Instant::now());
    ui.page("overview/overview/page.html", "menu-overview", Overview { t: ui.t, cycles, cycle, top, rows, late, at }).await
}

/// Cycles that concern the grant's reach, newest first.
async fn seen(db: &Db, grant: &Grant<OverviewRead>) -> Result<Vec<Cycle>> {
    let (all, g) = (cycle::store::all(db).await?, grant.clone());
    let seen = db.read(async move |tx| {
        let mut seen = Vec::new();
        for c in &all {
            seen.extend(cycle::store::one(tx, &g, c.id).await.ok());
        }
        Ok(seen)
    });
    Ok(seen.await?)
}

/// Where the figures start: the widest post, or the cycle's root if that stands below it.
async fn place(db: &Db, grant: &Grant<OverviewRead>, c: &Cycle) -> Result<OrgPath> {
    let root = tree::path(db, c.root).await?.ok_or_else(Error::not_found)?;
    Ok(grant.scope().top.filter(|top| root.covers(top)).unwrap_or(root))
}

/// What is asked of every place: the metrics of this cycle on this day.
struct Asking {
    board: String,
    opened: BusinessDate,
    today: BusinessDate,
    grades: Vec<String>,
}

impl Asking {
    async fn of(db: &Db, c: &Cycle, today: BusinessDate) -> Result<Self> {
        let scheme = standards::scheme(db, c.scheme()).await?;
        let grades = scheme.grades.iter().map(|g| g.name.clone()).collect();
        Ok(Self { board: c.id.to_string(), opened: c.opened, today, grades })
    }
    fn metrics(&self) -> Vec<String> {
        let fixed = ["branches", "self:submitted", OPEN, CLOSED];
        fixed.iter().map(|m| (*m).to_owned()).chain(self.grades.iter().map(|g| format!("grade:{g}"))).collect()
    }
    /// Overdue is a sum over due dates, so midnight changes nothing that is kept.
    fn days(&self) -> (String, String) {
        (day_metric(DUE, BusinessDate::from_number(0)), day_metric(DUE, self.today))
    }
    async fn row(&self, db: &Db, path: OrgPath, level: usize, open: bool) -> Result<Row> {
        let metrics = self.metrics();
        let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
        let values = of(db, &self.board, &path, &names).await?;
        let (first, end) = self.days();
        let late = between(db, &self.board, &path, &first, &end).await?;
        let name = self.name(db, &path).await?;
        Ok(self.made(path, name, level, open, &values, late))
    }
    async fn below(&self, db: &Db, path: &OrgPath) -> Result<Vec<Row>> {
        let metrics = self.metrics();
        let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
        let (first, end) = self.days();
        let late = children_between(db, &self.board, Some(path), &first, &end).await?;
        let mut rows = Vec::new();
        for child in children(db, &self.board, Some(path), &names).await? {
            let n = late.iter().find(|l| l.path == child.path).and_then(|l| l.values.first().copied()).unwrap_or(0);
            let name = self.name(db, &child.path).await?;
            rows.push(self.made(child.path, name, 1, false, &child.values, n));
        }
        Ok(rows)
    }
    /// The cycle's copy of the tree names places as they stood on its opening day.
    async fn name(&self, db: &Db, path: &OrgPath) -> Result<String> {
        let (path, day) = (path.clone(), self.opened);
        let found = db.read(async move |tx| {
            let Some(org) = tree::org_at(tx, &path, day).await? else { return Ok(None) };
            Ok(organisations::named(tx, &[org]).await?.into_iter().next().map(|o| o.name))
        });
        Ok(found.await?.unwrap_or_default())
    }
    fn made(&self, path: OrgPath, name: String, level: usize, open: bool, values: &[i64], late: i64) -> Row {
        let get = |i: usize| values.get(i).copied().unwrap_or(0);
        let parts = self.grades.iter().enumerate().map(|(i, g)| (g.clone(), get(4 + i))).collect();
        Row { path, name, level, open, branches: get(0), submitted: get(1), pending: get(2), closed: get(3), late, bar: GradeBar { parts } }
    }
}

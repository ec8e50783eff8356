//! `/overview`: one cycle, from the reader's own place downwards.
use super::category::{Category, categories};
use super::{Asking, Row};
use crate::OverviewRead;
use access::Grant;
use askama::Template;
use assessment::cycle::{self, Cycle};
use db::Db;
use kernel::{Error, Instant, OrgPath, Result};
use rectification::Problem;
use rectification::problem::list::{ALWAYS, Asked as Wanted, START, Which, page as problems};
use serde::Deserialize;
use web::{Asked, Page, T, Ui};

/// Overdue problems beside the table; the rest is one link away.
const LATE: i64 = 5;

#[derive(Deserialize, Default)]
pub struct Query {
    cycle: Option<String>,
    open: Option<String>,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct Overview {
    t: T,
    cycles: Vec<Cycle>,
    shown: Option<Shown>,
    at: String,
}

impl Overview {
    /// The only one of its year: the year says which it is, and a phone has room for it.
    fn alone(&self, cycle: &Cycle) -> bool {
        self.cycles.iter().filter(|c| c.year == cycle.year).count() == 1
    }
}

/// A cycle's figures.
struct Shown {
    cycle: Cycle,
    whole: Row,
    rows: Vec<Row>,
    categories: Vec<Category>,
    late: Vec<Problem>,
}

pub async fn page(grant: Grant<OverviewRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycles = seen(&ui.db, &grant).await?;
    let chosen = cycles.iter().find(|c| Some(c.id.to_string()) == q.cycle).or(cycles.first());
    let shown = match chosen {
        Some(cycle) => Some(shown(&ui, &grant, cycle.clone(), q.open.as_deref()).await?),
        None => None,
    };
    let at = ui.clock().hour_minute(Instant::now());
    ui.page("overview/overview/page.html", "menu-overview", Overview { t: ui.t, cycles, shown, at }).await
}

async fn shown(ui: &Ui, grant: &Grant<OverviewRead>, cycle: Cycle, open: Option<&str>) -> Result<Shown> {
    let top = top(&ui.db, grant, &cycle).await?;
    let open = open.filter(|open| !open.is_empty()).map(OrgPath::parse).transpose()?.filter(|path| top.covers(path));
    let asking = Asking::of(&ui.db, &cycle, ui.today()).await?;
    let due = (ALWAYS.0, ui.today().number() - 1);
    let (scope, board) = (grant.scope(), Some(asking.board.clone()));
    let wanted = Wanted { scope, which: Which::Open, due, board, place: Some((top.to_string(), top.end())), after: START, limit: LATE };
    Ok(Shown {
        whole: asking.whole(&ui.db, &top).await?,
        rows: asking.tree(&ui.db, &top, open.as_ref()).await?,
        categories: categories(&ui.db, &asking, &top).await?,
        late: ui.db.read(async move |tx| problems(tx, &wanted).await).await?,
        cycle,
    })
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
async fn top(db: &Db, grant: &Grant<OverviewRead>, c: &Cycle) -> Result<OrgPath> {
    let root = tree::path(db, c.root).await?.ok_or_else(Error::not_found)?;
    Ok(grant.scope().top.filter(|top| root.covers(top)).unwrap_or(root))
}

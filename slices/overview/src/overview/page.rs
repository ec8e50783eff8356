//! `/overview`: one cycle, from the reader's own place downwards, or from all of them together.
use super::at::At;
use super::category::{Category, categories};
use super::place::named;
use super::star::{Star, stars};
use super::{Asking, Figures, Line};
use crate::OverviewRead;
use access::{Grant, first};
use askama::Template;
use assessment::cycle::phase::Phase;
use assessment::cycle::{self, Cycle};
use db::Db;
use kernel::{Error, OrgPath, Result};
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
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct Overview {
    t: T,
    cycles: Vec<Cycle>,
    shown: Option<Shown>,
}

impl Overview {
    /// The only one of its year: the year says which it is, and a phone has room for it.
    fn alone(&self, cycle: &Cycle) -> bool {
        self.cycles.iter().filter(|c| c.year == cycle.year).count() == 1
    }
}

impl Shown {
    /// Whose year and whose place it is, for paper.
    fn limits(&self) -> Vec<String> {
        std::iter::once(self.cycle.title.clone()).chain(self.name.clone()).collect()
    }
}

/// A cycle's figures.
struct Shown {
    cycle: Cycle,
    /// The reader's one place; `None` where there are several.
    name: Option<String>,
    whole: Figures,
    lines: Vec<Line>,
    categories: Vec<Category>,
    late: Vec<Problem>,
    /// Before 定稿 those that branches have by themselves.
    stars: Vec<Star>,
    /// The same of the place that is open, by its name.
    open: Option<(String, Vec<Star>)>,
}

pub async fn page(grant: Grant<OverviewRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycles = cycle::store::seen(&ui.db, &grant).await?;
    let chosen = cycles.iter().find(|c| Some(c.id.to_string()) == q.cycle).or(cycle::begun(&cycles));
    let shown = match chosen {
        Some(cycle) => Some(shown(&ui, &grant, cycle.clone(), &q).await?),
        None => None,
    };
    ui.page("overview/overview/page.html", "menu-overview", Overview { t: ui.t, cycles, shown }).await
}

async fn shown(ui: &Ui, grant: &Grant<OverviewRead>, cycle: Cycle, q: &Query) -> Result<Shown> {
    let tops = tops(&ui.db, grant, &cycle).await?;
    let at = At::parse(q.open.as_deref(), q.from.as_deref(), &tops)?;
    let asking = Asking::of(&ui.db, &cycle, ui.today()).await?;
    Ok(Shown {
        name: name(&ui.db, &tops, &cycle).await?,
        whole: asking.whole(&ui.db, &tops).await?,
        lines: asking.tree(&ui.db, &tops, &at).await?,
        categories: categories(&ui.db, &asking, &tops).await?,
        stars: stars(&ui.db, &asking, &cycle, &tops).await?,
        open: opened(&ui.db, &asking, &cycle, &at).await?,
        late: late(ui, grant, &asking, tops).await?,
        cycle,
    })
}

/// The stars of the place that is open.
async fn opened(db: &Db, asking: &Asking, cycle: &Cycle, at: &At) -> Result<Option<(String, Vec<Star>)>> {
    let Some(place) = at.place() else { return Ok(None) };
    let name = named(db, vec![place.clone()], cycle.opened).await?.pop().map(|place| place.name);
    let stars = stars(db, asking, cycle, &[place]).await?;
    Ok(name.filter(|_| !stars.is_empty()).map(|name| (name, stars)))
}

/// The name of the reader's only place, if there is one and it stood on the opening day.
async fn name(db: &Db, tops: &[OrgPath], cycle: &Cycle) -> Result<Option<String>> {
    let [top] = tops else { return Ok(None) };
    Ok(Some(named(db, vec![top.clone()], cycle.opened).await?.pop().map(|place| place.name).unwrap_or_default()))
}

/// What is overdue, as the figures count it: by where it stands in the cycle's copy of the tree.
async fn late(ui: &Ui, grant: &Grant<OverviewRead>, asking: &Asking, tops: Vec<OrgPath>) -> Result<Vec<Problem>> {
    let (reach, board, due) = (grant.reach(), Some(asking.board.clone()), (ALWAYS.0, ui.today().number() - 1));
    let wanted = Wanted { reach, which: Which::Open, due, board, places: Vec::new(), after: START, limit: LATE };
    let found = ui.db.read(async move |tx| {
        let mut late = Vec::new();
        for top in &tops {
            let of_one = Wanted { places: vec![(top.to_string(), top.end())], ..wanted.clone() };
            late.extend(problems(tx, &of_one).await?);
        }
        Ok(first(late, LATE, |a, b| a.place().cmp(&b.place())))
    });
    Ok(found.await?)
}

/// Where the figures start: the reader's posts below the cycle's root, or the root if a post stands at or above it.
async fn tops(db: &Db, grant: &Grant<OverviewRead>, c: &Cycle) -> Result<Vec<OrgPath>> {
    let (root, reach) = (tree::path(db, c.root).await?.ok_or_else(Error::not_found)?, grant.reach());
    if reach.covers(&root) {
        return Ok(vec![root]);
    }
    Ok(reach.tops().filter(|top| root.covers(top)).cloned().collect())
}

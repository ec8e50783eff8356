//! 导出当前表: exactly what the filter shows, as xlsx or csv.
use super::Card;
use super::list::{rows, wanted};
use super::query::Query;
use crate::ProblemRead;
use access::Grant;
use accounts::calendar_now;
use audit::Event;
use axum::response::Response;
use serde::Deserialize;
use tabular::{Cell, Column};
use web::{Asked, CHUNK, Rows, T, Table, Ui};

#[derive(Deserialize, Default, Clone)]
pub struct Export {
    format: Option<String>,
    f: Option<String>,
    org: Option<String>,
    cycle: Option<String>,
    under: Option<String>,
}

pub async fn get(grant: Grant<ProblemRead>, ui: Ui, Asked(e): Asked<Export>) -> web::Result<Response> {
    let q = Query { view: None, f: e.f, org: e.org, cycle: e.cycle, under: e.under, after: None };
    let (t, wanted, calendar) = (ui.t, wanted(&ui, &grant, &q).await?, calendar_now(&ui).await?);
    let read = (ui.clone(), grant.clone(), q.clone(), calendar);
    let rows = Rows::behind(wanted, move |mut wanted| {
        let (ui, g, q, calendar) = read.clone();
        async move {
            let chunk = rows(&ui, &g, &q, &wanted, &calendar, CHUNK).await?;
            let Some(last) = chunk.last() else { return Ok(None) };
            wanted.after = last.p.place();
            Ok(Some((chunk.iter().map(|card| cells(t, card)).collect(), wanted)))
        }
    });
    let event = Event::new("problem.export", "problems").with("filter", q.filter().name());
    let table = Table {
        file: "problems".into(),
        title: t.text("menu-problems").to_string(),
        columns: columns(t),
        rows,
        asked: asked(&ui, &q).await?,
    };
    ui.export(&grant, event, e.format.as_deref().unwrap_or_default(), table).await
}

/// What the list is limited to, in words.
pub(super) async fn asked(ui: &Ui, q: &Query) -> web::Result<Vec<String>> {
    let (org, under, today) = (q.organisation()?, q.under()?, ui.today());
    let orgs = ui.db.read(async move |tx| {
        let mut orgs: Vec<_> = org.into_iter().collect();
        for path in &under {
            orgs.extend(tree::org_at(tx, path, today).await?);
        }
        organisations::named(tx, &orgs).await
    });
    let named = orgs.await?.into_iter().map(|o| o.name);
    Ok(std::iter::once(ui.t.text(q.filter().text()).to_string()).chain(named).collect())
}

fn columns(t: T) -> Vec<Column> {
    let heads = [
        ("problem-number", 22.0),
        ("problem-what", 30.0),
        ("problem-text-head", 40.0),
        ("problem-branch", 28.0),
        ("problem-owner", 12.0),
        ("problem-measure", 30.0),
        ("problem-due-label", 12.0),
        ("problem-state", 10.0),
        ("problem-lost-head", 8.0),
    ];
    heads.into_iter().map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect()
}

fn cells(t: T, card: &Card) -> Vec<Cell> {
    let p = &card.p;
    let text = |s: &String| Cell::text(s.as_str());
    let state = Cell::text(t.text(p.state.text()).to_string());
    let row = [text(&p.number), text(&p.title), text(&p.text), text(&p.org_name), Cell::text(card.owner(&t)), text(&p.measure)];
    row.into_iter().chain([Cell::Date(p.due), state, Cell::Points(p.lost)]).collect()
}

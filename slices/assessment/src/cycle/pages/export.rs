//! 导出当前表: the sheets of a cycle that the list shows.
use super::listing::Query;
use crate::SheetRead;
use crate::cycle::{Cycle, store};
use crate::sheet::State;
use crate::sheet::pages::layer_text;
use crate::sheet::store::Sheet;
use access::Grant;
use audit::Event;
use axum::response::Response;
use kernel::CycleId;
use scoring::Layer;
use tabular::{Cell, Column};
use web::{Asked, At, CHUNK, Rows, T, Table, Ui};

pub async fn get(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Response> {
    let (t, layer, format) = (ui.t, q.layer(), q.format.clone().unwrap_or_default());
    let q = Query { after: None, format: None, ..q };
    let (mut listing, whole) = (q.listing(id, grant.reach())?, q.whole());
    listing.limit = CHUNK;
    let (g, of) = (grant.clone(), q.clone());
    let (cycle, places) = ui
        .db
        .read(async move |tx| {
            let cycle = store::one(tx, &g, id).await?;
            let places = of.named(tx, &cycle).await?;
            Ok((cycle, places))
        })
        .await?;
    let (db, g, c) = (ui.db.clone(), grant.clone(), cycle.clone());
    let rows = Rows::behind(Some(listing), move |from| {
        let (db, g, c) = (db.clone(), g.clone(), c.clone());
        async move {
            let Some(mut listing) = from else { return Ok(None) };
            let l = listing.clone();
            let (sheets, last) = db.read(async move |tx| Query::page(tx, &g, &c, &l, whole).await).await?;
            listing.after = last;
            let cells = sheets.into_iter().map(|s| cells(t, layer, s)).collect();
            Ok(Some((cells, Some(listing).filter(|l| l.after.is_some()))))
        }
    });
    let table = Table {
        file: format!("sheets-{}", cycle.year),
        title: t.text("cycle-sheets").to_string(),
        columns: columns(t, layer),
        rows,
        asked: asked(t, &q, &cycle, &places),
    };
    ui.export(&grant, Event::new("sheet.export", format!("cycle:{id}")).at(cycle.root), &format, table).await
}

fn columns(t: T, layer: Layer) -> Vec<Column> {
    let heads = [("ledger-code", 18.0), ("cycle-branch", 40.0), ("layer-self", 10.0), ("layer-acceptance", 10.0)];
    let recheck = (layer == Layer::Recheck).then_some(("layer-recheck", 10.0));
    let heads = heads.into_iter().chain(recheck).chain([("sheet-score", 10.0), ("cycle-grade", 8.0)]);
    heads.map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect()
}

fn cells(t: T, layer: Layer, s: Sheet) -> Vec<Cell> {
    let state = |state: State| Cell::Text(t.text(state.text()).to_string());
    let mut row = vec![Cell::Text(s.code), Cell::Text(s.name), state(s.self_state), state(s.acceptance_state)];
    row.extend((layer == Layer::Recheck).then(|| state(s.recheck_state)));
    row.extend([s.total.map_or_else(Cell::empty, Cell::Points), Cell::Text(s.grade.unwrap_or_default())]);
    row
}

/// What the list is limited to, in words.
pub(super) fn asked(t: T, q: &Query, cycle: &Cycle, places: &[String]) -> Vec<String> {
    let state = q.state.as_deref().and_then(|s| State::parse(s).ok()).map(|s| t.text(s.text()).to_string());
    let layer = t.text(layer_text(q.layer())).to_string();
    let by_state = state.map(|state| format!("{layer} {state}"));
    let only = q.only(places, cycle.is_final()).into_iter().map(|(key, value, _)| t.text(key).with("value", value.as_str()).to_string());
    std::iter::once(cycle.title.clone()).chain(by_state).chain(only).collect()
}

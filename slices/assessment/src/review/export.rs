//! 导出当前表: the committee's list.
use super::list::{Row, row, shown};
use super::store;
use super::survey::{Surveyed, View, survey};
use crate::ReviewRead;
use crate::cycle::{self, Cycle};
use crate::sheet::listing as sheets;
use crate::sheet::pages::layer_text;
use access::Grant;
use audit::Event;
use axum::response::Response;
use db::Db;
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Result};
use scoring::Prepared;
use serde::Deserialize;
use std::sync::Arc;
use tabular::{Cell, Column};
use web::{Asked, At, Rows, T, Table, Ui};

/// Sheets whose layers are looked at in one go.
const CHUNK: i64 = 500;

#[derive(Deserialize, Default)]
pub struct Query {
    format: Option<String>,
}

pub async fn get(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Response> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| cycle::store::one(tx, &g, id).await).await?;
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let mutual = ui.db.read(async move |tx| store::mutual(tx, id).await).await?;
    let (t, columns) = (ui.t, shown(mutual));
    let heads = heads(t, columns.iter().map(|l| layer_text(*l)));
    let read = Read {
        db: ui.db.clone(),
        grant: grant.clone(),
        suppliers: ui.app.shared::<Suppliers>()?,
        cycle: cycle.clone(),
        scheme,
        day: ui.today(),
    };
    let rows = Rows::behind(None, move |after: Option<String>| {
        let (read, columns) = (read.clone(), columns.clone());
        async move {
            let (found, last) = read.chunk(after).await?;
            let cells = found.iter().map(|s| cells(t, row(s, &columns))).collect();
            Ok(last.map(|last| (cells, Some(last))))
        }
    });
    let table = Table {
        file: format!("review-{}", cycle.year),
        title: t.text("review-list").to_string(),
        columns: heads,
        rows,
        asked: vec![cycle.title.clone()],
    };
    let event = Event::new("review.export", format!("cycle:{id}")).at(cycle.root);
    ui.export(&grant, event, q.format.as_deref().unwrap_or_default(), table).await
}

/// As whoever asks sees it.
#[derive(Clone)]
struct Read {
    db: Db,
    grant: Grant<ReviewRead>,
    suppliers: Arc<Suppliers>,
    cycle: Cycle,
    scheme: Arc<Prepared>,
    day: BusinessDate,
}

impl Read {
    /// Sheets within reach behind a code, and the last code that was looked at; none at the end.
    async fn chunk(self, after: Option<String>) -> Result<(Vec<Surveyed>, Option<String>)> {
        let db = self.db.clone();
        let read = db.read(async move |tx| {
            let view = View { suppliers: &self.suppliers, scheme: &self.scheme, cycle: &self.cycle, day: self.day };
            let mut found = survey(tx, &view, &self.grant.reach(), after.as_deref(), CHUNK).await?;
            let last = found.last().map(|s| s.sheet.code.clone());
            let within = sheets::within(tx, &self.grant, found.iter().map(|s| s.sheet.clone()).collect()).await?;
            found.retain(|s| within.iter().any(|w| w.id == s.sheet.id));
            Ok((found, last))
        });
        Ok(read.await?)
    }
}

fn heads(t: T, layers: impl Iterator<Item = &'static str>) -> Vec<Column> {
    let first = [("ledger-code", 18.0), ("review-branch", 40.0)];
    let last = [("review-difference", 14.0), ("review-now", 10.0), ("cycle-grade", 8.0), ("review-todo", 24.0)];
    let heads = first.into_iter().chain(layers.map(|key| (key, 10.0))).chain(last);
    heads.map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect()
}

/// In a file the sign is the one that programs read.
fn plain(signed: &str) -> String {
    signed.replace('−', "-")
}

fn cells(t: T, r: Row) -> Vec<Cell> {
    let points = |p: Option<kernel::Points>| p.map_or_else(Cell::empty, Cell::Points);
    let indicators = (r.indicators > 0).then(|| t.text("review-indicators").with("n", r.indicators).to_string());
    let differences: Vec<String> = r.marks.into_iter().map(|(signed, _)| plain(&signed)).chain(indicators).collect();
    let owed = (r.owed > 0).then(|| t.text("review-owed-n").with("n", r.owed).to_string());
    let waiting = (r.waiting > 0).then(|| t.text("review-waiting").with("n", r.waiting).to_string());
    let todo: Vec<String> = owed.into_iter().chain(waiting).collect();
    let mut row = vec![Cell::Text(r.code), Cell::Text(r.name)];
    row.extend(r.cells.into_iter().map(points));
    row.extend([Cell::Text(differences.join(" ")), points(r.total), Cell::Text(r.grade), Cell::Text(todo.join(" "))]);
    row
}

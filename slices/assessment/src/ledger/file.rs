//! 导出当前表: exactly the rows the filter shows, in the same order. The Excel file has the words of the page; the csv is for
//! programs and has the columns that `leitu export ledger` writes.
use super::export::{cells, codes, columns};
use super::pages::{Query, change_key, filter, finals};
use super::store::{self, Behind, Filter};
use super::target::{self, Target};
use crate::LedgerRead;
use crate::cycle::Cycle;
use crate::result::Line;
use access::Grant;
use audit::Event;
use axum::response::Response;
use db::Db;
use kernel::{Error, Result};
use scheme::Scheme;
use std::collections::HashMap;
use tabular::{Cell, Column};
use web::{Asked, CHUNK, Rows, T, Table, Ui};

pub async fn get(grant: Grant<LedgerRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Response> {
    let cycles = finals(&ui, &grant).await?;
    let cycle = cycles.into_iter().find(|c| c.id.to_string() == q.cycle).ok_or_else(Error::not_found)?;
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let event = Event::new("ledger.export", format!("cycle:{}", cycle.id)).at(cycle.root);
    let (t, by_rank, codes) = (ui.t, q.by_rank(), codes(&scheme));
    let (plain, after, next_year) = (q.format == "csv", codes.len(), cycle.year + 1);
    let (db, f) = (ui.db.clone(), filter(&grant, &cycle, &q));
    let rows = Rows::behind(Behind::new(by_rank, ""), move |from| {
        let (db, f) = (db.clone(), f.clone());
        async move {
            let (lines, targets) = chunk(&db, f, from.clone(), next_year).await?;
            let Some(last) = lines.last() else { return Ok(None) };
            let row = |l: &Line| if plain { cells(l, after) } else { words(t, l, &targets, by_rank, after) };
            Ok(Some((lines.iter().map(row).collect(), from.then(last))))
        }
    });
    let columns = if plain { columns(&codes) } else { heads(t, &cycle, &scheme, by_rank) };
    let (file, title) = (format!("ledger-{}", cycle.year), t.text("menu-ledger").to_string());
    ui.export(&grant, event, &q.format, Table { file, title, columns, rows, asked: asked(t, &cycle, &q) }).await
}

async fn chunk(db: &Db, f: Filter, from: Behind, next_year: i64) -> Result<(Vec<Line>, HashMap<kernel::OrgId, Target>)> {
    let found = db.read(async move |tx| {
        let rows = store::page(tx, &f, &from, CHUNK).await?;
        Ok((target::of_page(tx, &rows, next_year).await?, rows))
    });
    let (aims, rows) = found.await?;
    Ok((rows, aims.into_iter().map(|aim| (aim.org, aim)).collect()))
}

/// Those of the page, then what each dimension and indicator gave.
fn heads(t: T, cycle: &Cycle, scheme: &Scheme, by_rank: bool) -> Vec<Column> {
    let head = |key: &str, width: f64| Column::new(t.text(key).to_string(), width);
    let aim = t.text("ledger-target").with("year", cycle.year + 1).to_string();
    let mut all: Vec<Column> = if by_rank { vec![head("ledger-rank", 8.0)] } else { Vec::new() };
    all.extend([
        head("ledger-code", 18.0),
        head("cycle-branch", 40.0),
        head("sheet-score", 10.0),
        head("cycle-grade", 8.0),
        head("ledger-star", 8.0),
        head("ledger-previous", 10.0),
        Column::new(aim, 12.0),
        head("ledger-change", 8.0),
    ]);
    let titled = |code: &String, title: &String| Column::new(format!("{code} {title}"), 14.0);
    all.extend(scheme.dimensions.iter().map(|d| titled(&d.code, &d.title)));
    all.extend(scheme.indicators.iter().map(|i| titled(&i.code, &i.title)));
    all
}

fn words(t: T, l: &Line, targets: &HashMap<kernel::OrgId, Target>, by_rank: bool, after: usize) -> Vec<Cell> {
    let points = |p: Option<kernel::Points>| p.map_or_else(Cell::empty, Cell::Points);
    let aim = targets.get(&l.org).map_or("", |target| target.grade.as_str());
    let mut row = if by_rank { vec![Cell::Integer(l.rank)] } else { Vec::new() };
    row.extend([
        Cell::text(&l.code),
        Cell::text(&l.name),
        points(l.total),
        Cell::text(&l.grade),
        l.star.filter(|n| *n > 0).map_or_else(Cell::empty, |n| Cell::Text(t.text("stars-label").with("n", n).to_string())),
        Cell::text(l.previous_grade.as_deref().unwrap_or_default()),
        Cell::text(aim),
        l.change.map_or_else(Cell::empty, |c| Cell::Text(t.text(change_key(c.name())).to_string())),
    ]);
    row.extend((0..after).map(|i| points(l.columns.0.get(i).copied().flatten())));
    row
}

/// What the page is limited to.
pub fn asked(t: T, cycle: &Cycle, q: &Query) -> Vec<String> {
    let line = |key: &str, value: String| format!("{} {value}", t.text(key));
    let star = q.star.parse::<u8>().ok().filter(|n| *n > 0).map(|n| t.text("stars-label").with("n", n).to_string());
    let mut all = vec![cycle.title.clone()];
    all.extend(Some(q.grade.clone()).filter(|g| !g.is_empty()).map(|g| line("cycle-grade", g)));
    all.extend(star);
    all.extend(Some(&q.change).filter(|c| !c.is_empty()).map(|c| line("ledger-change", t.text(change_key(c)).to_string())));
    all.push(t.text(if q.by_rank() { "ledger-by-rank" } else { "ledger-by-code" }).to_string());
    all
}

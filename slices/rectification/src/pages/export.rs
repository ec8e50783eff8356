//! 导出当前表: exactly what the filter shows, as xlsx or csv.
use super::Card;
use super::list::{rows, wanted};
use super::query::{Filter, Query};
use crate::ProblemRead;
use access::Grant;
use accounts::calendar_now;
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Result};
use serde::Deserialize;
use tabular::{Cell, Column, Format, Note, Sheet};
use web::{Asked, T, Ui};

/// Rows of a table at most; a longer one is asked for by organisation.
const MOST: i64 = 10_000;

#[derive(Deserialize, Default, Clone)]
pub struct Export {
    format: Option<String>,
    f: Option<String>,
    org: Option<String>,
    cycle: Option<String>,
    under: Option<String>,
}

pub async fn get(grant: Grant<ProblemRead>, ui: Ui, Asked(e): Asked<Export>) -> web::Result<Response> {
    let format = if e.format.as_deref() == Some("csv") { Format::Csv } else { Format::Xlsx };
    let q = Query { view: None, f: e.f, org: e.org, cycle: e.cycle, under: e.under, after: None };
    let all = rows(&ui, &grant, &q, &wanted(&ui, &grant, &q).await?, &calendar_now(&ui).await?, MOST).await?;
    let event = Event::new("problem.export", "problems").with("filter", q.filter().name()).with("rows", all.len());
    audit::note(&ui.db, &grant, event).await?;
    let (t, about, folder) = (ui.t, note(&ui, &grant, q.filter()), ui.app.data_dir().clone());
    let written = tokio::task::spawn_blocking(move || table(t, format, &all, &about, &folder)).await.map_err(Error::internal)??;
    let name = format!("attachment; filename=\"problems.{}\"", format.extension());
    Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], written).into_response())
}

/// The note on the second sheet: who took it, when, by which filter.
fn note(ui: &Ui, grant: &Grant<ProblemRead>, f: Filter) -> Note {
    let line = |key: &str, value: String| (ui.t.text(key).to_string(), value);
    let lines = vec![
        line("problem-note-who", grant.caller().name().into()),
        line("problem-note-day", ui.today().to_string()),
        line("problem-filter", f.name().into()),
    ];
    Note { sheet: ui.t.text("problem-note").to_string(), lines }
}

fn table(t: T, format: Format, all: &[Card], about: &Note, folder: &std::path::Path) -> Result<Vec<u8>> {
    let place = tempfile::Builder::new().prefix("export").tempdir_in(folder).map_err(Error::internal)?;
    let path = place.path().join(format!("problems.{}", format.extension()));
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
    let columns = heads.into_iter().map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect();
    let mut sheet = Sheet::create(&path, format, &t.text("menu-problems").to_string(), columns)?;
    for Card { p, .. } in all {
        let text = |s: &String| Cell::text(s.as_str());
        let state = Cell::text(t.text(p.state.text()).to_string());
        let row = [text(&p.number), text(&p.title), text(&p.text), text(&p.org_name), text(&p.owner_name), text(&p.measure)];
        sheet.row(&row.into_iter().chain([Cell::Date(p.due), state, Cell::Points(p.lost)]).collect::<Vec<_>>())?;
    }
    sheet.finish(about)?;
    std::fs::read(&path).map_err(Error::internal)
}

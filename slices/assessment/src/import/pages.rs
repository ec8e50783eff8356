//! /assess/{cycle}/imports: a file is checked as a whole; what is bad is shown row by row, or sent back as a file.
use super::read::{Outcome, import_facts, import_scores};
use super::sent::{Press, Sent, sent};
use super::store::{Intake, of_cycle};
use crate::CycleLead;
use crate::cycle::{self, Cycle};
use crate::import::row::What;
use access::Grant;
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::Db;
use facts::Suppliers;
use kernel::{CycleId, Error, Kind, Result};
use tabular::Reader;
use web::{At, Crumb, Flash, FormFields, Page, See, StatusCode, T, Ui, Upload};

/// Bad rows shown on the page; the file of bad rows has them all.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "import/page.html")]
struct Imports {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    past: Vec<(String, Intake)>,
    error: Option<String>,
    checked: Option<Checked>,
}

/// What a check found.
struct Checked {
    file: String,
    rows: u64,
    values: i64,
    bad: u64,
    /// Row, column, value, remedy.
    shown: Vec<(u64, String, String, String)>,
}

pub async fn page(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    let cycle = led(&ui.db, &grant, id).await?;
    show(&ui, cycle, None, None).await
}

type Answer = std::result::Result<See, std::result::Result<Page, Response>>;

pub async fn create(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, upload: Upload) -> web::Result<Answer> {
    let cycle = led(&ui.db, &grant, id).await?;
    let sent = match sent(upload, id, ui.today(), reader(&ui)?).await? {
        Ok(sent) => sent,
        Err(e) => return refused(&ui, cycle, &e).await,
    };
    let suppliers = ui.app.shared::<Suppliers>()?;
    let done = match sent.what {
        What::Facts => import_facts(&ui.db, &grant, &suppliers, &sent.take).await,
        What::Scores => import_scores(&ui.db, &grant, &suppliers, &sent.take).await,
    };
    match done {
        Ok(outcome) => answered(&ui, cycle, &sent, &outcome).await,
        Err(e) if e.kind == Kind::Internal => Err(e.into()),
        Err(e) => refused(&ui, cycle, &e).await,
    }
}

/// A cycle whose root the grant leads.
async fn led(db: &Db, grant: &Grant<CycleLead>, id: CycleId) -> Result<Cycle> {
    let g = grant.clone();
    let read = db.read(async move |tx| {
        let cycle = cycle::store::any(tx, id).await?;
        g.admits(&tree::node(tx, cycle.root).await?.path)?;
        Ok(cycle)
    });
    Ok(read.await?)
}

fn reader(ui: &Ui) -> Result<Reader> {
    match ui.app.shared::<Reader>() {
        Ok(reader) => Ok((*reader).clone()),
        Err(_) => Reader::this_program(),
    }
}

async fn refused(ui: &Ui, cycle: Cycle, e: &Error) -> web::Result<Answer> {
    let said = ui.t.of(e).to_string();
    Ok(Err(Ok(show(ui, cycle, Some(said), None).await?.status(StatusCode::UNPROCESSABLE_ENTITY))))
}

async fn answered(ui: &Ui, cycle: Cycle, sent: &Sent, outcome: &Outcome) -> web::Result<Answer> {
    if sent.press == Press::Bad && !outcome.accepted() {
        return Ok(Err(Err(bad_file(ui, outcome).await?)));
    }
    if sent.press == Press::Bring && outcome.accepted() {
        let flash = Flash::done("import-done").with("n", outcome.values);
        return Ok(Ok(See::to(format!("/assess/{}/imports", cycle.id)).flash(&flash)));
    }
    let status = if outcome.accepted() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let checked = checked(ui.t, outcome, sent.take.file.clone());
    Ok(Err(Ok(show(ui, cycle, None, Some(checked)).await?.status(status))))
}

fn checked(t: T, outcome: &Outcome, file: String) -> Checked {
    let bad = outcome.refused.iter().flat_map(|r| &r.bad);
    let shown = bad.take(SHOWN).map(|b| (b.row, b.column.clone(), b.value.clone(), t.of(&b.error).to_string())).collect();
    Checked { file, rows: outcome.rows, values: outcome.values, bad: outcome.bad, shown }
}

/// Only the bad rows, with what should stand there: mended, it comes back as it is.
async fn bad_file(ui: &Ui, outcome: &Outcome) -> Result<Response> {
    let (t, format, outcome) = (ui.t, outcome.format, outcome.clone());
    let written = tokio::task::spawn_blocking(move || {
        let path = std::env::temp_dir().join(format!("leitu-{}", kernel::Uuid::now_v7().as_simple()));
        let done = outcome.write_bad(&path, |e| t.of(e).to_string());
        let bytes = done.and_then(|()| std::fs::read(&path).map_err(Error::internal));
        std::fs::remove_file(&path).ok();
        bytes
    });
    let bytes = written.await.map_err(Error::internal)??;
    let name = format!("attachment; filename=\"bad-rows.{}\"", format.extension());
    Ok(([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

async fn show(ui: &Ui, cycle: Cycle, error: Option<String>, checked: Option<Checked>) -> web::Result<Page> {
    let id = cycle.id;
    let past = ui.db.read(async move |tx| of_cycle(tx, id).await).await?;
    let body = Imports {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("import-title")),
        ],
        past: past.into_iter().map(|i| (ui.clock().date_time(i.at), i)).collect(),
        cycle,
        error,
        checked,
    };
    ui.page("assessment/import/page.html", "import-title", body).await
}

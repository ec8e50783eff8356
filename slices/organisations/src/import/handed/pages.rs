//! /imports: files of offices. A file is checked as a whole; what is bad is shown row by row and sent back as a file.
use super::folder::{Folder, Found};
use super::store::{self, Handed};
use super::templates::sent as download;
use super::upload::sent;
use super::{Lying, State, ask, hand_in, kind_of};
use crate::ImportUse;
use crate::import::{Importer, Importers};
use access::Grant;
use askama::Template;
use axum::response::Response;
use jobs::Failure;
use kernel::{Error, ImportId, Kind, Result};
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Fields, Form, FormFields, Page, Pager, See, StatusCode, T, Ui, Upload};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "import/list.html")]
struct List {
    t: T,
    kinds: Vec<(&'static str, String)>,
    rows: Vec<Line>,
    pager: Pager,
}

struct Line {
    id: ImportId,
    file: String,
    kind: String,
    tag: &'static str,
    state: String,
    rows: i64,
    at: String,
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<ImportId>,
    kind: Option<String>,
    choice: Option<String>,
}

pub async fn list(grant: Grant<ImportUse>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let account = grant.account()?;
    let found = ui.db.read(async move |tx| store::of_account(tx, account, q.after, PAGE).await).await?;
    let more = found.len() as i64 == PAGE;
    let pager = Pager { after: found.last().filter(|_| more).map(|h| format!("/imports?after={}", h.id)), ..Pager::default() };
    let kinds = ui.app.shared::<Importers>()?.open_to(ui.caller());
    let kinds = kinds.iter().map(|i| (i.name(), kind_text(ui.t, i.name()))).collect();
    let rows = found.iter().map(|h| line(&ui, h)).collect();
    ui.page("organisations/import/list.html", "imports-title", List { t: ui.t, kinds, rows, pager }).await
}

fn kind_text(t: T, name: &str) -> String {
    t.text(&format!("import-kind-{name}")).to_string()
}

fn line(ui: &Ui, h: &Handed) -> Line {
    let (tag, key) = h.state().tag();
    let (kind, state) = (kind_text(ui.t, &h.kind), ui.t.text(key).to_string());
    Line { id: h.id, file: h.file.clone(), kind, tag, state, rows: h.rows, at: ui.clock().business_time(h.at) }
}

#[derive(Template)]
#[template(path = "import/new.html")]
struct New {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    kind: &'static str,
    name: String,
    choices: Vec<(String, String)>,
    chosen: String,
    errors: Errors,
}

pub async fn new(_: Grant<ImportUse>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let kind = kind_of(&ui, q.kind.as_deref().unwrap_or_default())?;
    form(&ui, kind.as_ref(), q.choice.unwrap_or_default(), Errors::none()).await
}

async fn form(ui: &Ui, kind: &dyn Importer, chosen: String, mut errors: Errors) -> web::Result<Page> {
    let choices = kind.choices(ui.db.clone(), ui.caller().clone(), ui.today()).await.or_else(|e| match e.kind {
        Kind::Conflict => {
            errors.push(e.at("choice"));
            Ok(Vec::new())
        }
        _ => Err(e),
    })?;
    let (t, name) = (ui.t, kind_text(ui.t, kind.name()));
    let crumbs = vec![Crumb::link(t.text("imports-title"), "/imports"), Crumb::here(name.as_str())];
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = New { t, form: ui.form(), crumbs, kind: kind.name(), name, choices, chosen, errors };
    Ok(ui.page("organisations/import/new.html", "import-new", body).await?.status(status))
}

pub async fn create(grant: Grant<ImportUse>, ui: Ui, upload: Upload) -> web::Result<std::result::Result<See, Page>> {
    let (id, folder) = (ImportId::new(), Folder::new(ui.app.data_dir()));
    let sent = match sent(upload, &folder, id).await? {
        Ok(sent) => sent,
        Err((kind, e)) => return refused(&ui, &kind, e).await,
    };
    let kind = kind_of(&ui, &sent.kind)?;
    let lying = Lying { id, choice: sent.choice.clone(), file: sent.file };
    match hand_in(&ui.db, &grant, (kind.as_ref(), &folder), lying, ui.today()).await {
        Ok(id) => Ok(Ok(See::to(format!("/imports/{id}")))),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
        Err(e) => Ok(Err(form(&ui, kind.as_ref(), sent.choice, vec![e].into()).await?)),
    }
}

/// The form again, with what is wrong with the file.
async fn refused(ui: &Ui, kind: &str, e: Error) -> web::Result<std::result::Result<See, Page>> {
    let kind = kind_of(ui, kind)?;
    Ok(Err(form(ui, kind.as_ref(), String::new(), vec![e].into()).await?))
}

#[derive(Template)]
#[template(path = "import/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    h: Handed,
    line: Line,
    state: State,
    /// The job ended without an end of the import.
    broken: Option<String>,
    done: u64,
    total: u64,
    found: Option<Told>,
    bad_file: bool,
    may_undo: bool,
}

/// What was found, in words: row, column, value, remedy; rows that were left out.
struct Told {
    whole: Option<String>,
    cells: Vec<(u64, String, String, String)>,
    changed: Vec<(u64, String)>,
    /// These are rows that were not brought in; otherwise, what stands in the way of taking back.
    left_out: bool,
    /// How many cells are shown, if there are more bad rows than these.
    first: Option<usize>,
}

pub(super) fn words(t: T, f: &Failure) -> String {
    f.args.iter().fold(t.text(&f.key), |text, (name, value)| text.with(name, value)).to_string()
}

fn told(t: T, found: Found, bad: i64) -> Told {
    let rows = found.cells.chunk_by(|a, b| a.row == b.row).count() as i64;
    Told {
        first: (rows < bad).then_some(found.cells.len()),
        whole: found.whole.as_ref().map(|f| words(t, f)),
        cells: found.cells.into_iter().map(|c| (c.row, c.column, c.value, words(t, &c.remedy))).collect(),
        left_out: found.changed.iter().all(|(row, _)| *row > 0),
        changed: found.changed.iter().map(|(row, f)| (*row, words(t, f))).collect(),
    }
}

pub async fn show(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>) -> web::Result<Page> {
    let h = own(&grant, &ui, id).await?;
    let (t, state, folder) = (ui.t, h.state(), Folder::new(ui.app.data_dir()));
    let job = if state.is_busy() { Some(jobs::own(&ui.db, &h.job, &h.account).await?) } else { None };
    let steps = |n: i64| u64::try_from(n).unwrap_or(0);
    let body = Show {
        t,
        form: ui.form(),
        crumbs: vec![Crumb::link(t.text("imports-title"), "/imports"), Crumb::here(h.file.as_str())],
        line: line(&ui, &h),
        broken: job.as_ref().and_then(|j| j.failure()).map(|f| words(t, &f)),
        done: job.as_ref().map_or(0, |j| steps(j.done)),
        total: job.as_ref().map_or(0, |j| steps(j.total)),
        found: folder.noted(id).filter(|_| !state.is_busy()).map(|f| told(t, f, h.bad)),
        // What changed nothing leaves nothing to take back.
        may_undo: state == State::Done
            && h.created + h.updated > 0
            && ui.app.shared::<Importers>()?.of(&h.kind).is_some_and(|i| i.take_back().is_some()),
        bad_file: state == State::Refused && folder.has_bad_rows(id),
        state,
        h,
    };
    ui.titled("organisations/import/show.html", body.h.file.clone(), body).await
}

pub(super) async fn own(grant: &Grant<ImportUse>, ui: &Ui, id: ImportId) -> Result<Handed> {
    let account = grant.account()?;
    Ok(ui.db.read(async move |tx| store::own(tx, id, account).await).await?)
}

pub async fn bad_rows(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>) -> web::Result<Response> {
    let h = own(&grant, &ui, id).await?;
    let (folder, keys) = (Folder::new(ui.app.data_dir()), ui.app.keys().clone());
    let bytes = tokio::task::spawn_blocking(move || folder.bad_rows(&keys, id)).await.map_err(Error::internal)??;
    audit::note(&ui.db, &grant, audit::Event::new("import.bad-rows", format!("import:{id}")).with("file", &h.file)).await?;
    Ok(download(h.format(), &format!("bad-rows.{}", h.format().extension()), bytes))
}

pub async fn accept(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>, _: Form<Fields>) -> web::Result<See> {
    next(&grant, &ui, id, State::Checked, State::Bringing).await?;
    Ok(See::to(format!("/imports/{id}")))
}

pub async fn withdraw(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>, _: Form<Fields>) -> web::Result<See> {
    next(&grant, &ui, id, State::Done, State::Undoing).await?;
    Ok(See::to(format!("/imports/{id}")))
}

/// Whoever has lost the permission since cannot go on.
pub(super) async fn next(grant: &Grant<ImportUse>, ui: &Ui, id: ImportId, from: State, to: State) -> Result<()> {
    let handed = own(grant, ui, id).await?;
    let reach = kind_of(ui, &handed.kind)?.reach(ui.caller()).ok_or_else(Error::not_found)?;
    if reach != handed.reach() {
        return Err(Error::conflict("import-reach"));
    }
    ask(&ui.db, grant, &handed, from, to).await
}

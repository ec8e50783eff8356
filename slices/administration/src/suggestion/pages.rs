//! What the work committee sees of suggestions.
use super::operations::{admitted, close as close_it, excerpt, place};
use super::store::{self, Suggestion};
use crate::SuggestionHandle;
use access::Grant;
use askama::Template;
use kernel::SuggestionId;
use serde::Deserialize;
use web::{Asked, At, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<SuggestionId>,
}

struct Line {
    id: SuggestionId,
    head: String,
    created: String,
    open: bool,
}

#[derive(Template)]
#[template(path = "suggestion/list.html")]
struct List {
    t: T,
    rows: Vec<Line>,
    pager: Pager,
}

pub async fn list(grant: Grant<SuggestionHandle>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let before = q.after.unwrap_or(SuggestionId::from_bytes([0xff; 16]));
    let found = match grant.home() {
        Some(org) => ui.db.read(async move |tx| store::of(tx, org, before, PAGE).await).await?,
        None => Vec::new(),
    };
    let more = found.len() as i64 == PAGE;
    let pager = Pager { after: found.last().filter(|_| more).map(|s| format!("/suggestions?after={}", s.id)), ..Pager::default() };
    let rows = found.iter().map(|s| line(&ui, s)).collect::<web::Result<_>>()?;
    ui.page("administration/suggestion/list.html", "suggestions", List { t: ui.t, rows, pager }).await
}

fn line(ui: &Ui, s: &Suggestion) -> web::Result<Line> {
    let text = ui.app.keys().unseal(&place("body", s.id), &s.body)?;
    Ok(Line { id: s.id, head: excerpt(&text), created: ui.clock().business_time(s.created), open: s.closed.is_none() })
}

#[derive(Template)]
#[template(path = "suggestion/show.html")]
struct Show {
    t: T,
    id: SuggestionId,
    text: String,
    contact: Option<String>,
    created: String,
    /// When, by whom, and what was done.
    closed: Option<(String, String, String)>,
    form: FormFields,
    answer: String,
    errors: Errors,
}

pub async fn show(grant: Grant<SuggestionHandle>, ui: Ui, At((id,)): At<(SuggestionId,)>) -> web::Result<Page> {
    page(&grant, &ui, id, String::new(), Errors::none()).await
}

async fn page(grant: &Grant<SuggestionHandle>, ui: &Ui, id: SuggestionId, answer: String, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let s = ui.db.read(async move |tx| admitted(tx, &g, id).await).await?;
    let keys = ui.app.keys();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = Show {
        t: ui.t,
        id,
        text: keys.unseal(&place("body", id), &s.body)?,
        contact: s.contact.as_ref().map(|c| keys.unseal(&place("contact", id), c)).transpose()?,
        created: ui.clock().business_time(s.created),
        closed: s.closed.map(|at| (ui.clock().business_time(at), s.closed_by.unwrap_or_default(), s.answer.unwrap_or_default())),
        form: ui.form(),
        answer,
        errors,
    };
    Ok(ui.page("administration/suggestion/show.html", "suggestion-title", view).await?.status(status))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    answer: String,
}

pub async fn close(
    grant: Grant<SuggestionHandle>,
    ui: Ui,
    At((id,)): At<(SuggestionId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<Result<See, Page>> {
    match close_it(&ui.db, &grant, id, &typed.answer).await {
        Ok(()) => Ok(Ok(See::to(format!("/suggestions/{id}")).flash(&Flash::done("suggestion-now-closed")))),
        Err(e) if e.field.is_some() => Ok(Err(page(&grant, &ui, id, typed.answer, e.into()).await?)),
        Err(e) => Err(e.into()),
    }
}

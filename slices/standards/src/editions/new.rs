//! /standards/new: a file or a pasted text is checked and shown as it would be, then published by a second press.
use super::draft::Draft;
use super::tree::{ChapterView, Names, tree};
use super::{publish, shelf};
use crate::edition::{Edition, Kind, in_force};
use crate::finding::Said;
use crate::intake::Intake;
use crate::{EditionPublish, Published};
use access::Grant;
use askama::Template;
use kernel::Error;
use web::{Flash, FormFields, Page, See, StatusCode, T, Ui, Upload};

#[derive(Template)]
#[template(path = "edition/new.html")]
struct New {
    t: T,
    form: FormFields,
    typed: Intake,
    kinds: &'static [Kind],
    findings: Vec<Said>,
    preview: Option<Preview>,
}

/// What would be published.
struct Preview {
    title: String,
    articles: usize,
    chapters: Vec<ChapterView>,
    ready: bool,
}

pub async fn new(_: Grant<EditionPublish>, ui: Ui) -> web::Result<Page> {
    page(&ui, Intake::default(), Vec::new(), None).await
}

pub async fn create(grant: Grant<EditionPublish>, ui: Ui, upload: Upload) -> web::Result<std::result::Result<See, Page>> {
    let intake = match Intake::read(upload).await? {
        Ok(intake) => intake,
        Err((intake, e)) => return Ok(Err(refused(&ui, intake, &e).await?)),
    };
    let draft = Draft::of(&intake, &shelf(&ui.db).await?);
    if let Some(edition) = draft.passed().filter(|_| intake.publishes()) {
        return match publish(&ui.db, &grant, edition.clone()).await {
            Ok(done) => Ok(Ok(See::to(href(edition)).flash(&Flash::done(said(done))))),
            Err(e) if matches!(e.kind, kernel::Kind::Internal | kernel::Kind::Busy) => Err(e.into()),
            Err(e) => Ok(Err(refused(&ui, intake, &e).await?)),
        };
    }
    Ok(Err(checked(&ui, intake, draft).await?))
}

fn said<I>(done: Published<I>) -> &'static str {
    match done {
        Published::New(_) => "edition-published",
        Published::Already(_) => "edition-published-already",
    }
}

fn href(edition: &Edition) -> String {
    format!("/standards/{}/v/{}", edition.head.code, edition.head.version)
}

async fn refused(ui: &Ui, intake: Intake, e: &Error) -> web::Result<Page> {
    let page = page(ui, intake, vec![Said::error(ui.t, e)], None).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn checked(ui: &Ui, intake: Intake, draft: Draft) -> web::Result<Page> {
    let status = if draft.passed().is_some() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let errors = draft.errors.iter().map(|e| Said::error(ui.t, e));
    let findings = errors.chain(draft.doubts.iter().map(|e| Said::doubt(ui.t, e))).collect();
    let all = super::editions(&ui.db).await?;
    let valid = in_force(all.iter().map(|(_, e)| e.as_ref()), ui.today());
    let preview = draft.edition.as_ref().map(|e| Preview {
        title: e.head.title.clone(),
        articles: e.articles.len(),
        chapters: tree(&Names { t: ui.t, valid: &valid }, e, false),
        ready: draft.errors.is_empty(),
    });
    Ok(page(ui, intake, findings, preview).await?.status(status))
}

async fn page(ui: &Ui, typed: Intake, findings: Vec<Said>, preview: Option<Preview>) -> web::Result<Page> {
    let body = New { t: ui.t, form: ui.form(), typed, kinds: Kind::ALL, findings, preview };
    ui.page("standards/edition/new.html", "edition-new-title", body).await
}

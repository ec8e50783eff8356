//! /schemes/new: a scheme file is checked, its findings shown, and published by a second press.
use super::Source;
use super::report::{Report, publish_file};
use crate::finding::Said;
use crate::intake::Intake;
use crate::{Published, SchemePublish, editions};
use access::Grant;
use askama::Template;
use kernel::{Error, Kind, Result};
use std::sync::Arc;
use tabular::Reader;
use web::{Flash, FormFields, Page, See, StatusCode, T, Ui, Upload};

#[derive(Template)]
#[template(path = "scheme/new.html")]
struct New {
    t: T,
    form: FormFields,
    text: String,
    /// The sheets of a workbook that was sent for checking, so that the second press publishes the same.
    sheets: String,
    findings: Vec<Said>,
    /// Title, number of indicators, and whether it may be published.
    read: Option<(String, usize, bool)>,
}

pub async fn new(_: Grant<SchemePublish>, ui: Ui) -> web::Result<Page> {
    page(&ui, None, Vec::new(), None).await
}

pub async fn create(grant: Grant<SchemePublish>, ui: Ui, upload: Upload) -> web::Result<std::result::Result<See, Page>> {
    let (source, publishes) = match sent(&ui, upload).await? {
        Ok(sent) => sent,
        Err((source, e)) => return refused(&ui, source, &e).await,
    };
    let report = match publishes {
        true => publish_file(&ui.db, &grant, &source).await?,
        false => Report::of(&source, &editions::shelf(&ui.db).await?),
    };
    match (&report.scheme, report.published) {
        (Some(s), Some(done)) => Ok(Ok(See::to(format!("/schemes/{}/v/{}", s.code, s.version)).flash(&Flash::done(said(done))))),
        _ => Ok(Err(checked(&ui, source, &report).await?)),
    }
}

type Sent = std::result::Result<(Source, bool), (Option<Source>, Error)>;

/// What to check: a new file before a pasted text, both before the workbook sent last time.
async fn sent(ui: &Ui, upload: Upload) -> web::Result<Sent> {
    let intake = match Intake::read(upload).await? {
        Ok(intake) => intake,
        Err((intake, e)) => return Ok(Err((Some(Source::Toml(intake.text)), e))),
    };
    let publishes = intake.publishes();
    if let Some(bytes) = intake.workbook {
        return Ok(match Source::of(bytes, reader(ui)?.as_ref()).await {
            Ok(source) => Ok((source, publishes)),
            Err(e) if e.kind == Kind::Internal => return Err(e.into()),
            Err(e) => Err((None, e)),
        });
    }
    if !intake.text.trim().is_empty() {
        return Ok(Ok((Source::Toml(intake.text), publishes)));
    }
    let missing = || (None, Error::invalid("scheme-text-missing").at("text"));
    Ok(Source::from_field(intake.field("sheets")).map(|source| (source, publishes)).ok_or_else(missing))
}

/// The one `leitu` has wired, or this program as its own child.
fn reader(ui: &Ui) -> Result<Arc<Reader>> {
    ui.app.shared::<Reader>().or_else(|_| Reader::this_program().map(Arc::new))
}

fn said<I>(done: Published<I>) -> &'static str {
    match done {
        Published::New(_) => "scheme-published",
        Published::Already(_) => "scheme-published-already",
    }
}

async fn refused(ui: &Ui, source: Option<Source>, e: &Error) -> web::Result<std::result::Result<See, Page>> {
    let page = page(ui, source, vec![Said::error(ui.t, e)], None).await?;
    Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

async fn checked(ui: &Ui, source: Source, report: &Report) -> web::Result<Page> {
    let status = if report.passed() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let findings = report.findings.iter().map(|f| Said::finding(ui.t, f)).collect();
    let read = report.scheme.as_ref().map(|s| (s.title.clone(), s.indicators.len(), report.passed()));
    Ok(page(ui, Some(source), findings, read).await?.status(status))
}

async fn page(ui: &Ui, source: Option<Source>, findings: Vec<Said>, read: Option<(String, usize, bool)>) -> web::Result<Page> {
    let sheets = source.as_ref().map_or(String::new(), Source::to_field);
    let text = match source {
        Some(Source::Toml(text)) => text,
        _ => String::new(),
    };
    ui.page("standards/scheme/new.html", "scheme-new-title", New { t: ui.t, form: ui.form(), text, sheets, findings, read }).await
}

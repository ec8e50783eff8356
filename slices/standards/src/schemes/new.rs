//! /schemes/new: a scheme file is checked, its findings shown, and published by a second press.
use super::report::{Report, publish_file};
use crate::finding::Said;
use crate::intake::Intake;
use crate::{Published, SchemePublish, editions};
use access::Grant;
use askama::Template;
use kernel::Error;
use web::{Flash, FormFields, Page, See, StatusCode, T, Ui, Upload};

#[derive(Template)]
#[template(path = "scheme/new.html")]
struct New {
    t: T,
    form: FormFields,
    text: String,
    findings: Vec<Said>,
    /// Title, number of indicators, and whether it may be published.
    read: Option<(String, usize, bool)>,
}

pub async fn new(_: Grant<SchemePublish>, ui: Ui) -> web::Result<Page> {
    page(&ui, String::new(), Vec::new(), None).await
}

pub async fn create(grant: Grant<SchemePublish>, ui: Ui, upload: Upload) -> web::Result<std::result::Result<See, Page>> {
    let intake = match Intake::read(upload).await? {
        Ok(intake) if intake.text.trim().is_empty() => {
            return refused(&ui, intake, &Error::invalid("scheme-text-missing").at("text")).await;
        }
        Ok(intake) => intake,
        Err((intake, e)) => return refused(&ui, intake, &e).await,
    };
    let report = match intake.publishes() {
        true => publish_file(&ui.db, &grant, &intake.text).await?,
        false => Report::of(&intake.text, &editions::shelf(&ui.db).await?),
    };
    match (&report.scheme, report.published) {
        (Some(s), Some(done)) => Ok(Ok(See::to(format!("/schemes/{}/v/{}", s.code, s.version)).flash(&Flash::done(said(done))))),
        _ => Ok(Err(checked(&ui, intake, &report).await?)),
    }
}

fn said<I>(done: Published<I>) -> &'static str {
    match done {
        Published::New(_) => "scheme-published",
        Published::Already(_) => "scheme-published-already",
    }
}

async fn refused(ui: &Ui, intake: Intake, e: &Error) -> web::Result<std::result::Result<See, Page>> {
    let page = page(ui, intake.text, vec![Said::error(ui.t, e)], None).await?;
    Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

async fn checked(ui: &Ui, intake: Intake, report: &Report) -> web::Result<Page> {
    let status = if report.passed() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let findings = report.findings.iter().map(|f| Said::finding(ui.t, f)).collect();
    let read = report.scheme.as_ref().map(|s| (s.title.clone(), s.indicators.len(), report.passed()));
    Ok(page(ui, intake.text, findings, read).await?.status(status))
}

async fn page(ui: &Ui, text: String, findings: Vec<Said>, read: Option<(String, usize, bool)>) -> web::Result<Page> {
    ui.page("standards/scheme/new.html", "scheme-new-title", New { t: ui.t, form: ui.form(), text, findings, read }).await
}

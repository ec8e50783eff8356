//! The two steps of set-up and the three codes at its end.
use super::{SetUpInput, set_up};
use crate::Above;
use crate::people::pages::codes_page;
use access::{Grant, Public, System};
use askama::Template;
use axum::http::HeaderMap;
use kernel::Error;
use serde::Deserialize;
use web::{Errors, Form, FormFields, Page, See, Steps, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Code {
    code: String,
}

#[derive(Template)]
#[template(path = "set_up/code.html")]
struct CodeView {
    t: T,
    form: FormFields,
    steps: Steps,
    errors: Errors,
}

pub async fn form(_: Grant<Public>, ui: Ui) -> web::Result<Result<See, Page>> {
    if crate::start::pages::installed(&ui.app).await?.is_some() {
        return Ok(Ok(See::to("/")));
    }
    Ok(Err(code_page(&ui, Errors::none()).await?))
}

pub async fn code(_: Grant<Public>, ui: Ui, Form(typed): Form<Code>) -> web::Result<Result<See, Page>> {
    let above = ui.app.shared::<Above>()?;
    let ticket = above.set_up.ticket(ui.app.keys()).filter(|_| above.set_up.fits(&typed.code));
    let Some(ticket) = ticket else {
        return Ok(Err(code_page(&ui, Error::invalid("set-up-code-wrong").at("code").into()).await?));
    };
    let cookies = ui.app.gate().cookies();
    Ok(Ok(See::to("/set-up/installation").cookie(cookies.set(cookies.ticket(), &ticket, None))))
}

async fn code_page(ui: &Ui, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let body = CodeView { t: ui.t, form: ui.form(), steps: steps(ui.t, 0), errors };
    Ok(ui.page("accounts/set_up/code.html", "set-up-title", body).await?.status(status))
}

fn steps(t: T, current: usize) -> Steps {
    let labels = ["set-up-step-code", "set-up-step-form", "set-up-step-codes"].map(|key| t.text(key).to_string());
    Steps { labels: labels.into(), current }
}

/// What stands in the field for offices that know of no code of theirs.
const FIRST_CODE: &str = "1";

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    name: String,
    code: String,
    area: String,
    year: String,
    system: String,
    security: String,
    audit: String,
}

#[derive(Template)]
#[template(path = "set_up/installation.html")]
struct View {
    t: T,
    form: FormFields,
    steps: Steps,
    typed: Typed,
    errors: Errors,
}

pub async fn installation_form(_: Grant<Public>, ui: Ui, headers: HeaderMap) -> web::Result<Result<See, Page>> {
    if !admitted(&ui, &headers)? {
        return Ok(Ok(See::to("/set-up")));
    }
    let typed = Typed { code: FIRST_CODE.into(), year: ui.today().year().to_string(), ..Typed::default() };
    Ok(Err(installation_page(&ui, typed, Errors::none()).await?))
}

/// Answers with the codes themselves: they are shown this once and kept nowhere.
pub async fn found(_: Grant<Public>, ui: Ui, headers: HeaderMap, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    if !admitted(&ui, &headers)? {
        return Ok(Ok(See::to("/set-up")));
    }
    let input = match SetUpInput::parse(&typed.name, &typed.code, &typed.area, &typed.year, [&typed.system, &typed.security, &typed.audit])
    {
        Ok(input) => input,
        Err(wrong) => return Ok(Err(installation_page(&ui, typed, wrong.into()).await?)),
    };
    let organisations = ui.app.shared::<Above>()?.organisations.clone();
    let issued = match set_up(&ui.db, ui.app.keys(), &System::visitor(), organisations, input).await {
        Ok(issued) => issued,
        Err(e) if e.field.is_some() => return Ok(Err(installation_page(&ui, typed, e.into()).await?)),
        Err(e) => return Err(e.into()),
    };
    crate::start::pages::installed(&ui.app).await?;
    Ok(Err(codes_page(&ui, &issued, "/sign-in").await?))
}

/// Whether this browser has come through the first step, and there is still nothing here.
fn admitted(ui: &Ui, headers: &HeaderMap) -> web::Result<bool> {
    let ticket = access::cookie(headers, ui.app.gate().cookies().ticket()).unwrap_or_default();
    Ok(ui.app.installation().is_none() && ui.app.shared::<Above>()?.set_up.admits(ui.app.keys(), ticket))
}

async fn installation_page(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let body = View { t: ui.t, form: ui.form(), steps: steps(ui.t, 1), typed, errors };
    Ok(ui.page("accounts/set_up/installation.html", "set-up-title", body).await?.status(status))
}

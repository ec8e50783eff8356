//! The form behind 投诉建议 in every footer; nobody has to sign in.
use super::operations::{Written, send as send_written};
use access::{Device, Grant, Public};
use askama::Template;
use serde::Deserialize;
use web::{Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    text: String,
    contact: String,
}

#[derive(Template)]
#[template(path = "suggestion/form.html")]
struct View {
    t: T,
    form: FormFields,
    typed: Typed,
    errors: Errors,
}

pub async fn form(_: Grant<Public>, ui: Ui) -> web::Result<Page> {
    show(&ui, Typed::default(), Errors::none()).await
}

pub async fn send(_: Grant<Public>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    let device = ui.device().map_or_else(Device::new, Ok)?;
    let written = match Written::parse(&typed.text, &typed.contact) {
        Ok(written) => written,
        Err(wrong) => return Ok(Err(show(&ui, typed, wrong.into()).await?)),
    };
    match send_written(&ui.db, ui.app.keys(), &device, ui.today(), written).await {
        Ok(()) => Ok(Ok(See::to("/suggestions/new").flash(&Flash::done("suggestion-sent")))),
        Err(e) if e.kind == kernel::Kind::Internal => Err(e.into()),
        Err(e) => Ok(Err(show(&ui, typed, e.into()).await?)),
    }
}

async fn show(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = View { t: ui.t, form: ui.form(), typed, errors };
    Ok(ui.page("administration/suggestion/form.html", "suggestions", body).await?.status(status))
}

//! The second page of a sign-in: the code of a device, or the device itself where one is asked for and none is there.
use super::door::{Second, complete, is_told_beside, set as set_device};
use super::view::{Candidate, Shown, device_page, recovery_page};
use super::{Recovery, State};
use crate::sign_in::pages::{Onward, browser, session_cookies};
use crate::sign_in::ticket::{Step, Ticket, gone};
use access::{Grant, Public};
use askama::Template;
use axum::http::HeaderMap;
use kernel::Instant;
use serde::Deserialize;
use web::{Asked, Errors, Form, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    given: String,
    back: String,
    kept: String,
}

#[derive(Template)]
#[template(path = "second_factor/code.html")]
struct View {
    t: T,
    form: FormFields,
    onward: Onward,
    errors: Errors,
}

/// After a right password. A form to be sent on comes by [`code_page`] only: in an address anybody could have written one.
pub async fn form(_: Grant<Public>, ui: Ui, headers: HeaderMap, Asked(q): Asked<Typed>) -> web::Result<Page> {
    ticket(&ui, &headers, Step::Code).await?;
    code_page(&ui, Onward { back: q.back, ..Onward::default() }, Errors::none()).await
}

/// The page with one field; what was to follow the sign-in goes along in its form.
///
/// # Errors
/// The engine's own, when the frame cannot be read.
pub async fn code_page(ui: &Ui, onward: Onward, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let view = View { t: ui.t, form: ui.form(), onward, errors };
    Ok(ui.page("accounts/second_factor/code.html", "second-factor-title", view).await?.status(status))
}

pub async fn give(grant: Grant<Public>, ui: Ui, headers: HeaderMap, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    let (ticket, state) = ticket(&ui, &headers, Step::Code).await?;
    let onward = Onward { back: typed.back, kept: typed.kept };
    let second = Second { ticket, login: state.account.login, given: typed.given, browser: browser(&grant, &ui)? };
    match complete(&ui.db, ui.app.keys(), second, Instant::now()).await {
        Ok(new) => Ok(Ok(onward.with_session(&ui, &new))),
        Err(e) if is_told_beside(&e) => Ok(Err(code_page(&ui, onward, e.into()).await?)),
        Err(e) => Err(e.into()),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Device {
    secret: String,
    code: String,
}

pub async fn device_form(_: Grant<Public>, ui: Ui, headers: HeaderMap) -> web::Result<Page> {
    let (ticket, state) = ticket(&ui, &headers, Step::SecondFactor).await?;
    show(&ui, &state, &Candidate::new(ui.app.keys(), ticket.account)?, Errors::none()).await
}

/// Answers with the recovery codes: they are shown this once.
pub async fn set(grant: Grant<Public>, ui: Ui, headers: HeaderMap, Form(typed): Form<Device>) -> web::Result<Page> {
    let ((ticket, state), keys, now) = (ticket(&ui, &headers, Step::SecondFactor).await?, ui.app.keys(), Instant::now());
    let id = ticket.account;
    let candidate = match Candidate::read(keys, id, &typed.secret) {
        Ok(candidate) => candidate,
        Err(e) => return show(&ui, &state, &Candidate::new(keys, id)?, e.into()).await,
    };
    let device = match candidate.proved(keys, id, &typed.code, now) {
        Ok(device) => device,
        Err(e) => return show(&ui, &state, &candidate, e.into()).await,
    };
    let recovery = Recovery::new(keys, id)?;
    let new = set_device(&ui.db, ticket, device, recovery.clone(), browser(&grant, &ui)?, now).await?;
    Ok(session_cookies(&ui, &new).into_iter().fold(recovery_page(&ui, recovery, "/todo").await?, Page::cookie))
}

async fn show(ui: &Ui, state: &State, candidate: &Candidate, errors: Errors) -> web::Result<Page> {
    let shown =
        Shown { action: Step::SecondFactor.page(), lead: "second-factor-asked", login: &state.account.login, own: false, replaces: false };
    device_page(ui, shown, candidate, errors).await
}

/// Without a ticket that holds there is nothing to do here: back to the sign-in.
async fn ticket(ui: &Ui, headers: &HeaderMap, step: Step) -> web::Result<(Ticket, State)> {
    let cookie = access::cookie(headers, ui.app.gate().cookies().ticket()).ok_or_else(gone)?;
    Ok(Ticket::read(&ui.db, ui.app.keys(), step, ui.device().as_ref(), cookie).await?)
}

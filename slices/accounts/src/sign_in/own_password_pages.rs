//! The page on which somebody who came with a one-time code sets a password of their own.
use super::own_password::{faults, set as set_password};
use super::pages::{Onward, browser, taken_in};
use super::ticket::{Step, Ticket, gone};
use crate::second_factor::Required;
use access::{Account, Grant, PasswordRule, Public};
use askama::Template;
use axum::http::HeaderMap;
use serde::Deserialize;
use web::{Errors, Form, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    password: String,
    again: String,
}

#[derive(Template)]
#[template(path = "sign_in/password.html")]
struct View {
    t: T,
    form: FormFields,
    login: String,
    name: String,
    min: usize,
    errors: Errors,
}

pub async fn form(_: Grant<Public>, ui: Ui, headers: HeaderMap) -> web::Result<Page> {
    let (_, account) = ticket(&ui, &headers).await?;
    show(&ui, account, Errors::none()).await
}

pub async fn set(grant: Grant<Public>, ui: Ui, headers: HeaderMap, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    let (ticket, account) = ticket(&ui, &headers).await?;
    let wrong = faults(&typed.password, &typed.again, &account.login);
    if !wrong.is_empty() {
        return Ok(Err(show(&ui, account, wrong.into()).await?));
    }
    let browser = browser(&grant, &ui)?;
    let answer = set_password(&ui.db, ui.app.hasher(), Required::of(&ui.app), ticket, &typed.password, browser).await?;
    Ok(Ok(taken_in(&ui, answer, Onward::default()).flash(&web::Flash::done("password-set"))))
}

/// Without a ticket that holds there is nothing to do here: back to the sign-in.
async fn ticket(ui: &Ui, headers: &HeaderMap) -> web::Result<(Ticket, Account)> {
    let cookie = access::cookie(headers, ui.app.gate().cookies().ticket()).ok_or_else(gone)?;
    let (ticket, state) = Ticket::read(&ui.db, ui.app.keys(), Step::Password, ui.device().as_ref(), cookie).await?;
    Ok((ticket, state.account))
}

async fn show(ui: &Ui, account: Account, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let body = View { t: ui.t, form: ui.form(), login: account.login, name: account.name, min: PasswordRule::MIN, errors };
    Ok(ui.page("accounts/sign_in/password.html", "password-title", body).await?.status(status))
}

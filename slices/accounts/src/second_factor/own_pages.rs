//! 我的 → 动态码: set, replaced, new recovery codes, switched off.
use super::own::{Own, Shows, Wish, change};
use super::view::{Candidate, Shown, device_page, recovery_page};
use super::{Recovery, Required};
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{AccountId, Instant};
use serde::Deserialize;
use web::{Errors, Flash, Form, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    secret: String,
    code: String,
    old: String,
    given: String,
}

async fn own(ui: &Ui, id: AccountId) -> web::Result<Own> {
    Ok(Own::of(&ui.db, Required::of(&ui.app), id).await?)
}

async fn done(grant: &Grant<SignedIn>, ui: &Ui, typed: Typed, wish: Wish) -> web::Result<Result<Recovery, Errors>> {
    let device = ui.device().map_or_else(access::Device::new, Ok)?;
    let shows = Shows { password: &typed.old, given: typed.given, device: &device };
    Ok(change(&ui.db, (ui.app.hasher(), ui.app.keys()), grant, Required::of(&ui.app), shows, wish).await?)
}

pub async fn device_form(grant: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    let id = grant.account()?;
    show_device(&ui, id, &Candidate::new(ui.app.keys(), id)?, Errors::none()).await
}

/// Answers with the recovery codes: they are shown this once.
pub async fn set(grant: Grant<SignedIn>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Page> {
    let (id, keys) = (grant.account()?, ui.app.keys());
    let candidate = match Candidate::read(keys, id, &typed.secret) {
        Ok(candidate) => candidate,
        Err(e) => return show_device(&ui, id, &Candidate::new(keys, id)?, e.into()).await,
    };
    let device = match candidate.proved(keys, id, &typed.code, Instant::now()) {
        Ok(device) => device,
        Err(e) => return show_device(&ui, id, &candidate, e.into()).await,
    };
    match done(&grant, &ui, typed, Wish::Set(device)).await? {
        Ok(recovery) => recovery_page(&ui, recovery, "/me").await,
        Err(errors) => show_device(&ui, id, &candidate, errors).await,
    }
}

async fn show_device(ui: &Ui, id: AccountId, candidate: &Candidate, errors: Errors) -> web::Result<Page> {
    let login = ui.db.read(async move |tx| access::by_id(tx, id).await).await?.login;
    let replaces = own(ui, id).await?.set.is_some();
    let lead = if replaces { "second-factor-replace-lead" } else { "second-factor-own-lead" };
    device_page(ui, Shown { action: "/me/second-factor", lead, login: &login, own: true, replaces }, candidate, errors).await
}

/// The two pages that ask for password and code, and nothing else.
#[derive(Clone, Copy)]
enum Asking {
    Codes,
    Off,
}

#[derive(Template)]
#[template(path = "second_factor/confirm.html")]
struct View {
    t: T,
    form: FormFields,
    action: &'static str,
    title: &'static str,
    lead: &'static str,
    errors: Errors,
}

async fn show(ui: &Ui, asking: Asking, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let (action, title, lead) = match asking {
        Asking::Codes => ("/me/recovery-codes", "recovery-renew", "recovery-renew-lead"),
        Asking::Off => ("/me/second-factor/removal", "second-factor-off", "second-factor-off-lead"),
    };
    let view = View { t: ui.t, form: ui.form(), action, title, lead, errors };
    Ok(ui.page("accounts/second_factor/confirm.html", title, view).await?.status(status))
}

pub async fn codes_form(_: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    show(&ui, Asking::Codes, Errors::none()).await
}

pub async fn renew_codes(grant: Grant<SignedIn>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Page> {
    match done(&grant, &ui, typed, Wish::NewCodes).await? {
        Ok(recovery) => recovery_page(&ui, recovery, "/me").await,
        Err(errors) => show(&ui, Asking::Codes, errors).await,
    }
}

pub async fn off_form(_: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    show(&ui, Asking::Off, Errors::none()).await
}

pub async fn switch_off(grant: Grant<SignedIn>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    match done(&grant, &ui, typed, Wish::Off).await? {
        Ok(_) => Ok(Ok(See::to("/me").flash(&Flash::done("second-factor-now-off")))),
        Err(errors) => Ok(Err(show(&ui, Asking::Off, errors).await?)),
    }
}

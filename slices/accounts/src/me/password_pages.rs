//! Changing one's own password.
use super::operations::{Passwords, change_password};
use access::{Device, Grant, PasswordRule, SignedIn};
use askama::Template;
use serde::Deserialize;
use web::{Errors, Flash, Form, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    old: String,
    password: String,
    again: String,
}

#[derive(Template)]
#[template(path = "me/password.html")]
struct View {
    t: T,
    form: FormFields,
    min: usize,
    errors: Errors,
}

pub async fn form(_: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    show(&ui, Errors::none()).await
}

pub async fn change(grant: Grant<SignedIn>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    let passwords = Passwords { old: &typed.old, new: &typed.password, again: &typed.again };
    let device = ui.device().map_or_else(Device::new, Ok)?;
    match change_password(&ui.db, ui.app.hasher(), &grant, &device, passwords, ui.visit.agent.clone()).await? {
        Ok(new) => {
            let cookies = ui.app.gate().cookies();
            let see = See::to("/me").cookie(cookies.set(cookies.session(), &new.token, None));
            Ok(Ok(see.flash(&Flash::done("password-set"))))
        }
        Err(errors) => Ok(Err(show(&ui, errors).await?)),
    }
}

async fn show(ui: &Ui, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let body = View { t: ui.t, form: ui.form(), min: PasswordRule::MIN, errors };
    Ok(ui.page("accounts/me/password.html", "password-change", body).await?.status(status))
}

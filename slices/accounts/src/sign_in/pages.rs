//! The sign-in form and the way out.
use super::own_password::SECONDS;
use super::{Answer, Knock, answer, kept};
use access::{Caller, Device, Grant, Public, SignedIn};
use askama::Template;
use audit::Event;
use kernel::{AccountId, Error, Kind, SessionId};
use serde::Deserialize;
use web::{Asked, Errors, Fields, Form, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    login: String,
    password: String,
    /// Where the visitor was going.
    back: String,
    /// The form they were sending there when their session had ended.
    kept: String,
}

impl Typed {
    pub(super) fn keeping(back: String, kept: String) -> Self {
        Self { back, kept, ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct View {
    t: T,
    form: FormFields,
    login: String,
    back: String,
    kept: String,
    errors: Errors,
    demo: bool,
}

/// A form to be sent on comes from [`kept::keep`] only: in an address anybody could have written one.
pub async fn form(_: Grant<Public>, ui: Ui, Asked(q): Asked<Typed>) -> web::Result<Page> {
    show(&ui, Typed { kept: String::new(), ..q }, Errors::none()).await
}

pub async fn sign_in(grant: Grant<Public>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Result<See, Page>> {
    let knock = Knock {
        login: typed.login.trim().to_owned(),
        secret: typed.password.clone(),
        device: ui.device().map_or_else(Device::new, Ok)?,
        agent: ui.visit.agent.clone(),
        old: held(grant.caller()),
    };
    let cookies = ui.app.gate().cookies().clone();
    Ok(match answer(&ui.db, ui.app.hasher(), knock).await {
        Ok(Answer::In(new)) => Ok(onward(&typed).cookie(cookies.set(cookies.session(), &new.token, None))),
        Ok(Answer::SetPassword(ticket)) => {
            Ok(See::to("/password").cookie(cookies.set(cookies.ticket(), &ticket.signed(ui.app.keys()), Some(SECONDS))))
        }
        Err(e) if e.kind == Kind::Denied => Err(show(&ui, typed, e.into()).await?),
        Err(e) => return Err(e.into()),
    })
}

/// The session this request came with.
pub fn held(caller: &Caller) -> Option<(AccountId, SessionId)> {
    caller.account().zip(caller.session())
}

fn onward(typed: &Typed) -> See {
    if typed.kept.is_empty() { See::to(back(&typed.back)) } else { kept::onward(&typed.back) }
}

/// Only ever a page of our own (`See` takes no other), and not the form again.
fn back(to: &str) -> String {
    if to.is_empty() || to.starts_with("/sign-in") || to.starts_with("/password") { "/todo".into() } else { to.into() }
}

pub(super) async fn show(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let demo = ui.app.installation().is_some_and(|i| i.kind == installation::Kind::Demo);
    let body = View { t: ui.t, form: ui.form(), login: typed.login, back: typed.back, kept: typed.kept, errors, demo };
    Ok(ui.page("accounts/sign_in/form.html", "sign-in-title", body).await?.status(status))
}

pub async fn sign_out(grant: Grant<SignedIn>, ui: Ui, _: Form<Fields>) -> web::Result<See> {
    let (account, session) = held(grant.caller()).ok_or_else(Error::not_found)?;
    audit::change(&ui.db, &grant, async move |tx| {
        access::close(tx, account, session).await?;
        Ok(((), Event::new("sign-out.done", format!("account:{account}"))))
    })
    .await?;
    Ok(signed_out(&ui))
}

/// To the first page, without the session's cookie.
pub fn signed_out(ui: &Ui) -> See {
    let cookies = ui.app.gate().cookies();
    See::to("/").cookie(cookies.set(cookies.session(), "", Some(0)))
}

//! The sign-in form and the way out.
use super::ticket::{SECONDS, Step};
use super::{Answer, Browser, Knock, answer, kept};
use crate::second_factor::{Required, door_pages};
use access::{Caller, Device, Grant, NewSession, Public, SignedIn};
use askama::Template;
use audit::Event;
use kernel::{AccountId, Error, Kind, Result as Outcome, SessionId};
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
    fn onward(&self) -> Onward {
        Onward { back: self.back.clone(), kept: self.kept.clone() }
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
    let (login, secret) = (typed.login.trim().to_owned(), typed.password.clone());
    let knock = Knock { login, secret, browser: browser(&grant, &ui)? };
    match answer(&ui.db, ui.app.hasher(), Required::of(&ui.app), knock).await {
        // What was kept goes along in the next page's form; an address could not carry it.
        Ok(Answer::Next(ticket)) if ticket.step == Step::Code && !typed.kept.is_empty() => {
            let page = door_pages::code_page(&ui, typed.onward(), Errors::none()).await?;
            Ok(Err(page.cookie(ticket_cookie(&ui, &ticket.signed(ui.app.keys())))))
        }
        Ok(answer) => Ok(Ok(taken_in(&ui, answer, typed.onward()))),
        Err(e) if e.kind == Kind::Denied => Ok(Err(show(&ui, typed, e.into()).await?)),
        Err(e) => Err(e.into()),
    }
}

/// Where this request comes from.
pub(crate) fn browser(grant: &Grant<Public>, ui: &Ui) -> Outcome<Browser> {
    let device = ui.device().map_or_else(Device::new, Ok)?;
    Ok(Browser { device, agent: ui.visit.agent.clone(), old: held(grant.caller()) })
}

/// On with a session, or first to the page that comes before it.
pub(super) fn taken_in(ui: &Ui, answer: Answer, onward: Onward) -> See {
    match answer {
        Answer::In(new) => onward.with_session(ui, &new),
        Answer::Next(ticket) => {
            let query = serde_urlencoded::to_string([("back", &onward.back)]).unwrap_or_default();
            let page = ticket.step.page();
            let see = if ticket.step == Step::Code && !onward.back.is_empty() { See::to(format!("{page}?{query}")) } else { See::to(page) };
            see.cookie(ticket_cookie(ui, &ticket.signed(ui.app.keys())))
        }
    }
}

fn ticket_cookie(ui: &Ui, signed: &str) -> String {
    let cookies = ui.app.gate().cookies();
    cookies.set(cookies.ticket(), signed, Some(SECONDS))
}

/// The session this request came with.
pub fn held(caller: &Caller) -> Option<(AccountId, SessionId)> {
    caller.account().zip(caller.session())
}

/// Where a sign-in leads, and the form that was being sent there.
#[derive(Default)]
pub struct Onward {
    pub back: String,
    pub kept: String,
}

impl Onward {
    /// There, with the session's cookie and without the ticket's.
    pub(crate) fn with_session(&self, ui: &Ui, new: &NewSession) -> See {
        let see = if self.kept.is_empty() { See::to(back(&self.back)) } else { kept::onward(&self.back) };
        session_cookies(ui, new).into_iter().fold(see, See::cookie)
    }
}

/// The session's, and none of the ticket any more.
pub(crate) fn session_cookies(ui: &Ui, new: &NewSession) -> [String; 2] {
    let cookies = ui.app.gate().cookies();
    [cookies.set(cookies.session(), &new.token, None), cookies.set(cookies.ticket(), "", Some(0))]
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

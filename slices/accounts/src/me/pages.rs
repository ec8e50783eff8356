//! The page 我的 and its sessions.
use super::operations;
use crate::roles::pages::{held, names};
use crate::second_factor::{Own, Required};
use crate::sign_in::pages::signed_out;
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{Instant, SessionId};
use web::{At, Errors, Fields, Flash, Form, FormFields, Page, See, T, Ui};

struct Session {
    id: SessionId,
    device: String,
    begun: String,
    used: String,
    this: bool,
}

struct Token {
    id: SessionId,
    name: String,
    role: String,
    expires: String,
}

#[derive(Template)]
#[template(path = "me/show.html")]
struct View {
    t: T,
    name: String,
    posts: Vec<String>,
    sessions: Vec<Session>,
    tokens: Vec<Token>,
    /// One's own roles, for a token: name and words.
    roles: Vec<(String, String)>,
    typed: super::token_pages::Typed,
    errors: Errors,
    form: FormFields,
    here: String,
    second_factor: Own,
    /// Since when there is one, in words.
    since: String,
    /// Signing in goes by the real time, and a demo's date stands above it.
    demo: bool,
}

pub async fn show(grant: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    page(&grant, &ui, Default::default(), Errors::none()).await
}

pub(super) async fn page(grant: &Grant<SignedIn>, ui: &Ui, typed: super::token_pages::Typed, errors: Errors) -> web::Result<Page> {
    let (account, now) = (grant.account()?, Instant::now());
    let (sessions, tokens) =
        ui.db.read(async move |tx| Ok((access::sessions_of(tx, account, now).await?, access::tokens_of(tx, account, now).await?))).await?;
    let second_factor = Own::of(&ui.db, Required::of(&ui.app), account).await?;
    let (caller, at) = (grant.caller(), |instant| ui.clock().date_time(instant));
    let names = names(ui, caller.posts().iter().filter_map(|p| p.org)).await?;
    let role = |name: &str| ui.t.text(&format!("role-{name}")).to_string();
    let mut roles: Vec<(String, String)> = caller.posts().iter().map(|p| (p.role.clone(), role(&p.role))).collect();
    roles.sort();
    roles.dedup();
    let this = |id| caller.session() == Some(id);
    let status = crate::status(&errors);
    let view = View {
        t: ui.t,
        name: caller.name().into(),
        posts: caller.posts().iter().map(|p| held(ui.t, &names, &p.role, p.org)).collect(),
        sessions: sessions
            .into_iter()
            .map(|s| Session { this: this(s.id), id: s.id, device: s.device, begun: at(s.begun), used: at(s.used) })
            .collect(),
        tokens: tokens.into_iter().map(|k| Token { id: k.id, name: k.name, role: role(&k.role), expires: at(k.expires) }).collect(),
        roles,
        typed,
        errors,
        since: second_factor.set.map(|(since, _)| at(since)).unwrap_or_default(),
        second_factor,
        demo: ui.is_demo(),
        form: ui.form(),
        here: ui.visit.path.clone(),
    };
    Ok(ui.page("accounts/me/show.html", "me", view).await?.status(status))
}

pub async fn end_session(grant: Grant<SignedIn>, ui: Ui, At((session,)): At<(SessionId,)>, _: Form<Fields>) -> web::Result<See> {
    operations::end_session(&ui.db, &grant, session).await?;
    Ok(See::to("/me").flash(&Flash::done("session-ended")))
}

pub async fn sign_out_everywhere(grant: Grant<SignedIn>, ui: Ui, _: Form<Fields>) -> web::Result<See> {
    operations::sign_out_everywhere(&ui.db, &grant).await?;
    Ok(signed_out(&ui))
}

//! API tokens: made, shown once, revoked.
use super::{operations, pages};
use access::{Grant, SignedIn};
use askama::Template;
use kernel::SessionId;
use serde::Deserialize;
use web::{At, Fields, Flash, Form, Page, See, T, Ui};

#[derive(Deserialize)]
#[serde(default)]
pub struct Typed {
    pub name: String,
    pub role: String,
    pub days: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self { name: String::new(), role: String::new(), days: "90".into() }
    }
}

#[derive(Template)]
#[template(path = "me/token.html")]
struct Shown {
    t: T,
    token: String,
}

/// Answers with the token itself: it is shown this once.
pub async fn make(grant: Grant<SignedIn>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Page> {
    let asked = match operations::Token::parse(&grant, &typed.name, &typed.role, &typed.days) {
        Ok(asked) => asked,
        Err(wrong) => return pages::page(&grant, &ui, typed, wrong.into()).await,
    };
    match operations::make_token(&ui.db, &grant, asked).await {
        Ok(new) => ui.page("accounts/me/token.html", "token-title", Shown { t: ui.t, token: new.text }).await,
        Err(e) => Err(e.into()),
    }
}

pub async fn revoke(grant: Grant<SignedIn>, ui: Ui, At((token,)): At<(SessionId,)>, _: Form<Fields>) -> web::Result<See> {
    operations::revoke_token(&ui.db, &grant, token).await?;
    Ok(See::to("/me").flash(&Flash::done("token-revoked")))
}

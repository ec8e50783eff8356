//! `/`, and the page on which a demonstration's visitor chooses an identity.
use super::walk::{self, WALK};
use super::{IDENTITIES, store};
use crate::sign_in::pages::browser;
use access::{Grant, Public};
use askama::Template;
use installation::Kind;
use kernel::Error;
use serde::Deserialize;
use web::{App, At, Flash, Form, FormFields, Page, See, T, Ui};

struct Card {
    role: &'static str,
    name: String,
    job: String,
    look: String,
    form: FormFields,
}

struct Step {
    code: &'static str,
    name: String,
    what: String,
    role: &'static str,
    /// Enters as that identity.
    form: Option<FormFields>,
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct View {
    t: T,
    cards: Vec<Card>,
    steps: Vec<Step>,
    /// The walk is shown.
    guided: bool,
    /// Closes it, or shows it again.
    switch: String,
}

/// Everybody's first page: their desk, the demonstration's identities, the sign-in or the set-up.
pub async fn home(grant: Grant<Public>, ui: Ui) -> web::Result<Result<See, Page>> {
    let kind = installed(&ui.app).await?;
    if grant.visitor_or_account().is_some() {
        return Ok(Ok(See::to("/todo")));
    }
    Ok(match kind {
        Some(Kind::Demo) => Err(identities(&ui).await?),
        Some(Kind::Real) => Ok(See::to("/sign-in")),
        None => Ok(See::to("/set-up")),
    })
}

/// 换身份: the same choice for somebody who has entered already.
pub async fn start(_: Grant<Public>, ui: Ui) -> web::Result<Page> {
    only_in_a_demo(&ui.app)?;
    identities(&ui).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Chosen {
    /// The step of the walk that is begun; empty where the identity alone was chosen.
    step: String,
}

pub async fn enter(grant: Grant<Public>, ui: Ui, At((role,)): At<(String,)>, Form(chosen): Form<Chosen>) -> web::Result<See> {
    let kind = only_in_a_demo(&ui.app)?;
    let look = IDENTITIES.iter().find(|(name, _)| *name == role).ok_or_else(Error::not_found)?.1;
    let new = super::enter(&ui.db, &grant, role.clone(), kind, browser(&grant, &ui)?).await?;
    let cookies = ui.app.gate().cookies();
    let there = ui.app.inventory().iter().any(|r| r.path == look);
    let begins = walk::page(&ui, &role, &chosen.step, &new).await?;
    let see = match begins {
        Some(page) => {
            let step = ui.t.text(&format!("start-step-{}", chosen.step)).to_string();
            See::to(page).flash(&Flash::done("start-step-here").with("step", step))
        }
        None => See::to(if there { look } else { "/todo" }),
    };
    Ok(see.cookie(cookies.set(cookies.session(), &new.token, None)))
}

/// What this database is.
pub async fn installed(app: &App) -> kernel::Result<Option<Kind>> {
    Ok(app.installed().await?.map(|i| i.kind))
}

/// In a real database these addresses do not exist.
pub(super) fn only_in_a_demo(app: &App) -> kernel::Result<Kind> {
    app.installation().map(|i| i.kind).filter(|kind| *kind == Kind::Demo).ok_or_else(Error::not_found)
}

async fn identities(ui: &Ui) -> web::Result<Page> {
    let offered = ui.db.read(async |tx| store::roles(tx).await).await?;
    let text = |key: String| ui.t.text(&key).to_string();
    let card = |role: &'static str| Card {
        role,
        name: text(format!("start-{role}")),
        job: text(format!("start-{role}-job")),
        look: text(format!("start-{role}-look")),
        form: ui.form(),
    };
    let cards = IDENTITIES.iter().filter(|(role, _)| offered.iter().any(|o| o == role)).map(|(role, _)| card(role)).collect();
    let step = |s: &walk::Step| Step {
        code: s.name,
        name: text(format!("start-step-{}", s.name)),
        what: text(format!("start-step-{}-text", s.name)),
        role: s.role,
        form: offered.iter().any(|o| o == s.role).then(|| ui.form()),
    };
    let steps = WALK.iter().map(step).collect();
    ui.page("accounts/start/start.html", "start-title", View { t: ui.t, cards, steps, guided: ui.is_guided(), switch: ui.guided_href() })
        .await
}

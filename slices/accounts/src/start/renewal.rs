//! 清空演示数据: a demonstration begins anew, with the data it was made of or empty for one's own. Here it is asked for;
//! whoever serves wipes and starts again.
use crate::Above;
use access::{Grant, Public};
use askama::Template;
use audit::Event;
use kernel::{Error, Result};
use serde::Deserialize;
use tokio::sync::watch;
use web::{Errors, Form, FormFields, Page, StatusCode, T, Ui};

/// What stands there afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// The demonstration as it was on its first day.
    #[default]
    Demo,
    /// No account and no data: the set-up.
    Empty,
}

/// Where the wish is left for whoever serves.
pub struct Renewal(Option<watch::Sender<Option<Afterwards>>>);

impl Renewal {
    /// Others may see this demonstration or stand on its database: one visitor does not take it away from them.
    pub const fn impossible() -> Self {
        Self(None)
    }
    pub fn possible() -> (Self, watch::Receiver<Option<Afterwards>>) {
        let (wish, asked) = watch::channel(None);
        (Self(Some(wish)), asked)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    /// The word on the page: what deletes data is typed, not only pressed.
    word: String,
    afterwards: Afterwards,
}

#[derive(Template)]
#[template(path = "start/renewal.html")]
struct View {
    t: T,
    form: FormFields,
    errors: Errors,
    word: String,
    possible: bool,
    /// It has been asked for; the page waits for the new start.
    begun: bool,
}

pub async fn page(_: Grant<Public>, ui: Ui) -> web::Result<Page> {
    super::pages::only_in_a_demo(&ui.app)?;
    show(&ui, String::new(), Errors::none(), false).await
}

pub async fn begin(grant: Grant<Public>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<Page> {
    super::pages::only_in_a_demo(&ui.app)?;
    match ask(&ui, &grant, &typed).await {
        Ok(()) => show(&ui, String::new(), Errors::none(), true).await,
        Err(e) if e.field.is_some() => Ok(show(&ui, typed.word, e.into(), false).await?.status(StatusCode::UNPROCESSABLE_ENTITY)),
        Err(e) => Err(e.into()),
    }
}

/// # Errors
/// `start-renewal-not-here`; `start-renewal-type` if the word is another one.
async fn ask(ui: &Ui, grant: &Grant<Public>, typed: &Typed) -> Result<()> {
    let above = ui.app.shared::<Above>()?;
    let wish = above.renewal.0.as_ref().ok_or_else(|| Error::conflict("start-renewal-not-here"))?;
    let word = ui.t.text("start-renewal-word").to_string();
    if typed.word.trim().to_lowercase() != word {
        return Err(Error::invalid("start-renewal-type").with("word", word).at("word"));
    }
    audit::change(&ui.db, grant, async |_| Ok(((), Event::new("demo.renewed", "installation")))).await?;
    // Nobody listens any more: the process is about to end, which is what was asked for.
    let _ = wish.send(Some(typed.afterwards));
    Ok(())
}

async fn show(ui: &Ui, word: String, errors: Errors, begun: bool) -> web::Result<Page> {
    let possible = ui.app.shared::<Above>()?.renewal.0.is_some();
    ui.page("accounts/start/renewal.html", "start-renewal", View { t: ui.t, form: ui.form(), errors, word, possible, begun }).await
}

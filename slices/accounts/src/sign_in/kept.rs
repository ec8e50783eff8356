//! A form whose session had ended: it is kept in the page beside the sign-in, and shown once more after it.
//!
//! Nothing is stored on the server and nothing happens by itself: whoever has signed in sees what they had entered and
//! sends it again, or leaves it.
use super::entered::words;
use super::pages::{Typed, show};
use access::{Grant, Public};
use askama::Template;
use kernel::{Error, Kind};
use serde::Deserialize;
use web::{Asked, Carried, Fields, FormFields, Page, See, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    /// Where the form was going.
    back: String,
}

#[derive(Template)]
#[template(path = "sign_in/kept.html")]
struct Kept {
    t: T,
    form: FormFields,
    back: String,
    fields: Fields,
}

impl Kept {
    /// What a person has entered, each with what it is called.
    fn entered(&self) -> Vec<(String, String)> {
        self.fields.iter().filter_map(|(name, value)| words(self.t, name, value)).collect()
    }
}

/// The sign-in form with what was entered; for whoever is signed in (by now), the form to be sent again.
pub async fn keep(grant: Grant<Public>, ui: Ui, Asked(q): Asked<Query>, Carried(sent): Carried) -> web::Result<Page> {
    let back = if q.back.is_empty() { "/todo".to_owned() } else { q.back };
    if !See::is_ours(&back) {
        return Err(Error::not_found().into());
    }
    // After the sign-in the browser sends that form here, with the other one inside.
    let inside = sent.iter().find(|(name, _)| name == "kept").map(|(_, text)| unpacked(text));
    let fields = inside.unwrap_or(sent);
    if grant.caller().account().is_none() {
        return show(&ui, Typed::keeping(back, packed(&fields)), Error::new(Kind::SignIn, "sign-in-ended").into()).await;
    }
    let body = Kept { t: ui.t, form: ui.form(), back, fields };
    ui.page("accounts/sign_in/kept.html", "kept-title", body).await
}

/// Where a sign-in with a kept form goes on.
pub fn onward(back: &str) -> See {
    let back = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
    See::to(format!("/sign-in/kept?{back}")).with_the_form()
}

fn packed(fields: &Fields) -> String {
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

fn unpacked(text: &str) -> Fields {
    serde_urlencoded::from_str(text).unwrap_or_default()
}

//! What the script asks for and sends beside a form.
use super::{Place, kept, store};
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{Error, Instant};
use serde::Deserialize;
use web::{Asked, Fields, Form, Page, T, Ui};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    of: String,
}

#[derive(Template)]
#[template(path = "drafts/_offer.html")]
struct Offer {
    t: T,
    when: String,
    fields: String,
}

/// The part there is when there is nothing to say.
const NOTHING: &str = r#"<p id="draft" hidden></p>"#;

/// The offer to go on with a draft, if there is one.
pub async fn offer(grant: Grant<SignedIn>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let Ok(place) = Place::parse(&q.of) else { return Ok(Page::bare(NOTHING.into())) };
    let account = grant.account()?;
    let Some(found) = store::find(&ui.db, account, &place).await.map_err(Error::from)? else { return Ok(Page::bare(NOTHING.into())) };
    // A draft of keys that are gone is none.
    let Ok(fields) = ui.app.keys().unseal(&sealed_for(account, &place), &found.sealed) else { return Ok(Page::bare(NOTHING.into())) };
    let offer = Offer { t: ui.t, when: ui.clock().business_time(found.at), fields };
    Ok(Page::bare(offer.render().map_err(Error::internal)?))
}

/// Keeps what has been typed so far.
pub async fn keep(grant: Grant<SignedIn>, ui: Ui, Form(sent): Form<Fields>) -> web::Result<Page> {
    let (account, place, at) = (grant.account()?, place(&sent)?, Instant::now());
    let fields = serde_json::to_string(&kept(sent)?).map_err(Error::internal)?;
    let sealed = ui.app.keys().seal(&sealed_for(account, &place), &fields)?;
    audit::stage(&ui.db, async move |tx| store::put(tx, account, &place, &sealed, at).await).await?;
    Ok(Page::bare(NOTHING.into()))
}

/// Forgets it: the form has been sent, or its writer begins anew.
pub async fn forget(grant: Grant<SignedIn>, ui: Ui, Form(sent): Form<Fields>) -> web::Result<Page> {
    let (account, place) = (grant.account()?, place(&sent)?);
    audit::stage(&ui.db, async move |tx| store::drop(tx, account, &place).await).await?;
    Ok(Page::bare(NOTHING.into()))
}

/// The script names the form's place beside its fields.
fn place(sent: &Fields) -> kernel::Result<Place> {
    let named = sent.iter().find(|(name, _)| name == "_of").map(|(_, value)| value.as_str());
    Place::parse(named.unwrap_or_default())
}

fn sealed_for(account: kernel::AccountId, place: &Place) -> String {
    format!("draft|{}|{account}", place.0)
}

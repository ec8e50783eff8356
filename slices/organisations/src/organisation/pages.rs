//! Entering an organisation by hand.
use super::kind::OrgKind;
use super::store;
use super::{NewOrganisation, create as create_organisation};
use crate::OrganisationWrite;
use access::Grant;
use askama::Template;
use kernel::{Error, Kind, OrgId};
use serde::Deserialize;
use web::{Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Deserialize, Default, Clone)]
pub struct Typed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    name: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    parent_code: String,
}

#[derive(Template)]
#[template(path = "organisation/new.html")]
struct New {
    t: T,
    form: FormFields,
    typed: Typed,
    kinds: [OrgKind; 9],
    errors: Errors,
}

pub async fn new(_: Grant<OrganisationWrite>, ui: Ui) -> web::Result<Page> {
    form(&ui, Typed::default(), Errors::none()).await
}

pub async fn create(grant: Grant<OrganisationWrite>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<std::result::Result<See, Page>> {
    let mut errors = Errors::from(NewOrganisation::faults(&typed.code, &typed.name));
    let kind = errors.take(OrgKind::parse(&typed.kind))?;
    let parent = errors.take(parent(&ui, &typed.parent_code).await)?;
    let (Some(kind), Some(parent), true) = (kind, parent, errors.is_empty()) else { return Ok(Err(form(&ui, typed, errors).await?)) };
    let new = NewOrganisation::parse(&typed.code, &typed.name, kind, &typed.category, parent, ui.today())?;
    match create_organisation(&ui.db, &grant, new).await {
        Ok(id) => Ok(Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-created")))),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
        Err(e) => Ok(Err(form(&ui, typed, e.into()).await?)),
    }
}

/// The one above; an empty field is none.
async fn parent(ui: &Ui, code: &str) -> kernel::Result<Option<OrgId>> {
    let code = code.trim().to_owned();
    if code.is_empty() {
        return Ok(None);
    }
    let found = ui.db.read(async move |tx| store::by_code(tx, &code).await).await?;
    found.map(|org| Some(org.id)).ok_or_else(|| Error::invalid("org-parent-unknown").at("parent_code"))
}

async fn form(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = New { t: ui.t, form: ui.form(), typed, kinds: OrgKind::ALL, errors };
    Ok(ui.page("organisations/organisation/new.html", "org-new-title", body).await?.status(status))
}

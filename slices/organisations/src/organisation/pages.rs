//! Entering an organisation by hand.
use super::kind::OrgKind;
use super::meant::meant;
use super::store::Organisation;
use super::{NewOrganisation, create as create_organisation};
use crate::OrganisationWrite;
use access::Grant;
use askama::Template;
use kernel::{Error, Kind, OrgId};
use serde::Deserialize;
use web::{Errors, Flash, Form, FormFields, Meant, Page, See, StatusCode, T, Ui};

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
    #[serde(default, rename = "parent_code-is")]
    parent_is: String,
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
    let parent = parent(&ui, &grant, &typed, &mut errors).await?;
    let (Some(kind), Some(parent), true) = (kind, parent, errors.is_empty()) else { return Ok(Err(form(&ui, typed, errors).await?)) };
    let new = NewOrganisation::parse(&typed.code, &typed.name, kind, &typed.category, parent, ui.today())?;
    match create_organisation(&ui.db, &grant, new).await {
        Ok(id) => Ok(Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-created")))),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
        Err(e) => Ok(Err(form(&ui, typed, e.into()).await?)),
    }
}

/// The one above; an empty field is none.
async fn parent(ui: &Ui, grant: &Grant<OrganisationWrite>, typed: &Typed, errors: &mut Errors) -> kernel::Result<Option<Option<OrgId>>> {
    if typed.parent_code.trim().is_empty() {
        return Ok(Some(None));
    }
    let found = look(ui, grant, &typed.parent_code, &typed.parent_is).await?;
    let unknown = Error::invalid("org-parent-unknown").at("parent_code");
    Ok(errors.one_of(unknown, found, Organisation::offered).map(|org| Some(org.id)))
}

/// The one that something may stand below.
pub(super) async fn look(ui: &Ui, grant: &Grant<OrganisationWrite>, typed: &str, chosen: &str) -> kernel::Result<Meant<Organisation>> {
    let (reach, typed, chosen) = (grant.reach(), typed.to_owned(), chosen.to_owned());
    Ok(ui.db.read(async move |tx| meant(tx, &reach, &typed, &chosen, |_| true).await).await?)
}

async fn form(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = New { t: ui.t, form: ui.form(), typed, kinds: OrgKind::ALL, errors };
    Ok(ui.page("organisations/organisation/new.html", "org-new-title", body).await?.status(status))
}

//! Changing an organisation: one page that states what each change does, three forms.
use super::change;
use super::kind::OrgKind;
use super::store::{self, Organisation};
use crate::OrganisationWrite;
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Error, OrgId};
use serde::Deserialize;
use web::{At, Crumb, Flash, Form, FormFields, Page, See, T, Ui};

#[derive(Template)]
#[template(path = "organisation/edit.html")]
struct Edit {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    org: Organisation,
    today: BusinessDate,
    joint: bool,
    joint_units: Option<i64>,
}

pub async fn page(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>) -> web::Result<Page> {
    let read = ui.db.read(async move |tx| Ok((store::one(tx, &grant, id).await?.0, store::joint_units(tx, id).await?)));
    let (org, joint_units) = read.await?;
    let crumbs = vec![Crumb::link(&org.name, format!("/orgs/{id}")), Crumb::here(ui.t.text("org-edit"))];
    let joint = org.kind == OrgKind::JointBranch.code();
    let body = Edit { t: ui.t, form: ui.form(), crumbs, org, today: ui.today(), joint, joint_units };
    ui.page("organisations/organisation/edit.html", "org-edit", body).await
}

/// The day a change takes effect, and what it needs.
#[derive(Deserialize)]
pub struct Changed {
    day: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    parent_code: String,
    #[serde(default)]
    reason: String,
}

impl Changed {
    fn day(&self) -> kernel::Result<BusinessDate> {
        BusinessDate::parse(&self.day).map_err(|e| e.at("day"))
    }
}

pub async fn rename(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> web::Result<See> {
    change::rename(&ui.db, &grant, id, &f.name, f.day()?).await?;
    Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-changed")))
}

pub async fn relocate(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> web::Result<See> {
    change::relocate(&ui.db, &grant, id, &f.parent_code, f.day()?).await?;
    Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-changed")))
}

pub async fn close(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Changed>) -> web::Result<See> {
    change::close(&ui.db, &grant, id, &f.reason, f.day()?).await?;
    Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-changed")))
}

#[derive(Deserialize)]
pub struct Units {
    units: String,
}

pub async fn joint_units(grant: Grant<OrganisationWrite>, ui: Ui, At((id,)): At<(OrgId,)>, Form(f): Form<Units>) -> web::Result<See> {
    let units = f.units.trim().parse().map_err(|_| Error::invalid("org-joint-units").at("units"))?;
    change::set_joint_units(&ui.db, &grant, id, units).await?;
    Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-changed")))
}

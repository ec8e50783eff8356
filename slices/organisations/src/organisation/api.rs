//! The JSON face of organisations: the same scope as the pages.
use super::listing::{self, Asked as Wanted, Filter};
use super::show::On;
use super::store::{self, Organisation};
use crate::OrganisationRead;
use access::Grant;
use kernel::{BusinessDate, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

const PAGE: i64 = 50;

/// An organisation.
#[derive(Serialize, ToSchema)]
pub struct OrganisationOut {
    pub id: String,
    pub code: String,
    pub name: String,
    /// `611`, `621`, `631`, `632`, `641`, `911`, `921`, `931`, `932`.
    #[serde(rename = "type")]
    pub kind: String,
    pub category: String,
}

impl From<Organisation> for OrganisationOut {
    fn from(o: Organisation) -> Self {
        Self { id: o.id.to_string(), code: o.code, name: o.name, kind: o.kind, category: o.category }
    }
}

/// A page of organisations.
#[derive(Serialize, ToSchema)]
pub struct OrganisationsOut {
    pub organisations: Vec<OrganisationOut>,
    /// Where the next page begins.
    pub after: Option<String>,
}

/// An organisation with its place today.
#[derive(Serialize, ToSchema)]
pub struct PlaceOut {
    #[serde(flatten)]
    pub organisation: OrganisationOut,
    pub parent: Option<String>,
    /// The day it was closed, `2026-06-15`.
    pub closed: Option<String>,
    /// How many units a joint branch covers.
    pub joint_units: Option<i64>,
}

#[derive(Deserialize, Default)]
pub struct Listed {
    f: Option<String>,
    after: Option<String>,
}

/// Organisations within reach, by code.
#[utoipa::path(get, path = "/api/v1/orgs", params(("f" = Option<String>, Query, description = "A type, or closed"),
    ("after" = Option<String>, Query)), responses((status = 200, body = OrganisationsOut)))]
pub async fn organisations(grant: Grant<OrganisationRead>, ui: Ui, Asked(q): Asked<Listed>) -> web::Result<Json<OrganisationsOut>> {
    let wanted = Wanted { reach: grant.reach(), filter: Filter::parse(q.f.as_deref()), after: q.after.unwrap_or_default(), limit: PAGE };
    let rows = ui.db.read(async move |tx| listing::page(tx, &wanted).await).await?;
    let after = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|o| o.code.clone());
    Ok(Json(OrganisationsOut { organisations: rows.into_iter().map(OrganisationOut::from).collect(), after }))
}

/// One organisation.
#[utoipa::path(get, path = "/api/v1/orgs/{org}", params(("org" = String, Path)), responses((status = 200, body = PlaceOut)))]
pub async fn one(grant: Grant<OrganisationRead>, ui: Ui, At((id,)): At<(OrgId,)>) -> web::Result<Json<PlaceOut>> {
    let read = ui.db.read(async move |tx| {
        let (org, node) = store::one(tx, &grant, id).await?;
        Ok((org, node, store::joint_units(tx, id).await?))
    });
    let (org, node, joint_units) = read.await?;
    let closed = node.closed.map(|day| day.to_string());
    Ok(Json(PlaceOut { organisation: org.into(), parent: node.parent.map(|p| p.to_string()), closed, joint_units }))
}

/// What stands directly below it, today or on a day.
#[utoipa::path(get, path = "/api/v1/orgs/{org}/children", params(("org" = String, Path), ("on" = Option<String>, Query),
    ("after" = Option<String>, Query)), responses((status = 200, body = OrganisationsOut)))]
pub async fn children(
    grant: Grant<OrganisationRead>,
    ui: Ui,
    At((id,)): At<(OrgId,)>,
    Asked(q): Asked<On>,
) -> web::Result<Json<OrganisationsOut>> {
    let on = q.day()?.unwrap_or_else(|| ui.today());
    let after = q.after.clone().unwrap_or_default();
    let (rows, next) = ui.db.read(async move |tx| below(tx, &grant, id, on, &after).await).await?;
    Ok(Json(OrganisationsOut { organisations: rows.into_iter().map(OrganisationOut::from).collect(), after: next }))
}

async fn below(
    tx: &mut db::Tx<'_>,
    grant: &Grant<OrganisationRead>,
    id: OrgId,
    on: BusinessDate,
    after: &str,
) -> db::Result<(Vec<Organisation>, Option<String>)> {
    store::one(tx, grant, id).await?;
    let page = store::below(tx, id, on, after, PAGE).await?;
    let next = page.last().filter(|_| page.len() as i64 == PAGE).map(|c| c.code.clone());
    Ok((page, next))
}

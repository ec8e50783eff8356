//! Pages of organisations.
use super::kind::OrgKind;
use super::store::{self, Organisation};
use super::{NewOrganisation, create as create_organisation};
use crate::{OrganisationRead, OrganisationWrite};
use access::Grant;
use askama::Template;
use kernel::{Error, OrgId, OrgPath};
use serde::Deserialize;
use web::{Asked, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "organisation/list.html")]
struct List {
    t: T,
    rows: Vec<Organisation>,
    pager: Pager,
    may_write: bool,
}

#[derive(Deserialize, Default)]
pub struct After {
    after: Option<String>,
}

pub async fn list(grant: Grant<OrganisationRead>, ui: Ui, Asked(q): Asked<After>) -> web::Result<Page> {
    let after = q.after.as_deref().map(OrgPath::parse).transpose()?;
    let scope = grant.scope();
    let top = scope.top.clone();
    let (rows, next) = ui
        .db
        .read(async move |tx| {
            let nodes = match &top {
                Some(top) => tree::nodes(tx, top, after.as_ref(), PAGE).await?,
                None => tree::all(tx, after.as_ref(), PAGE).await?,
            };
            let next = (nodes.len() as i64 == PAGE).then(|| nodes.last().map(|n| n.path.clone())).flatten();
            let ids: Vec<OrgId> = nodes.iter().map(|n| n.org).collect();
            Ok((store::named(tx, &ids).await?, next))
        })
        .await?;
    let may_write = ui.caller().holds::<OrganisationWrite>();
    let pager = Pager { before: None, after: next.map(|p: OrgPath| format!("/orgs?after={p}")), note: String::new() };
    ui.page("organisations/organisation/list.html", "orgs-title", List { t: ui.t, rows, pager, may_write }).await
}

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
    error: Option<Error>,
}

pub async fn new(_: Grant<OrganisationWrite>, ui: Ui) -> web::Result<Page> {
    form(&ui, Typed::default(), None).await
}

pub async fn create(grant: Grant<OrganisationWrite>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<std::result::Result<See, Page>> {
    match parse(&ui, &typed).await {
        Ok(new) => match create_organisation(&ui.db, &grant, new).await {
            Ok(id) => Ok(Ok(See::to(format!("/orgs/{id}")).flash(&Flash::done("org-created")))),
            Err(e) => Ok(Err(form(&ui, typed, Some(e)).await?)),
        },
        Err(e) => Ok(Err(form(&ui, typed, Some(e)).await?)),
    }
}

async fn parse(ui: &Ui, typed: &Typed) -> kernel::Result<NewOrganisation> {
    let code = typed.parent_code.clone();
    let parent = match code.is_empty() {
        true => None,
        false => {
            let found = ui.db.read(async move |tx| store::by_code(tx, &code).await).await?;
            Some(found.ok_or_else(|| Error::invalid("org-parent-unknown").at("parent_code"))?.id)
        }
    };
    NewOrganisation::parse(&typed.code, &typed.name, OrgKind::parse(&typed.kind)?, &typed.category, parent, ui.today())
}

async fn form(ui: &Ui, typed: Typed, error: Option<Error>) -> web::Result<Page> {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = New { t: ui.t, form: ui.form(), typed, kinds: OrgKind::ALL, error };
    Ok(ui.page("organisations/organisation/new.html", "org-new-title", body).await?.status(status))
}

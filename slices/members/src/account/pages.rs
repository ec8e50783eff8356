//! /people/from-members: choose an organisation, see who has no account, make the chosen ones theirs. What is wrong is said on
//! the same page.
use super::{Candidate, persons, store};
use crate::member::store as members;
use access::{Grant, Reach};
use accounts::{PeopleManage, create_waiting, new_accounts_page};
use askama::Template;
use kernel::{Error, MemberId, OrgId, Result};
use organisations::Organisation;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use web::{Asked, Errors, Fields, Form, FormFields, Page, Pager, StatusCode, T, Ui};

/// Rows of a page, all of which one press may choose: their codes fit on a few sheets of paper.
const PAGE: i64 = 50;

/// `?org=CODE&who=secretaries|members&after=`, also beside the people that are chosen.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    org: String,
    #[serde(rename = "org-is")]
    org_is: String,
    who: String,
    after: String,
}

#[derive(Template)]
#[template(path = "account/choose.html")]
struct Choose {
    t: T,
    form: FormFields,
    org: String,
    secretaries: bool,
    /// Nobody is looked for before an organisation is named.
    asked: bool,
    who: &'static str,
    after: String,
    /// Everybody is, until somebody has chosen nobody.
    ticked: bool,
    rows: Vec<(Candidate, String)>,
    pager: Pager,
    errors: Errors,
}

/// Those of a place who have no account, and where the list goes on.
type Found = (Vec<(Candidate, String)>, Option<MemberId>);

pub async fn choose(_: Grant<PeopleManage>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let mut errors = Errors::none();
    // The page's own form always says for whom; the way here says nothing.
    if q.org.trim().is_empty() && !q.who.is_empty() {
        errors.push(Error::invalid("accounts-bulk-nowhere").at("org"));
    }
    shown(&ui, q, errors, true).await
}

async fn shown(ui: &Ui, q: Query, mut errors: Errors, ticked: bool) -> web::Result<Page> {
    let (mut said, mut code, secretaries) = (q.org.trim().to_owned(), String::new(), q.who != "members");
    let mut found = Found::default();
    if let Some(org) = organisation(ui, &said, q.org_is, &mut errors).await? {
        found = without_account(ui, org.id, secretaries, &q.after).await?;
        (said, code) = (org.said(), org.code);
    }
    let who = if secretaries { "secretaries" } else { "members" };
    let next = found.1.map(|id| format!("/people/from-members?org={code}&who={who}&after={id}"));
    let asked = !code.is_empty();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let pager = Pager { after: next, ..Pager::default() };
    let body =
        Choose { t: ui.t, form: ui.form(), org: said, secretaries, asked, who, after: q.after, ticked, rows: found.0, pager, errors };
    Ok(ui.page("members/account/choose.html", "accounts-bulk", body).await?.status(status))
}

/// The organisation that is named, if one is.
async fn organisation(ui: &Ui, said: &str, chosen: String, errors: &mut Errors) -> Result<Option<Organisation>> {
    if said.is_empty() {
        return Ok(None);
    }
    let typed = said.to_owned();
    let found = ui.db.read(async move |tx| organisations::meant(tx, &Reach::everything(), &typed, &chosen, |_| true).await).await?;
    Ok(errors.one_of(Error::invalid("member-branch-unknown").at("org"), found, Organisation::offered))
}

async fn without_account(ui: &Ui, org: OrgId, secretaries: bool, after: &str) -> Result<Found> {
    let after = MemberId::parse(after).unwrap_or(MemberId::from_bytes([0; 16]));
    let read = ui.db.read(async move |tx| {
        let top = tree::node(tx, org).await?.path;
        let (rows, next) = store::without_account(tx, &top, secretaries, after, PAGE).await?;
        let orgs: Vec<OrgId> = rows.iter().map(|c| c.org).collect();
        let names: BTreeMap<OrgId, String> = organisations::named(tx, &orgs).await?.into_iter().map(|o| (o.id, o.name)).collect();
        Ok((rows.into_iter().map(|c| (c.clone(), names.get(&c.org).cloned().unwrap_or_default())).collect(), next))
    });
    Ok(read.await?)
}

/// Answers with the codes themselves: they are shown this once.
pub async fn make(grant: Grant<PeopleManage>, ui: Ui, Form(f): Form<Fields>) -> web::Result<Page> {
    let said = |name: &str| f.iter().find(|(n, _)| n == name).map(|(_, v)| v.to_owned()).unwrap_or_default();
    let asked = Query { org: said("org"), org_is: said("org-is"), who: said("who"), after: said("after") };
    // Each once, however often the form says so.
    let chosen: BTreeSet<MemberId> =
        f.iter().filter(|(n, _)| n == "member").filter_map(|(_, v)| MemberId::parse(v).ok()).take(PAGE as usize).collect();
    let read = ui.db.read(async move |tx| {
        let mut all = Vec::with_capacity(chosen.len());
        for id in &chosen {
            if access::by_member(tx, *id).await?.is_none() {
                let m = members::any(tx, *id).await?;
                all.push(Candidate { member: m.id, name: m.name, org: m.org });
            }
        }
        Ok(all)
    });
    let chosen = read.await?;
    if chosen.is_empty() {
        return shown(&ui, asked, Error::invalid("accounts-bulk-none").at("member").into(), false).await;
    }
    let issued = create_waiting(&ui.db, &grant, persons(&ui.db, &chosen).await?).await?;
    new_accounts_page(&ui, &issued, "/people").await
}

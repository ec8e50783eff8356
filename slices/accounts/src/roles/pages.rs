//! Pages of roles, for the security administrator.
use super::operations;
use crate::people::pages::next;
use crate::second_factor::Required;
use crate::{Above, OrgName, RolesManage};
use access::{Account, Grant, PostPast};
use askama::Template;
use kernel::{AccountId, Error, OrgId, PostId};
use serde::Deserialize;
use std::collections::HashMap;
use web::{Asked, At, Errors, Fields, Flash, Form, FormFields, Page, Pager, See, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    q: String,
    after: String,
}

/// An account with what it holds, in words.
struct Line {
    account: Account,
    held: Vec<String>,
}

#[derive(Template)]
#[template(path = "roles/list.html")]
struct List {
    t: T,
    q: String,
    rows: Vec<Line>,
    pager: Pager,
}

pub async fn list(_: Grant<RolesManage>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (like, after) = (q.q.trim().to_owned(), q.after);
    let text = like.clone();
    let found = ui
        .db
        .read(async move |tx| {
            let mut found = Vec::new();
            for account in crate::people::page(tx, &text, &after, PAGE).await? {
                let posts = access::posts_of(tx, account.id).await?;
                found.push((account, posts));
            }
            Ok(found)
        })
        .await?;
    let names = names(&ui, found.iter().flat_map(|(_, posts)| posts).filter_map(|p| p.org)).await?;
    let more = found.len() as i64 == PAGE;
    let pager = Pager { after: found.last().filter(|_| more).map(|(a, _)| next("/roles", &like, &a.login)), ..Pager::default() };
    let words = |role: &str, org: Option<OrgId>| held(ui.t, &names, role, org);
    let line =
        |(account, posts): (Account, Vec<access::PostLine>)| Line { account, held: posts.iter().map(|p| words(&p.role, p.org)).collect() };
    let rows = found.into_iter().map(line).collect();
    ui.page("accounts/roles/list.html", "roles-title", List { t: ui.t, q: like, rows, pager }).await
}

/// The names of the organisations that posts are held at.
pub(crate) async fn names(ui: &Ui, orgs: impl Iterator<Item = OrgId>) -> web::Result<HashMap<OrgId, OrgName>> {
    let mut wanted: Vec<OrgId> = orgs.collect();
    wanted.sort();
    wanted.dedup();
    let found = ui.app.shared::<Above>()?.organisations.names(ui.db.clone(), wanted).await?;
    Ok(found.into_iter().map(|o| (o.id, o)).collect())
}

/// 支部书记 · 省发展改革委机关第一党支部
pub(crate) fn held(t: T, names: &HashMap<OrgId, OrgName>, role: &str, org: Option<OrgId>) -> String {
    let role = t.text(&format!("role-{role}")).to_string();
    match org.and_then(|o| names.get(&o)) {
        Some(org) => t.text("role-at").with("role", role).with("org", &org.name).to_string(),
        None => role,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    role: String,
    org: String,
    #[serde(rename = "org-is")]
    org_is: String,
}

struct Post {
    id: PostId,
    words: String,
    from: String,
    by: String,
    ended: Option<String>,
}

#[derive(Template)]
#[template(path = "roles/show.html")]
struct Show {
    t: T,
    account: Account,
    own: bool,
    posts: Vec<Post>,
    roles: Vec<(String, String)>,
    typed: Typed,
    errors: Errors,
    form: FormFields,
}

pub async fn show(grant: Grant<RolesManage>, ui: Ui, At((id,)): At<(AccountId,)>) -> web::Result<Page> {
    page(&grant, &ui, id, Typed::default(), Errors::none()).await
}

async fn page(grant: &Grant<RolesManage>, ui: &Ui, id: AccountId, typed: Typed, errors: Errors) -> web::Result<Page> {
    let (account, ever) = ui.db.read(async move |tx| Ok((access::by_id(tx, id).await?, access::posts_ever(tx, id).await?))).await?;
    let names = names(ui, ever.iter().filter_map(|p| p.org)).await?;
    let status = crate::status(&errors);
    let body = Show {
        t: ui.t,
        own: grant.visitor_or_account() == Some(id),
        posts: ever.iter().map(|p| post(ui, &names, p)).collect(),
        roles: ui.app.gate().roles().iter().map(|(name, _)| (name.to_owned(), ui.t.text(&format!("role-{name}")).to_string())).collect(),
        typed,
        errors,
        form: ui.form(),
        account,
    };
    Ok(ui.titled("accounts/roles/show.html", body.account.name.clone(), body).await?.status(status))
}

fn post(ui: &Ui, names: &HashMap<OrgId, OrgName>, p: &PostPast) -> Post {
    let at = |instant| ui.clock().date_time(instant);
    Post { id: p.id, words: held(ui.t, names, &p.role, p.org), from: at(p.granted), by: ui.t.actor(&p.by()), ended: p.ended.map(at) }
}

pub async fn give(
    grant: Grant<RolesManage>,
    ui: Ui,
    At((id,)): At<(AccountId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<Result<See, Page>> {
    let mut errors = Errors::none();
    let role = errors.take(operations::chosen(&typed.role))?;
    let (Some(role), Some(org)) = (role, organisation(&ui, &typed, &mut errors).await?) else {
        return Ok(Err(page(&grant, &ui, id, typed, errors).await?));
    };
    match operations::give(&ui.db, &grant, Required::of(&ui.app), id, role, org).await {
        Ok(()) => Ok(Ok(See::to(format!("/roles/{id}")).flash(&Flash::done("role-now-given")))),
        Err(e) if e.field.is_some() => Ok(Err(page(&grant, &ui, id, typed, e.into()).await?)),
        Err(e) => Err(e.into()),
    }
}

/// The organisation that is meant; an empty field is none.
async fn organisation(ui: &Ui, typed: &Typed, errors: &mut Errors) -> kernel::Result<Option<Option<OrgName>>> {
    let said = typed.org.trim().to_owned();
    if said.is_empty() {
        return Ok(Some(None));
    }
    let unknown = Error::invalid("role-org-unknown").with("code", &said).at("org");
    let found = ui.app.shared::<Above>()?.organisations.meant(ui.db.clone(), said, typed.org_is.clone()).await?;
    Ok(errors.one_of(unknown, found, |org| (org.code.clone(), format!("{} {}", org.name, org.code))).map(Some))
}

pub async fn end(grant: Grant<RolesManage>, ui: Ui, At((id, post)): At<(AccountId, PostId)>, _: Form<Fields>) -> web::Result<See> {
    operations::end(&ui.db, &grant, id, post).await?;
    Ok(See::to(format!("/roles/{id}")).flash(&Flash::done("role-now-ended")))
}

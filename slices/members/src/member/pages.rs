//! Pages of the register: a branch's members, entering one.
use super::status::Status;
use super::{NewMember, Typed, create as create_member, store};
use crate::term;
use crate::{MemberRead, MemberWrite};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Kind, MemberId, OrgId};
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "member/list.html")]
struct List {
    t: T,
    crumbs: Vec<Crumb>,
    org: organisations::Organisation,
    rows: Vec<store::Member>,
    offices: Vec<term::store::Held>,
    pager: Pager,
    may_write: bool,
    /// Its files.
    export: String,
    today: BusinessDate,
}

#[derive(Deserialize, Default)]
pub struct After {
    after: Option<String>,
    sort: Option<String>,
}

pub async fn list(grant: Grant<MemberRead>, ui: Ui, At((id,)): At<(OrgId,)>, Asked(q): Asked<After>) -> web::Result<Page> {
    let g = grant.clone();
    let after = q.sort.zip(q.after.and_then(|id| MemberId::parse(&id).ok()));
    let (org, rows, offices) = ui
        .db
        .read(async move |tx| {
            let (org, _) = organisations::one(tx, &g, id).await?;
            let rows = store::of_org(tx, id, after.as_ref().map(|(s, m)| (s.as_str(), *m)), PAGE).await?;
            Ok((org, rows, term::store::held(tx, &[id]).await?))
        })
        .await?;
    let pager = Pager { before: None, after: next(id, &rows), note: String::new() };
    let crumbs = vec![Crumb::link(&org.name, format!("/orgs/{id}")), Crumb::here(ui.t.text("members-title"))];
    let may_write = grant.also::<MemberWrite>().is_some();
    ui.page(
        "members/member/list.html",
        "members-title",
        List { t: ui.t, crumbs, org, rows, offices, pager, may_write, export: format!("/orgs/{id}/members/export"), today: ui.today() },
    )
    .await
}

fn next(org: OrgId, rows: &[store::Member]) -> Option<String> {
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE)?;
    let query = serde_urlencoded::to_string([("sort", last.sort.clone()), ("after", last.id.to_string())]).ok()?;
    Some(format!("/orgs/{org}/members?{query}"))
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Entered {
    name: String,
    status: String,
    id_number: String,
    join_date: String,
    phone: String,
    /// It is not whoever has this name in the branch already.
    another: String,
}

#[derive(Template)]
#[template(path = "member/new.html")]
struct New {
    t: T,
    form: FormFields,
    org: organisations::Organisation,
    typed: Entered,
    statuses: [Status; 3],
    errors: Errors,
    /// Who has the name that was typed, where that is the question.
    namesakes: Vec<store::Member>,
}

pub async fn new(grant: Grant<MemberWrite>, ui: Ui, At((id,)): At<(OrgId,)>) -> web::Result<Page> {
    form(&ui, grant, id, Entered::default(), Errors::none()).await
}

pub async fn create(
    grant: Grant<MemberWrite>,
    ui: Ui,
    At((id,)): At<(OrgId,)>,
    Form(typed): Form<Entered>,
) -> web::Result<std::result::Result<See, Page>> {
    let t = Typed { name: &typed.name, status: &typed.status, id_number: &typed.id_number, joined: &typed.join_date, phone: &typed.phone };
    let wrong = NewMember::faults(&t, ui.today());
    if !wrong.is_empty() {
        return Ok(Err(form(&ui, grant, id, typed, wrong.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let new = NewMember::parse(ui.app.keys(), id, &t, ui.today())?;
    match create_member(&ui.db, &grant, new, !typed.another.is_empty()).await {
        Ok(_) => Ok(Ok(See::to(format!("/orgs/{id}/members")).flash(&Flash::done("member-created")))),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
        Err(e) => Ok(Err(form(&ui, grant, id, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY))),
    }
}

async fn form(ui: &Ui, grant: Grant<MemberWrite>, id: OrgId, typed: Entered, errors: Errors) -> web::Result<Page> {
    let doubtful = errors.of("name").filter(|e| e.key == "member-namesake").map(|_| typed.name.trim().to_owned());
    let read = ui.db.read(async move |tx| {
        let (org, _) = organisations::one(tx, &grant, id).await?;
        let namesakes = match &doubtful {
            Some(name) => store::namesakes(tx, id, name).await?,
            None => Vec::new(),
        };
        Ok((org, namesakes))
    });
    let (org, namesakes) = read.await?;
    let body = New { t: ui.t, form: ui.form(), org, typed, statuses: Status::ALL, errors, namesakes };
    ui.page("members/member/new.html", "member-new", body).await
}

/// Key of a stored standing's name.
pub fn status_key(status: &str) -> &'static str {
    Status::parse(status).map_or("status-left", Status::text)
}

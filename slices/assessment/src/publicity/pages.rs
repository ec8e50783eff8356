//! The page of publicity: every branch with its total and grade, and how to object. The order is that of the codes:
//! branches are not ranked here, and no person is named.
use super::kept;
use super::raise::{NewObjection, raise};
use super::rows::{Row, lines};
use super::rules;
use crate::CycleRead;
use crate::cycle::{self, Cycle};
use crate::review::hand;
use crate::sheet::listing::page as sheets;
use crate::sheet::meant::meant;
use crate::sheet::store::{Sheet, of_code, of_name, of_org};
use access::{Caller, Grant, Reach, SignedIn};
use askama::Template;
use db::{Result as Unit, Tx};
use kernel::{CycleId, Error, Instant, OrgId, OrgPath, Result};
use members::member::status::Status;
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "publicity/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    cycle: Cycle,
    /// Branches of the reader's own posts.
    mine: Vec<Row>,
    rows: Vec<Row>,
    pager: Pager,
    code: String,
    typed: Typed,
    may_object: bool,
    /// Whose publicity it is: paper is signed with it.
    issuer: String,
    /// When the data of the figures were read; `None` while they are being computed, and once they are final.
    as_of: Option<String>,
}

impl Show {
    /// What it is limited to, in words.
    fn limits(&self) -> Vec<String> {
        vec![format!("{} {}", self.t.text("publicity-code-or-name"), self.code)]
    }
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<String>,
    /// A branch's code, or a part of its name: only those.
    code: Option<String>,
    /// The branch an objection is to be about.
    about: Option<String>,
}

#[derive(Deserialize, Default, Clone)]
pub struct Typed {
    /// A branch as it is known; empty is the whole.
    #[serde(default)]
    about: String,
    #[serde(default, rename = "about-is")]
    about_is: String,
    #[serde(default)]
    text: String,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycle = readable(&ui, &grant, id).await?;
    rules::shown(&cycle)?;
    let (asked, posts) = (q.about.clone(), own(&ui));
    let about = ui.db.read(async move |tx| about(tx, id, asked.as_deref(), &posts).await).await?;
    let typed = Typed { about: about.map(|s| s.said()).unwrap_or_default(), ..Typed::default() };
    show(&ui, cycle, q, typed, Errors::none()).await
}

/// 提出异议: by any account under the root, about one branch or the whole.
pub async fn object(
    grant: Grant<SignedIn>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<std::result::Result<See, Page>> {
    let cycle = readable(&ui, &grant, id).await?;
    rules::shown(&cycle)?;
    let mut errors = Errors::none();
    let about = named(&ui, &cycle, (&typed.about, &typed.about_is), Error::invalid("objection-branch").at("about"), &mut errors).await?;
    let code = about.map(|sheet| sheet.code).unwrap_or_default();
    let new = errors.take(NewObjection::parse(&code, &typed.text))?;
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        let page = show(&ui, cycle, Query::default(), typed, errors).await?;
        return Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    match record(&ui, &grant, id, new).await {
        Ok(()) => Ok(Ok(See::to(format!("/assess/{id}/objections")).flash(&Flash::done("objection-raised")))),
        Err(e) if e.field.is_some() => {
            let page = show(&ui, cycle, Query::default(), typed, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

/// The branch that an objection is to be about: the one asked for, or the reader's own, where it is one.
async fn about(tx: &mut Tx<'_>, id: CycleId, asked: Option<&str>, posts: &[OrgId]) -> Unit<Option<Sheet>> {
    if let Some(code) = asked {
        return of_code(tx, id, code).await;
    }
    let mut own = Vec::new();
    for org in posts {
        own.extend(of_org(tx, id, *org).await?);
    }
    Ok(own.pop().filter(|_| own.is_empty()))
}

/// Where the reader holds posts, each once.
fn own(ui: &Ui) -> Vec<OrgId> {
    let mut orgs: Vec<OrgId> = ui.caller().posts().iter().filter_map(|h| h.org).collect();
    orgs.sort();
    orgs.dedup();
    orgs
}

/// The branch named in a field; none where it is empty, and with an error where it means none or several.
///
/// # Errors
/// The engine's own.
pub(super) async fn named(
    ui: &Ui,
    cycle: &Cycle,
    (typed, chosen): (&str, &str),
    unknown: Error,
    errors: &mut Errors,
) -> Result<Option<Sheet>> {
    let (cycle, said, chosen) = (cycle.clone(), typed.trim().to_owned(), chosen.to_owned());
    if said.is_empty() {
        return Ok(None);
    }
    let unknown = unknown.with("said", &said);
    let found = ui.db.read(async move |tx| meant(tx, &cycle, None, &said, &chosen).await).await?;
    Ok(errors.one_of(unknown, found, Sheet::offered))
}

async fn record(ui: &Ui, grant: &Grant<SignedIn>, id: CycleId, new: NewObjection) -> Result<()> {
    let (hand, at) = (hand(ui, grant)?, Instant::now());
    audit::change(&ui.db, grant, async move |tx| Ok(((), raise(tx, id, &new, &hand, at).await?))).await
}

/// A cycle for whoever is related to it: by a post, or as a member of a branch under its root.
///
/// # Errors
/// Missing and unrelated are the same `not-found`.
pub(crate) async fn readable(ui: &Ui, grant: &Grant<SignedIn>, id: CycleId) -> Result<Cycle> {
    let caller = grant.caller().clone();
    let read = async move |tx: &mut Tx<'_>| {
        let cycle = cycle::store::any(tx, id).await?;
        let root = tree::node(tx, cycle.root).await?.path;
        match rules::related(&caller, &root) {
            Err(_) if is_enrolled(tx, &caller, &root).await? => Ok(cycle),
            related => Ok(related.map(|()| cycle)?),
        }
    };
    Ok(ui.db.read(read).await?)
}

/// Whether the caller's account is that of a member of a branch under `root`, whom nobody has given a role.
async fn is_enrolled(tx: &mut Tx<'_>, caller: &Caller, root: &OrgPath) -> Unit<bool> {
    let Some(account) = caller.account().filter(|_| !rules::administers(caller)) else { return Ok(false) };
    let Some(member) = access::by_id(tx, account).await?.member else { return Ok(false) };
    match members::member::store::any(tx, member).await {
        Ok(member) if Status::parse(&member.status)? != Status::Left => Ok(root.covers(&tree::node(tx, member.org).await?.path)),
        Ok(_) | Err(db::Error::Missing) => Ok(false),
        Err(e) => Err(e),
    }
}

async fn show(ui: &Ui, cycle: Cycle, q: Query, typed: Typed, errors: Errors) -> web::Result<Page> {
    let id = cycle.id;
    let after = q.after;
    let code = q.code.unwrap_or_default().trim().to_owned();
    let orgs = own(ui);
    let (asked, c) = (code.clone(), cycle.clone());
    let (rows, mine, edition, issuer) = ui
        .db
        .read(async move |tx| {
            let rows = match asked.as_str() {
                "" => sheets(tx, id, &Reach::everything(), after.as_deref(), PAGE).await?,
                asked => found(tx, id, asked, after.as_deref(), PAGE).await?,
            };
            let mut mine = Vec::new();
            for org in &orgs {
                mine.extend(of_org(tx, id, *org).await?);
            }
            let edition = if c.is_final() { None } else { kept::edition(tx, id).await? };
            let issuer = organisations::named(tx, &[c.root]).await?.pop().map(|o| o.name).unwrap_or_default();
            Ok((lines(tx, &c, rows).await?, lines(tx, &c, mine).await?, edition, issuer))
        })
        .await?;
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE);
    let asked = last.and_then(|r| serde_urlencoded::to_string([("code", &code), ("after", &r.code)]).ok());
    let next = asked.map(|asked| format!("/assess/{id}/publicity?{asked}"));
    let year = ui.t.text("cycle-of-year").with("year", cycle.year);
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![above(ui, &cycle, year).await, Crumb::here(ui.t.text("publicity-title"))],
        errors,
        mine,
        rows,
        pager: Pager { after: next, ..Pager::default() },
        code,
        typed,
        may_object: rules::may_object(&cycle, ui.today()).is_ok(),
        issuer,
        as_of: edition.map(|e| ui.clock().business_time(e.at)),
        cycle,
    };
    ui.page("assessment/publicity/show.html", "publicity-title", body).await
}

/// The year links to its cycle for those who may read it; a member has only what is in publicity.
pub(super) async fn above(ui: &Ui, cycle: &Cycle, year: impl std::fmt::Display) -> Crumb {
    let (id, grant) = (cycle.id, ui.caller().grant::<CycleRead>());
    let read = match grant {
        Some(grant) => ui.db.read(async move |tx| cycle::store::one(tx, &grant, id).await).await.is_ok(),
        None => false,
    };
    if read { Crumb::link(year, format!("/assess/{id}")) } else { Crumb::here(year) }
}

/// The branch of this code, or those whose names contain it.
async fn found(tx: &mut Tx<'_>, id: CycleId, asked: &str, after: Option<&str>, limit: i64) -> Unit<Vec<Sheet>> {
    match of_code(tx, id, asked).await? {
        Some(sheet) => Ok(vec![sheet]),
        None => of_name(tx, id, asked, after, limit).await,
    }
}

//! Opening a cycle: three questions, what the scheme says is filled; then a page that says what it will do.
use crate::CycleLead;
use crate::cycle::open::{Opening, open, would_take_part};
use crate::cycle::{Cycle, store};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Error, Kind, OrgId, Result, SchemeId};
use organisations::Organisation;
use serde::Deserialize;
use standards::schemes::SchemeLine;
use web::{Asked, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    scheme: String,
    year: String,
    root: String,
    #[serde(rename = "root-is")]
    root_is: String,
    self_until: String,
}

#[derive(Template)]
#[template(path = "cycle/opening.html")]
struct Form1 {
    t: T,
    errors: Errors,
    typed: Typed,
    schemes: Vec<SchemeLine>,
}

#[derive(Template)]
#[template(path = "cycle/check.html")]
struct Check {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    typed: Typed,
    /// Title and edition.
    scheme: String,
    root: String,
    branches: usize,
    until: BusinessDate,
    /// Cycles of that year that some of these branches take part in already.
    others: Vec<Cycle>,
}

pub async fn page(grant: Grant<CycleLead>, ui: Ui) -> web::Result<Page> {
    let home = grant.home();
    let root = ui
        .db
        .read(async move |tx| {
            let orgs = organisations::named(tx, home.as_slice()).await?;
            Ok(orgs.into_iter().next().map(|o| o.said()).unwrap_or_default())
        })
        .await?;
    let (year, self_until) = (ui.today().year().to_string(), ui.today().plus_days(15).to_string());
    let typed = Typed { year, root, self_until, ..Typed::default() };
    form(&ui, typed, Errors::none()).await
}

/// What opening it will do; nothing is changed yet.
pub async fn check(grant: Grant<CycleLead>, ui: Ui, Asked(typed): Asked<Typed>) -> web::Result<Page> {
    match opening(&ui, &grant, &typed).await? {
        Ok(asked) => checked(&ui, typed, asked).await,
        Err(errors) => Ok(form(&ui, typed, errors).await?.status(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

async fn checked(ui: &Ui, typed: Typed, asked: Opening) -> web::Result<Page> {
    let branches = would_take_part(&ui.db, asked.root, asked.day).await?;
    if branches == 0 {
        let none = Error::invalid("cycle-no-branches").at("root");
        return Ok(form(ui, typed, none.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let scheme = standards::scheme(&ui.db, asked.scheme).await?;
    let root = ui.db.read(async move |tx| organisations::named(tx, &[asked.root]).await).await?.into_iter().next();
    // The page after this one is told by the code which of several it was.
    let typed = Typed { root: root.as_ref().map(|o| o.code.clone()).unwrap_or_default(), ..typed };
    let body = Check {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(ui.t.text("menu-assessment"), "/assess"), Crumb::here(ui.t.text("cycle-open"))],
        typed,
        scheme: format!("{} {}", scheme.title, scheme.version),
        root: root.map(|o| o.said()).unwrap_or_default(),
        branches,
        until: asked.self_until,
        others: others(ui, &asked).await?,
    };
    ui.page("assessment/cycle/check.html", "cycle-open", body).await
}

/// Cycles of the same year whose branches are among those below the root, or above whom it stands.
async fn others(ui: &Ui, asked: &Opening) -> Result<Vec<Cycle>> {
    let Some(top) = tree::path(&ui.db, asked.root).await? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for cycle in store::all(&ui.db).await?.into_iter().filter(|c| c.year == asked.year) {
        if tree::path(&ui.db, cycle.root).await?.is_some_and(|root| root.covers(&top) || top.covers(&root)) {
            all.push(cycle);
        }
    }
    Ok(all)
}

pub async fn create(grant: Grant<CycleLead>, ui: Ui, Form(typed): Form<Typed>) -> web::Result<std::result::Result<See, Page>> {
    match opening(&ui, &grant, &typed).await? {
        Ok(asked) => match open(&ui.db, &grant, asked).await {
            Ok(id) => Ok(Ok(See::to(format!("/assess/{id}")).flash(&Flash::done("cycle-opened")))),
            Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
            Err(e) => Ok(Err(form(&ui, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY))),
        },
        Err(errors) => Ok(Err(form(&ui, typed, errors).await?.status(StatusCode::UNPROCESSABLE_ENTITY))),
    }
}

/// What was asked for, or everything that is wrong with it.
async fn opening(ui: &Ui, grant: &Grant<CycleLead>, typed: &Typed) -> Result<std::result::Result<Opening, Errors>> {
    let mut errors = Errors::none();
    let scheme = errors.take(SchemeId::parse(&typed.scheme).map_err(|_| Error::invalid("cycle-scheme").at("scheme")))?;
    let year = typed.year.trim().parse().ok().filter(|y| (2000..=2100).contains(y));
    let year: Option<i64> = errors.take(year.ok_or_else(|| Error::invalid("cycle-year").at("year")))?;
    let root = root(ui, grant, typed, &mut errors).await?;
    let self_until = errors.take(until(&typed.self_until, ui.today()))?;
    let (Some(scheme), Some(year), Some(root), Some(self_until)) = (scheme, year, root, self_until) else { return Ok(Err(errors)) };
    let title = ui.t.text("cycle-of-year").with("year", year).to_string();
    Ok(Ok(Opening { scheme, year, root, title, day: ui.today(), self_until }))
}

async fn root(ui: &Ui, grant: &Grant<CycleLead>, typed: &Typed, errors: &mut Errors) -> Result<Option<OrgId>> {
    let (reach, said, chosen) = (grant.reach(), typed.root.clone(), typed.root_is.clone());
    let found = ui.db.read(async move |tx| organisations::meant(tx, &reach, &said, &chosen, |_| true).await).await?;
    Ok(errors.one_of(Error::invalid("cycle-root").at("root"), found, Organisation::offered).map(|org| org.id))
}

fn until(text: &str, today: BusinessDate) -> Result<BusinessDate> {
    let day = BusinessDate::parse(text).map_err(|e| e.at("self_until"))?;
    if day < today { Err(Error::invalid("cycle-until").at("self_until")) } else { Ok(day) }
}

async fn form(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let schemes = standards::schemes::schemes(&ui.db).await?;
    ui.page("assessment/cycle/opening.html", "cycle-open", Form1 { t: ui.t, errors, typed, schemes }).await
}

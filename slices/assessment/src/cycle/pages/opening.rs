//! Opening a cycle: three questions, what the scheme says is filled; then a page that says what it will do.
use crate::CycleLead;
use crate::cycle::open::{Opening, open, would_take_part};
use crate::cycle::{Cycle, store};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Error, Kind, Result, SchemeId};
use serde::Deserialize;
use standards::schemes::SchemeLine;
use web::{Asked, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    scheme: String,
    year: String,
    root: String,
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
    let code = ui
        .db
        .read(async move |tx| {
            let orgs = organisations::named(tx, home.as_slice()).await?;
            Ok(orgs.into_iter().next().map(|o| o.code).unwrap_or_default())
        })
        .await?;
    let typed =
        Typed { year: ui.today().year().to_string(), root: code, self_until: ui.today().plus_days(15).to_string(), scheme: String::new() };
    form(&ui, typed, Errors::none()).await
}

/// What opening it will do; nothing is changed yet.
pub async fn check(grant: Grant<CycleLead>, ui: Ui, Asked(typed): Asked<Typed>) -> web::Result<Page> {
    match opening(&ui, &grant, &typed).await {
        Ok(asked) => checked(&ui, typed, asked).await,
        Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
        Err(e) => Ok(form(&ui, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

async fn checked(ui: &Ui, typed: Typed, asked: Opening) -> web::Result<Page> {
    let branches = would_take_part(&ui.db, asked.root, asked.day).await?;
    if branches == 0 {
        let none = Error::invalid("cycle-no-branches").at("root");
        return Ok(form(ui, typed, none.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let scheme = standards::scheme(&ui.db, asked.scheme).await?;
    let root = ui.db.read(async move |tx| organisations::named(tx, &[asked.root]).await).await?;
    let body = Check {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(ui.t.text("menu-assessment"), "/assess"), Crumb::here(ui.t.text("cycle-open"))],
        typed,
        scheme: format!("{} {}", scheme.title, scheme.version),
        root: root.into_iter().next().map(|o| format!("{} {}", o.name, o.code)).unwrap_or_default(),
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
    match opening(&ui, &grant, &typed).await {
        Ok(asked) => match open(&ui.db, &grant, asked).await {
            Ok(id) => Ok(Ok(See::to(format!("/assess/{id}")).flash(&Flash::done("cycle-opened")))),
            Err(e) if matches!(e.kind, Kind::Internal | Kind::Busy) => Err(e.into()),
            Err(e) => Ok(Err(form(&ui, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY))),
        },
        Err(e) => Ok(Err(form(&ui, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY))),
    }
}

async fn opening(ui: &Ui, grant: &Grant<CycleLead>, typed: &Typed) -> Result<Opening> {
    let scheme = SchemeId::parse(&typed.scheme).map_err(|_| Error::invalid("cycle-scheme").at("scheme"))?;
    let year: i64 =
        typed.year.trim().parse().ok().filter(|y| (2000..=2100).contains(y)).ok_or_else(|| Error::invalid("cycle-year").at("year"))?;
    let self_until = BusinessDate::parse(&typed.self_until).map_err(|e| e.at("self_until"))?;
    if self_until < ui.today() {
        return Err(Error::invalid("cycle-until").at("self_until"));
    }
    let (g, code) = (grant.clone(), typed.root.trim().to_owned());
    let root = ui
        .db
        .read(async move |tx| {
            let org = organisations::by_code(tx, &code).await?.ok_or_else(|| Error::invalid("cycle-root").at("root"))?;
            g.admits(&tree::node(tx, org.id).await?.path).map_err(|_| Error::invalid("cycle-root").at("root"))?;
            Ok(org.id)
        })
        .await?;
    let title = ui.t.text("cycle-of-year").with("year", year).to_string();
    Ok(Opening { scheme, year, root, title, day: ui.today(), self_until })
}

async fn form(ui: &Ui, typed: Typed, errors: Errors) -> web::Result<Page> {
    let schemes = standards::schemes::schemes(&ui.db).await?;
    ui.page("assessment/cycle/opening.html", "cycle-open", Form1 { t: ui.t, errors, typed, schemes }).await
}

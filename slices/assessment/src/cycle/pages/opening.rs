//! Opening a cycle: three questions; what the scheme says is filled.
use crate::CycleLead;
use crate::cycle::open::{Opening, open};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, Error, Kind, Result, SchemeId};
use serde::Deserialize;
use standards::schemes::SchemeLine;
use web::{Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

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
    form: FormFields,
    errors: Errors,
    typed: Typed,
    schemes: Vec<SchemeLine>,
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
    ui.page("assessment/cycle/opening.html", "cycle-open", Form1 { t: ui.t, form: ui.form(), errors, typed, schemes }).await
}

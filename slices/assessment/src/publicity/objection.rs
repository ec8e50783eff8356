//! One objection: what it says, what was answered, and the committee's form to answer it.
use super::answer::{Reply, answer as write};
use super::objections::{reads_all, state};
use super::pages::{named, readable};
use super::store::{self, Answer, Objection};
use crate::Review;
use crate::cycle::{self, Cycle};
use crate::review::propose::Proposal;
use crate::review::{Options, hand, options};
use crate::sheet::context;
use crate::sheet::store::{Sheet, any};
use access::{Grant, SignedIn};
use askama::Template;
use facts::Suppliers;
use kernel::{Error, Instant, ObjectionId, Result, SheetId};
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "publicity/objection.html")]
struct View {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    objection: Objection,
    raised: String,
    sheet: Option<Sheet>,
    answers: Vec<(Answer, String)>,
    kind: &'static str,
    state: &'static str,
    /// Who objected is the committee's to know.
    reviews: bool,
    may_answer: bool,
    options: Options,
    typed: Typed,
}

#[derive(Deserialize, Default, Clone)]
pub struct Typed {
    #[serde(default)]
    text: String,
    /// `yes` upholds it.
    #[serde(default)]
    upheld: String,
    /// The branch to be adjusted, for an objection about the whole.
    #[serde(default)]
    code: String,
    #[serde(default, rename = "code-is")]
    code_is: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    evidence: String,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(ObjectionId,)>) -> web::Result<Page> {
    let objection = ui.db.read(async move |tx| store::one(tx, id).await).await?;
    show(&ui, &grant, objection, Typed::default(), Errors::none()).await
}

pub async fn answer(
    grant: Grant<Review>,
    ui: Ui,
    At((id,)): At<(ObjectionId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<std::result::Result<See, Page>> {
    let (objection, cycle) = admitted(&ui, &grant, id).await?;
    let mut errors = Errors::none();
    let sheet = about(&ui, &cycle, &objection, &typed, &mut errors).await?;
    if !errors.is_empty() {
        let reader = grant.also::<SignedIn>().ok_or_else(Error::not_found)?;
        let page = show(&ui, &reader, objection, typed, errors).await?;
        return Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    match record(&ui, &grant, (&objection, sheet), &cycle, &typed).await {
        Ok(()) => Ok(Ok(See::to(format!("/objections/{id}")).flash(&Flash::done("objection-is-answered")))),
        Err(e) if e.field.is_some() => {
            let reader = grant.also::<SignedIn>().ok_or_else(Error::not_found)?;
            // The answer is the adjustment's reason: what is wrong with the one stands beside the other.
            let e = if e.field == Some("reason") { e.at("text") } else { e };
            let page = show(&ui, &reader, objection, typed, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

/// An objection to a cycle whose root the committee's grant reaches.
async fn admitted(ui: &Ui, grant: &Grant<Review>, id: ObjectionId) -> Result<(Objection, Cycle)> {
    let (objection, cycle, root) = ui
        .db
        .read(async move |tx| {
            let objection = store::one(tx, id).await?;
            let cycle = cycle::store::any(tx, objection.cycle).await?;
            let root = tree::node(tx, cycle.root).await?.path;
            Ok((objection, cycle, root))
        })
        .await?;
    grant.admits(&root)?;
    Ok((objection, cycle))
}

async fn record(
    ui: &Ui,
    grant: &Grant<Review>,
    (objection, sheet): (&Objection, Option<SheetId>),
    cycle: &Cycle,
    typed: &Typed,
) -> Result<()> {
    let upheld = match (typed.upheld.as_str(), sheet) {
        ("yes", Some(sheet)) => {
            let context = context::of_grant(&ui.db, grant, sheet).await?;
            let proposal = Proposal::parse(&context.scheme, &typed.target, &typed.value, &typed.text, &typed.evidence)?;
            Some((context, Proposal { objection: Some(objection.id), ..proposal }))
        }
        ("no", _) => None,
        _ => return Err(Error::invalid("answer-which").at("upheld")),
    };
    let reply = Reply::parse(&typed.text, upheld)?;
    let (suppliers, hand, at) = (ui.app.shared::<Suppliers>()?, hand(ui, grant)?, Instant::now());
    let (cycle, objection) = (cycle.clone(), objection.clone());
    audit::change(&ui.db, grant, async move |tx| Ok(((), write(tx, &cycle, &objection, &reply, &suppliers, &hand, at).await?))).await
}

/// The sheet to be adjusted: the objection's own, or the one named in an answer that upholds it.
async fn about(ui: &Ui, cycle: &Cycle, objection: &Objection, typed: &Typed, errors: &mut Errors) -> Result<Option<SheetId>> {
    if objection.sheet.is_some() || typed.upheld != "yes" {
        return Ok(objection.sheet);
    }
    if typed.code.trim().is_empty() {
        errors.push(Error::invalid("objection-branch-missing").at("code"));
    }
    let unknown = Error::invalid("objection-branch").at("code");
    Ok(named(ui, cycle, (&typed.code, &typed.code_is), unknown, errors).await?.map(|sheet| sheet.id))
}

async fn show(ui: &Ui, grant: &Grant<SignedIn>, objection: Objection, typed: Typed, errors: Errors) -> web::Result<Page> {
    let cycle = readable(ui, grant, objection.cycle).await?;
    let reviews = reads_all(ui, grant, &cycle).await?;
    if !reviews && grant.account()? != objection.account {
        return Err(Error { key: "outside-scope", ..Error::not_found() }.into());
    }
    let (id, about, scheme) = (objection.id, objection.sheet, standards::scheme(&ui.db, cycle.scheme()).await?);
    let (answers, sheet) = ui
        .db
        .read(async move |tx| {
            let sheet = match about {
                Some(sheet) => Some(any(tx, sheet).await?),
                None => None,
            };
            Ok((store::answers(tx, id).await?, sheet))
        })
        .await?;
    let (kind, state) = state(&answers);
    let open = !answers.iter().any(Answer::stands);
    let year = ui.t.text("cycle-of-year").with("year", cycle.year);
    let body = View {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(year, format!("/assess/{}/publicity", cycle.id)),
            Crumb::link(ui.t.text("objections"), format!("/assess/{}/objections", cycle.id)),
            Crumb::here(ui.t.text("objection-title")),
        ],
        errors,
        raised: ui.clock().business_time(objection.at),
        sheet,
        answers: answers.into_iter().map(|a| (a.clone(), ui.clock().business_time(a.at))).collect(),
        kind,
        state,
        reviews,
        may_answer: open && reviews && grant.also::<Review>().is_some(),
        options: options(ui.t, &scheme),
        typed,
        objection,
    };
    ui.page("assessment/publicity/objection.html", "objection-title", body).await
}

//! One objection: what it says, what was answered, and the committee's form to answer it.
use super::answer::{Reply, answer as write};
use super::objections::{reads_all, state};
use super::pages::{named, readable};
use super::store::{self, Answer, Objection};
use crate::Review;
use crate::cycle::{self, Cycle};
use crate::review::change::Change;
use crate::review::propose::Proposal;
use crate::review::{Options, hand, options, rules};
use crate::sheet::context;
use crate::sheet::store::{Sheet, any};
use access::{Grant, SignedIn};
use askama::Template;
use facts::Suppliers;
use kernel::{AdjustmentId, Error, Instant, ObjectionId, Result, SheetId};
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
    let Some(reply) = read(&ui, &grant, &objection, &cycle, &typed, &mut errors).await? else {
        let reader = grant.also::<SignedIn>().ok_or_else(Error::not_found)?;
        let page = show(&ui, &reader, objection, typed, errors).await?;
        return Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)));
    };
    match record(&ui, &grant, &objection, &cycle, reply).await {
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

/// The answer as it was typed; `None` where something of it is wrong, each in its place among the errors.
async fn read(
    ui: &Ui,
    grant: &Grant<Review>,
    objection: &Objection,
    cycle: &Cycle,
    typed: &Typed,
    errors: &mut Errors,
) -> Result<Option<Reply>> {
    let reply = errors.take(Reply::parse(&typed.text))?;
    let asked = match typed.upheld.as_str() {
        "yes" => {
            let sheet = about(ui, cycle, objection, typed, errors).await?;
            let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
            let change = errors.take(Change::parse(&scheme, &typed.target, &typed.value))?;
            let evidence = errors.take(rules::text("evidence", &typed.evidence))?;
            let asked = change.zip(evidence);
            if let Some((change, evidence)) = &asked {
                errors.take(rules::documented(change, evidence))?;
            }
            sheet.zip(asked)
        }
        "no" => None,
        _ => {
            errors.push(Error::invalid("answer-which").at("upheld"));
            None
        }
    };
    let Some(mut reply) = reply.filter(|_| errors.is_empty()) else { return Ok(None) };
    if let Some((sheet, (change, evidence))) = asked {
        let (id, reason, objection) = (AdjustmentId::new(), reply.text.clone(), Some(objection.id));
        reply.upheld = Some((context::of_grant(&ui.db, grant, sheet).await?, Proposal { id, change, reason, evidence, objection }));
    }
    Ok(Some(reply))
}

async fn record(ui: &Ui, grant: &Grant<Review>, objection: &Objection, cycle: &Cycle, reply: Reply) -> Result<()> {
    let (suppliers, hand, at) = (ui.app.shared::<Suppliers>()?, hand(ui, grant)?, Instant::now());
    let (cycle, objection) = (cycle.clone(), objection.clone());
    audit::change(&ui.db, grant, async move |tx| Ok(((), write(tx, &cycle, &objection, &reply, &suppliers, &hand, at).await?))).await
}

/// The sheet to be adjusted by an answer that upholds it: the objection's own, or the one named.
async fn about(ui: &Ui, cycle: &Cycle, objection: &Objection, typed: &Typed, errors: &mut Errors) -> Result<Option<SheetId>> {
    if objection.sheet.is_some() {
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

//! The review page of a sheet, and what the committee does there: explain a difference, propose an adjustment.
use super::change::{Change, title};
use super::effect::{Effect, effect, ways};
use super::explanation::{self, Text};
use super::layers::Mark;
use super::propose::{Proposal, propose as write};
use super::survey::of_one;
use super::view::{AdjustmentLine, ClaimLine, MarkLine, Review, Typed, columns, groups, options};
use super::{claim, hand, rules, store};
use crate::sheet::context::{self, Context};
use crate::sheet::input::{self, Inputs};
use crate::sheet::pages::{layer_text, row_groups};
use crate::{Review as MayReview, ReviewRead};
use access::Grant;
use db::{Result as Read, Tx};
use facts::Suppliers;
use files::FileRow;
use kernel::{BusinessDate, Error, Instant, Result, SheetId};
use scoring::Layers;
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Flash, Form, Page, See, StatusCode, Ui};

/// A page again, or on to the next one.
type Answer = web::Result<std::result::Result<See, Page>>;

/// What the page shows beside what is stored: typed, refused, calculated.
#[derive(Default)]
struct Again {
    typed: Typed,
    explanation: String,
    preview: Option<Effect>,
    errors: Errors,
}

pub async fn page(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(SheetId,)>, Asked(typed): Asked<Typed>) -> web::Result<Page> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    show(&ui, &grant, context, Again { typed: typed.offered(), ..Again::default() }).await
}

/// 提出调整: without a second person nothing of the result changes; 预览 only calculates.
pub async fn propose(grant: Grant<MayReview>, ui: Ui, At((id,)): At<(SheetId,)>, Form(typed): Form<Typed>) -> Answer {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    let done = match typed.action.as_str() {
        "preview" => preview(&ui, &context, &typed).await.map(Some),
        _ => record(&ui, &grant, &context, &typed).await.map(|()| None),
    };
    match done {
        Ok(None) => Ok(Ok(See::to(format!("/sheets/{id}/review")).flash(&Flash::done("adjust-handed-on")))),
        Ok(preview) => Ok(Err(show(&ui, &reader(&grant)?, context, Again { typed, preview, ..Again::default() }).await?)),
        Err(e) => refused(&ui, &grant, context, Again { typed, ..Again::default() }, e).await,
    }
}

async fn preview(ui: &Ui, context: &Context, typed: &Typed) -> Result<Effect> {
    let change = Change::parse(&context.scheme, &typed.target, &typed.value)?;
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let inputs = ui.db.read(async move |tx| input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await).await?;
    Ok(effect(&context.scheme, &inputs.branch, &change))
}

async fn record(ui: &Ui, grant: &Grant<MayReview>, context: &Context, typed: &Typed) -> Result<()> {
    let proposal = Proposal::parse(&context.scheme, &typed.target, &typed.value, &typed.reason, &typed.evidence)?;
    let (suppliers, hand, at, c) = (ui.app.shared::<Suppliers>()?, hand(ui, grant)?, Instant::now(), context.clone());
    audit::change(&ui.db, grant, async move |tx| {
        let (_, event) = write(tx, &c, &suppliers, &proposal, &hand, at).await?;
        Ok(((), event))
    })
    .await
}

fn reader(grant: &Grant<MayReview>) -> Result<Grant<ReviewRead>> {
    grant.also::<ReviewRead>().ok_or_else(Error::not_found)
}

/// The form again with what was typed; what is not the form's fault is an error page.
async fn refused(ui: &Ui, grant: &Grant<MayReview>, context: Context, again: Again, error: Error) -> Answer {
    if error.field.is_none() {
        return Err(error.into());
    }
    let page = show(ui, &reader(grant)?, context, Again { errors: error.into(), ..again }).await?;
    Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

#[derive(Deserialize)]
pub struct Explaining {
    /// Which difference: `total/self/acceptance`.
    #[serde(default)]
    mark: String,
    #[serde(default)]
    explanation: String,
}

pub async fn explain(grant: Grant<MayReview>, ui: Ui, At((id,)): At<(SheetId,)>, Form(f): Form<Explaining>) -> Answer {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    let text = match Text::parse(&f.explanation) {
        Ok(text) => text,
        Err(e) => return refused(&ui, &grant, context, Again { explanation: f.explanation, ..Again::default() }, e).await,
    };
    let (suppliers, hand, at) = (ui.app.shared::<Suppliers>()?, hand(&ui, &grant)?, Instant::now());
    audit::change(&ui.db, &grant, async move |tx| {
        let inputs = input::of(tx, &suppliers, &context.cycle, &context.sheet, hand.today).await?;
        let (_, marks) = of_one(tx, &context.scheme, &context.sheet, &inputs.branch).await?;
        let mark = marks.iter().find(|m| m.must_explain && m.name() == f.mark).ok_or_else(|| Error::conflict("difference-gone"))?;
        Ok(((), explanation::write(tx, (id, context.sheet.org), mark, &text, &hand, at).await?))
    })
    .await?;
    Ok(Ok(See::to(format!("/sheets/{id}/review")).flash(&Flash::done("difference-explained"))))
}

/// All that is known of a sheet under review, read in one snapshot.
struct Known {
    inputs: Inputs,
    totals: Layers,
    marks: Vec<Mark>,
    claims: Vec<(claim::Claim, Vec<FileRow>)>,
    adjustments: Vec<store::Adjustment>,
}

async fn known(tx: &mut Tx<'_>, context: &Context, suppliers: &Suppliers, day: BusinessDate) -> Read<Known> {
    let inputs = input::of(tx, suppliers, &context.cycle, &context.sheet, day).await?;
    let (totals, marks) = of_one(tx, &context.scheme, &context.sheet, &inputs.branch).await?;
    let mut claims = Vec::new();
    for claim in claim::of_sheet(tx, context.sheet.id).await? {
        let files = files::cited(tx, &claim::subject(context.sheet.id, &claim.item)).await?;
        claims.push((claim, files));
    }
    Ok(Known { totals, marks, claims, adjustments: store::of_sheet(tx, context.sheet.id).await?, inputs })
}

async fn show(ui: &Ui, grant: &Grant<ReviewRead>, context: Context, again: Again) -> web::Result<Page> {
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let k = ui.db.read(async move |tx| known(tx, &c, &suppliers, day).await).await?;
    let (scheme, may) = (context.scheme.clone(), rules::may_adjust(&context.cycle));
    let scored = scheme.score(&k.inputs.branch);
    let columns = columns(&k.totals);
    let body = Review {
        t: ui.t,
        form: ui.form(),
        crumbs: crumbs(ui, &context),
        errors: again.errors,
        total: scored.outcome.total,
        grade: scored.outcome.grade.to_owned(),
        limit: scheme.parameters.self_score_deviation_alert,
        totals: columns.iter().map(|l| k.totals.get(*l)).collect(),
        marks: k.marks.iter().map(|m| MarkLine::of(ui.t, &scheme, m)).collect(),
        groups: groups(row_groups(ui.t, &context, &k.inputs, &scored), &columns, &k.marks),
        columns: columns.into_iter().map(layer_text).collect(),
        claims: k.claims.iter().map(|c| claim_line(&context, &k, c)).collect(),
        adjustments: k.adjustments.iter().map(|a| AdjustmentLine::of(ui.t, ui.clock(), &scheme, a)).collect(),
        ways: ways(&scheme, &k.inputs.branch),
        options: options(ui.t, &scheme),
        typed: again.typed,
        explanation: again.explanation,
        preview: again.preview,
        may_propose: may.is_ok() && grant.also::<MayReview>().is_some(),
        note: note(ui, &context, may.err()),
        context,
    };
    ui.page("assessment/review/sheet.html", "review-title", body).await
}

/// Why nothing may be proposed now, or that approval makes a new result.
fn note(ui: &Ui, context: &Context, refusal: Option<Error>) -> String {
    match refusal {
        Some(e) => ui.t.of(&e).to_string(),
        None if context.cycle.is_final() => ui.t.text("correction-note").to_string(),
        None => String::new(),
    }
}

fn claim_line(context: &Context, k: &Known, (claim, files): &(claim::Claim, Vec<FileRow>)) -> ClaimLine {
    let target = format!("bonus:{}", claim.item);
    ClaimLine {
        title: title(&context.scheme, &target),
        count: claim.count,
        reason: claim.reason.clone(),
        by: claim.by_name.clone(),
        files: files.clone(),
        confirmed: k.inputs.branch.facts.get(&scheme::bonus_key(&claim.item)).map_or_else(|| "0".into(), ToString::to_string),
        answered: k.adjustments.iter().any(|a| a.target == target && a.state != store::REJECTED),
        item: claim.item.clone(),
    }
}

fn crumbs(ui: &Ui, context: &Context) -> Vec<Crumb> {
    let cycle = ui.t.text("cycle-of-year").with("year", context.cycle.year);
    vec![
        Crumb::link(cycle, format!("/assess/{}", context.cycle.id)),
        Crumb::link(ui.t.text("review-list"), format!("/assess/{}/review", context.cycle.id)),
        Crumb::here(&context.sheet.name),
    ]
}

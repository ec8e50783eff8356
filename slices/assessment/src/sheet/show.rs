//! Reading a sheet: all layers side by side, its history, what comes next; the same on paper.
use super::context::Context;
use super::door::{self, Opened};
use super::pages::{RowGroup, crumbs, layer_text, row_groups};
use super::{State, input, moments, rules};
use crate::inspection::store::team_of;
use crate::{ReviewRead, SelfAssess, SelfReturn};
use access::{Grant, SignedIn};
use askama::Template;
use facts::Suppliers;
use kernel::{Error, Points, SheetId};
use rectification::confirmation::{Confirmation, store::of_branch};
use rectification::{ProblemRead, of_branch as of_branch_problems};
use scoring::Layer;
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, FormFields, Moment, Page, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "sheet/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    context: Context,
    groups: Vec<RowGroup>,
    total: Points,
    grade: String,
    /// Indicators that do not apply.
    skipped: usize,
    /// Nobody has filled or scored anything, and no phase has made a total of it.
    untouched: bool,
    moments: Vec<Moment>,
    may_fill: bool,
    may_return: bool,
    may_review: bool,
    print: bool,
    /// Why it is returned, as it was typed and refused.
    reason: String,
    errors: Errors,
    /// 无问题, newest first: asked, confirmed, overtaken.
    none: Vec<Confirmation>,
    /// Title and address of the pages on which the reader scores it.
    inspects: Vec<(&'static str, String)>,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    show(grant, ui, id, Said::default()).await
}

/// The form to sign: the same rows without anything to press.
pub async fn print(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    show(grant, ui, id, Said { print: true, ..Said::default() }).await
}

/// The page with what was typed for returning it, and what is wrong with that.
///
/// # Errors
/// Not found out of reach.
pub async fn again(grant: &Grant<SelfReturn>, ui: Ui, id: SheetId, reason: String, error: Error) -> web::Result<Page> {
    let reader = grant.also::<SignedIn>().ok_or_else(Error::not_found)?;
    let said = Said { reason, errors: error.into(), print: false };
    Ok(show(reader, ui, id, said).await?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

#[derive(Default)]
struct Said {
    print: bool,
    reason: String,
    errors: Errors,
}

async fn show(grant: Grant<SignedIn>, ui: Ui, id: SheetId, said: Said) -> web::Result<Page> {
    let Opened { context, given } = door::open(&ui.db, &grant, id).await?;
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let read = ui.db.read(async move |tx| {
        let none = of_branch(tx, &c.cycle.id.to_string(), c.sheet.org).await?;
        Ok((input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await?, moments::read(tx, c.cycle.id, id).await?, none))
    });
    let (inputs, past, none) = read.await?;
    let scored = context.scheme.score(&inputs.branch);
    let groups = row_groups(ui.t, &context, &inputs, &scored);
    let moments = past.told(&ui, &context);
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: crumbs(&ui, &context),
        groups,
        total: scored.outcome.total,
        skipped: scored.indicators.iter().filter(|i| !i.applicable).count(),
        untouched: inputs.scores.is_empty() && context.sheet.total.is_none(),
        grade: scored.outcome.grade.to_owned(),
        moments,
        may_fill: grant.also::<SelfAssess>().is_some() && context.sheet.self_state.is_open(),
        may_return: grant.also::<SelfReturn>().is_some()
            && context.sheet.self_state == State::Submitted
            && rules::may_return(&context.cycle, &context.sheet).is_ok(),
        may_review: grant.also::<ReviewRead>().is_some(),
        print: said.print,
        reason: said.reason,
        errors: said.errors,
        none,
        inspects: given.iter().filter_map(|l| inspects(id, *l)).collect(),
        context,
    };
    ui.page("assessment/sheet/show.html", "sheet-title", body).await
}

fn inspects(id: SheetId, layer: Layer) -> Option<(&'static str, String)> {
    let title = match layer {
        Layer::Acceptance => "acceptance-title",
        Layer::Recheck => "recheck-title",
        _ => return None,
    };
    Some((title, format!("/sheets/{id}/{}", layer.name())))
}

#[derive(Deserialize, Default)]
pub struct Which {
    layer: Option<String>,
}

#[derive(Template)]
#[template(path = "sheet/submitted.html")]
struct Submitted {
    t: T,
    context: Context,
    layer: &'static str,
    /// Of all layers as of now, whichever was handed in.
    total: Points,
    /// After an inspection: how many lost points are on the branch's list of problems now.
    problems: Option<usize>,
    /// Who has it next, by name; empty if nobody has been given it, or after an inspection.
    team: String,
    /// In the demo: whom to become next.
    demo: Option<&'static str>,
    /// Closes that hint.
    close: String,
    /// The list, for those who may read it.
    list: Option<String>,
}

/// The end of a submission: what was handed in and what comes next.
pub async fn submitted(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>, Asked(q): Asked<Which>) -> web::Result<Page> {
    let layer = Layer::parse(q.layer.as_deref().unwrap_or("self"))?;
    let context = door::open(&ui.db, &grant, id).await?.context;
    let own = layer == Layer::SelfAssessment;
    let problems = if own { None } else { Some(pending(&ui, &context).await?) };
    let team = ui.db.read(async move |tx| team_of(tx, id, Layer::Acceptance).await).await?;
    let body = Submitted {
        t: ui.t,
        layer: layer_text(layer),
        total: context.sheet.total.unwrap_or_default(),
        problems,
        team: team.filter(|_| own).unwrap_or_default(),
        demo: ui.is_guided().then_some(if own { "demo-be-inspector" } else { "demo-be-secretary" }),
        close: ui.guided_href(),
        list: list(&ui, &grant, &context).await?,
        context,
    };
    ui.page("assessment/sheet/submitted.html", "sheet-submitted", body).await
}

async fn pending(ui: &Ui, context: &Context) -> kernel::Result<usize> {
    let (board, org) = (context.cycle.id.to_string(), context.sheet.org);
    let all = ui.db.read(async move |tx| of_branch_problems(tx, &board, org).await).await?;
    Ok(all.iter().filter(|p| p.board == context.cycle.id.to_string() && p.state.is_pending()).count())
}

async fn list(ui: &Ui, grant: &Grant<SignedIn>, context: &Context) -> kernel::Result<Option<String>> {
    let (Some(reads), Some(place)) = (grant.also::<ProblemRead>(), tree::path(&ui.db, context.sheet.org).await?) else { return Ok(None) };
    let href = || format!("/problems?org={}&cycle={}", context.sheet.org, context.cycle.id);
    Ok(reads.admits(&place).is_ok().then(href))
}

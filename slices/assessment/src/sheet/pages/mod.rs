//! The scoring pages: self-assessment, acceptance on site, re-check. One template, one way to save; what differs is who
//! may and when.
pub mod check;
mod post;
pub(crate) mod rows;
mod save;
mod view;

use super::context::Context;
use super::totals::{Totals, totals};
use super::write::{Saved, submissions};
use super::{State, batch, context, door, evidence, input, rules, task};
use crate::score::store::Score as Given;
use crate::{Inspect, SelfAssess};
use access::{Grant, Permission, SignedIn};
use facts::Suppliers;
use kernel::{Error, Result, SheetId};
use scoring::Layer;
use std::collections::HashMap;
use view::{Refused, Score, build};
use web::{At, Crumb, Page, Ui};

pub(crate) use post::hand_in;
pub use post::{acceptance as post_acceptance, recheck as post_recheck, self_assessment as post_self};
pub use rows::{Group as RowGroup, Row as SheetRow, fact_name, fact_value, layer_text, read_as, read_only as row_groups};
use save::Kept;
pub use save::Typed;
pub(crate) use save::write;

pub async fn self_assessment(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    let Some(writer) = grant.also::<SelfAssess>() else {
        // Whoever may read the sheet hears that its cycle was withdrawn before whose page this is.
        door::open(&ui.db, &grant, id).await?;
        let roles = grant.caller().roles().holding(SelfAssess::CODE).join(",");
        return Err(Error::denied("no-permission").with("roles", roles).into());
    };
    let context = context::of_grant(&ui.db, &writer, id).await?;
    page(&ui, &context, Layer::SelfAssessment, Vec::new(), Kept::default()).await
}

pub async fn acceptance(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    inspect(grant, ui, id, Layer::Acceptance).await
}

pub async fn recheck(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Page> {
    inspect(grant, ui, id, Layer::Recheck).await
}

async fn inspect(grant: Grant<Inspect>, ui: Ui, id: SheetId, layer: Layer) -> web::Result<Page> {
    let (context, team) = inspected(&ui, &grant, id, layer).await?;
    page(&ui, &context, layer, team, Kept::default()).await
}

/// A sheet that the grant's holder has been given to inspect, and the names of the team.
pub(crate) async fn inspected(ui: &Ui, grant: &Grant<Inspect>, id: SheetId, layer: Layer) -> Result<(Context, Vec<String>)> {
    let account = grant.account()?;
    let team = ui.db.read(async move |tx| task::team(tx, account, id, layer).await).await?;
    Ok((context::any(&ui.db, id).await?, team))
}

/// Whether the layer may be written now; the page shows the sentence when it may not.
fn may(ui: &Ui, context: &Context, layer: Layer) -> Result<()> {
    match layer {
        Layer::SelfAssessment => rules::may_fill(&context.cycle, &context.sheet, ui.today()),
        _ => rules::may_inspect(&context.cycle, &context.sheet, layer),
    }
}

/// Why the layer cannot be written: of what was handed in, on which day and by whom, and what can be done about it. Whoever
/// opens this page is of the branch or of the team, and reads who handed it in among what has happened to the sheet too.
async fn lock_note(ui: &Ui, context: &Context, layer: Layer, refusal: &Error) -> Result<String> {
    let sheet = context.sheet.id;
    let all = ui.db.read(async move |tx| submissions(tx, sheet).await).await?;
    let handed_in = all.iter().rfind(|s| s.layer == layer.name() && s.action == "submit");
    let Some(s) = handed_in.filter(|_| context.sheet.state(layer) == State::Submitted) else { return Ok(ui.t.of(refusal).to_string()) };
    let may_return = layer == Layer::SelfAssessment && rules::may_return(&context.cycle, &context.sheet).is_ok();
    let key = if may_return { "sheet-locked-by" } else { "sheet-locked-for-good-by" };
    Ok(ui.t.text(key).with("day", s.day).with("by", s.by_name.as_str()).to_string())
}

/// Facts, scores and evidence in one snapshot.
async fn read(ui: &Ui, context: &Context) -> Result<(input::Inputs, HashMap<String, i64>)> {
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let read = ui.db.read(async move |tx| {
        let inputs = input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await?;
        Ok((inputs, evidence::pieces(tx, &c).await?))
    });
    Ok(read.await?)
}

/// Rows and totals of what is there.
async fn built(ui: &Ui, context: &Context, layer: Layer, refused: &Refused) -> Result<(Vec<rows::Group>, view::Sum)> {
    let (inputs, pieces) = read(ui, context).await?;
    Ok(build(ui.t, context, &inputs, layer, &pieces, refused))
}

async fn page(ui: &Ui, context: &Context, layer: Layer, team: Vec<String>, kept: Kept) -> web::Result<Page> {
    let (inputs, pieces) = read(ui, context).await?;
    let (groups, sum) = build(ui.t, context, &inputs, layer, &pieces, &kept.refused);
    let refusal = may(ui, context, layer).err();
    let (title, submit_key, name) = words(layer)?;
    let past = if layer == Layer::SelfAssessment { past(ui, context).await? } else { Vec::new() };
    let rows = || groups.iter().flat_map(|g| &g.rows);
    let asked = |r: &&SheetRow| r.applicable && !r.automatic;
    let body = Score {
        t: ui.t,
        form: ui.form(),
        crumbs: crumbs(ui, context),
        saved: kept.saved,
        refused: kept.refused.len(),
        errors: kept.errors,
        team: team.join("、"),
        title,
        submit_key,
        layer: name,
        layer_key: rows::layer_text(layer),
        locked: refusal.is_some(),
        lock_note: match &refusal {
            Some(e) => lock_note(ui, context, layer, e).await?,
            None => String::new(),
        },
        columns: 5 + usize::from(layer != Layer::SelfAssessment) + usize::from(layer == Layer::Recheck),
        ask: rows().filter(asked).count(),
        // What is stored counts, not what was typed and refused.
        left: sum.left.clone(),
        last_year: rows().filter(|r| r.of_last_year(&past).is_some()).count(),
        batch: batch::newest(&inputs.scores, layer),
        automatic: rows().filter(|r| r.applicable && r.automatic).count(),
        skipped: rows().filter(|r| !r.applicable).count(),
        mini: sum.mini(),
        groups,
        sum,
        context: context.clone(),
    };
    ui.page("assessment/sheet/score.html", title, body).await
}

async fn past(ui: &Ui, context: &Context) -> Result<Vec<Given>> {
    let c = context.clone();
    Ok(ui.db.read(async move |tx| batch::last_year(tx, &c).await).await?)
}

/// The way to a sheet.
pub(super) fn crumbs(ui: &Ui, context: &Context) -> Vec<Crumb> {
    let cycle = ui.t.text("cycle-of-year").with("year", context.cycle.year);
    vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(cycle, format!("/assess/{}", context.cycle.id)),
        Crumb::here(&context.sheet.name),
    ]
}

/// Title, the word on the main button, and the last part of the address.
fn words(layer: Layer) -> Result<(&'static str, &'static str, &'static str)> {
    match layer {
        Layer::SelfAssessment => Ok(("self-title", "self-submit", "self")),
        Layer::Acceptance => Ok(("acceptance-title", "acceptance-submit", "acceptance")),
        Layer::Recheck => Ok(("recheck-title", "recheck-submit", "recheck")),
        Layer::Mutual | Layer::Committee => Err(Error::not_found()),
    }
}

/// The part the script swaps after saving a field: totals, the receipt, the field's new revision.
async fn build_part(ui: &Ui, context: &Context, layer: Layer, saved: Saved, code: &str) -> web::Result<Page> {
    let totals = match saved.totals {
        Some(totals) => totals,
        None => totals_now(ui, context, layer).await?,
    };
    let at = ui.clock().hour_minute(kernel::Instant::now());
    let sum = askama::Template::render(&view::sum(ui.t, context, totals, at)).map_err(Error::internal)?;
    let rev = |field: &str| format!("<i hidden data-rev-for=\"{field}-{code}\" data-rev=\"{}\"></i>", saved.rev);
    Ok(Page::bare(format!("<div id=\"sum\">{sum}</div>{}{}", rev("s"), rev("r"))))
}

async fn totals_now(ui: &Ui, context: &Context, layer: Layer) -> Result<Totals> {
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let inputs = ui.db.read(async move |tx| input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await).await?;
    Ok(totals(context, &inputs, layer))
}

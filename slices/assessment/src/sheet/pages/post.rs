//! Posts of the scoring pages: save one field, save all, fill with full marks or in a batch and take that back, submit.
use super::save::{Kept, all, hand, one, typed, value};
use super::view::{Refused, Sum};
use super::{built, inspected, may, page};
use crate::sheet::batch::{Batch, Origin, last_year};
use crate::sheet::context::{self, Context};
use crate::sheet::entry::Entry;
use crate::sheet::{hand_over, write};
use crate::{Inspect, SelfAssess};
use access::{Grant, Permission};
use facts::Suppliers;
use kernel::{Error, Instant, SheetId};
use scoring::Layer;
use web::{At, Errors, Fields, Flash, Form, Page, See, StatusCode, T, Ui};

/// A page again, or on to the next one.
type Answer = web::Result<std::result::Result<See, Page>>;

pub async fn self_assessment(grant: Grant<SelfAssess>, ui: Ui, At((id,)): At<(SheetId,)>, Form(fields): Form<Fields>) -> Answer {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    post(&ui, &grant, &context, Layer::SelfAssessment, Vec::new(), fields).await
}

pub async fn acceptance(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>, Form(fields): Form<Fields>) -> Answer {
    let (context, team) = inspected(&ui, &grant, id, Layer::Acceptance).await?;
    post(&ui, &grant, &context, Layer::Acceptance, team, fields).await
}

pub async fn recheck(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>, Form(fields): Form<Fields>) -> Answer {
    let (context, team) = inspected(&ui, &grant, id, Layer::Recheck).await?;
    post(&ui, &grant, &context, Layer::Recheck, team, fields).await
}

async fn post<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, team: Vec<String>, mut fields: Fields) -> Answer {
    if value(&fields, "auto") == Some("1") {
        return one(ui, grant, context, layer, &fields).await.map(Err);
    }
    let asked = value(&fields, "do").unwrap_or("save").to_owned();
    if let Some(code) = value(&fields, "full").map(str::to_owned) {
        fill_full(context, &mut fields, &code);
    }
    let kept = all(ui, grant, context, layer, &fields).await?;
    if !kept.errors.is_empty() {
        return again(ui, context, layer, team, kept).await;
    }
    let here = format!("/sheets/{}/{}", context.sheet.id, layer.name());
    let said = match asked.as_str() {
        "copy" => fill_rest(ui, grant, context, layer, Origin::Stood, &fields).await.map(|()| "sheet-saved")?,
        "last-year" => fill_rest(ui, grant, context, layer, Origin::LastYear, &fields).await.map(|()| "sheet-saved")?,
        "undo" => take_back(ui, grant, context, layer, &fields).await.map(|()| "batch-undone")?,
        _ => "sheet-saved",
    };
    match asked.as_str() {
        "submit" => submit(ui, grant, context, layer, team).await,
        "check" => checked(ui, context, layer, team, here).await,
        _ => Ok(Ok(See::to(here).flash(&Flash::done(said)))),
    }
}

async fn again(ui: &Ui, context: &Context, layer: Layer, team: Vec<String>, kept: Kept) -> Answer {
    Ok(Err(page(ui, context, layer, team, kept).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// On to the page that says what handing in will do, once nothing is owed.
async fn checked(ui: &Ui, context: &Context, layer: Layer, team: Vec<String>, here: String) -> Answer {
    let (groups, sum) = built(ui, context, layer, &Refused::new()).await?;
    match owed(&groups, &sum, layer) {
        none if none.is_empty() => Ok(Ok(See::to(format!("{here}/submission")))),
        owed => name(ui, context, layer, team, owed).await,
    }
}

/// Locks the layer once nothing is owed.
async fn submit<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, team: Vec<String>) -> Answer {
    let owed = hand_in(ui, grant, context, layer).await?;
    if owed.is_empty() {
        return Ok(Ok(See::to(format!("/sheets/{}/submitted?layer={}", context.sheet.id, layer.name()))));
    }
    name(ui, context, layer, team, owed).await
}

/// The page again, every owed indicator named.
async fn name(ui: &Ui, context: &Context, layer: Layer, team: Vec<String>, owed: Vec<Error>) -> Answer {
    let (groups, _) = built(ui, context, layer, &Refused::new()).await?;
    let mut refused = Refused::new();
    for e in &owed {
        let about = |r: &&super::rows::Row| e.args.iter().any(|(name, code)| *name == "indicator" && *code == r.code);
        let row = groups.iter().flat_map(|g| &g.rows).find(about);
        refused.extend(row.map(|r| (r.code.clone(), (r.value.clone(), r.reason.clone(), ui.t.of(e).to_string()))));
    }
    let mut errors = Errors::none();
    owed.into_iter().for_each(|e| errors.push(e));
    again(ui, context, layer, team, Kept { saved: 0, errors, refused }).await
}

/// Hands a layer in, unless something is owed: then that is the answer, and nothing changes.
///
/// # Errors
/// Why the layer may not be written now.
pub(crate) async fn hand_in<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer) -> kernel::Result<Vec<Error>> {
    if let Err(e) = may(ui, context, layer) {
        return audit::refuse::<(), _>(&ui.db, grant, e).await.map(|()| Vec::new());
    }
    let (groups, sum) = built(ui, context, layer, &Refused::new()).await?;
    let owed = owed(&groups, &sum, layer);
    if !owed.is_empty() {
        return Ok(owed);
    }
    let (hand, c, at) = (hand(ui, grant)?, context.clone(), Instant::now());
    let calendar = accounts::calendar_now(ui).await?;
    let deductions = hand_over::deductions(context, &groups_to_lines(ui.t, &groups));
    audit::change(&ui.db, grant, async move |tx| {
        let event = write::submit(tx, &c, layer, &hand, "", at).await?;
        let again = hand_over::submitted(tx, &c, layer, &deductions, &hand, &calendar, at).await?;
        Ok(((), if again.is_empty() { event } else { event.with("reopened", again.join(" ")) }))
    })
    .await?;
    Ok(Vec::new())
}

/// What keeps a layer from being handed in: indicators without a score, and points taken without a reason.
pub(super) fn owed(groups: &[super::rows::Group], sum: &Sum, layer: Layer) -> Vec<Error> {
    let mut owed: Vec<Error> = sum.left.iter().map(|code| Error::invalid("sheet-owed").with("indicator", code)).collect();
    let bare = groups.iter().flat_map(|g| &g.rows).filter(|r| layer != Layer::SelfAssessment && r.owes_reason());
    owed.extend(bare.map(|r| Error::invalid("reason-missing").with("indicator", &r.code)));
    owed
}

pub(super) fn groups_to_lines(t: T, groups: &[super::rows::Group]) -> Vec<hand_over::Line> {
    let line = |r: &super::rows::Row| hand_over::Line {
        indicator: r.code.clone(),
        title: r.title.clone(),
        points: r.points,
        // As in the total: what this layer has not scored counts as it stood.
        score: kernel::Points::parse(&r.value).unwrap_or(r.stood),
        reason: r.because(t),
        applicable: r.applicable,
    };
    groups.iter().flat_map(|g| &g.rows).map(line).collect()
}

/// 满分 of one indicator, pressed without script.
fn fill_full(context: &Context, fields: &mut Fields, code: &str) {
    let Some(indicator) = context.scheme.indicator(code) else { return };
    let name = format!("s-{code}");
    match fields.iter_mut().find(|(n, _)| *n == name) {
        Some((_, value)) => *value = indicator.points.to_string(),
        None => fields.push((name, indicator.points.to_string())),
    }
}

/// 未评项按自评填入, 复制去年的填写: only what is still empty, as one batch.
async fn fill_rest<P: Permission>(
    ui: &Ui,
    grant: &Grant<P>,
    context: &Context,
    layer: Layer,
    origin: Origin,
    fields: &Fields,
) -> kernel::Result<()> {
    let Some(batch) = batch(ui, grant, context, layer).await? else { return Ok(()) };
    let (groups, _) = built(ui, context, layer, &Refused::new()).await?;
    let entered = typed(fields);
    let reason = |code: &str| entered.get(code).map(|t| t.reason.clone()).unwrap_or_default();
    let empty = groups.iter().flat_map(|g| &g.rows).filter(|r| r.applicable && r.value.is_empty());
    let entries: Vec<Entry> = match origin {
        Origin::Stood => empty
            .map(|r| {
                // In the re-check it is what stood before it, so that one press never gives back what acceptance took.
                let given = if layer == Layer::Recheck { r.stood } else { r.self_points.unwrap_or(r.from_facts) };
                Entry { indicator: r.code.clone(), points: Some(given), reason: reason(&r.code), seen: 0 }
            })
            .collect(),
        Origin::LastYear => {
            let c = context.clone();
            let past = ui.db.read(async move |tx| last_year(tx, &c).await).await?;
            empty.filter_map(|r| r.of_last_year(&past)).collect()
        }
    };
    if entries.is_empty() { Ok(()) } else { batch.fill(&ui.db, grant, origin, entries).await }
}

/// 撤销: what is left of a batch.
async fn take_back<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, fields: &Fields) -> kernel::Result<()> {
    let source = value(fields, "batch").unwrap_or_default().to_owned();
    match batch(ui, grant, context, layer).await? {
        Some(batch) => batch.undo(&ui.db, grant, source).await,
        None => Ok(()),
    }
}

/// Who fills what; `None` where the request has been answered before.
async fn batch<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer) -> kernel::Result<Option<Batch>> {
    if let Err(e) = may(ui, context, layer) {
        return audit::refuse::<(), _>(&ui.db, grant, e).await.map(|()| None);
    }
    let suppliers = (*ui.app.shared::<Suppliers>()?).clone();
    Ok(Some(Batch { context: context.clone(), layer, hand: hand(ui, grant)?, suppliers }))
}

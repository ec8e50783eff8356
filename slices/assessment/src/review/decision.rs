//! A proposal as the second person sees it, and their decision.
use super::change::{Change, title};
use super::decide::{Approved, Ground, Ruling, Verdict, decide as write};
use super::effect::{Effect, effect};
use super::store::{self, Adjustment, PROPOSED};
use super::view::AdjustmentLine;
use super::{claim, hand};
use crate::publicity::publicise;
use crate::result::{Correction, Target, correct};
use crate::sheet::context::{self, Context};
use crate::sheet::input;
use crate::{Approve, ReviewRead};
use access::{Grant, Permission};
use askama::Template;
use facts::Suppliers;
use files::FileRow;
use kernel::{AdjustmentId, Error, Instant, Result};
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "review/adjustment.html")]
struct View {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    errors: Errors,
    context: Context,
    line: AdjustmentLine,
    /// What approving would do now; nothing once decided.
    effect: Option<Effect>,
    files: Vec<FileRow>,
    open: bool,
    may_decide: bool,
    reason: String,
}

pub async fn page(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(AdjustmentId,)>) -> web::Result<Page> {
    let (row, context) = found(&ui, &grant, id).await?;
    show(&ui, &grant, row, context, String::new(), Errors::none()).await
}

async fn found<P: Permission>(ui: &Ui, grant: &Grant<P>, id: AdjustmentId) -> Result<(Adjustment, Context)> {
    let row = ui.db.read(async move |tx| store::one(tx, id).await).await?;
    let context = context::of_grant(&ui.db, grant, row.sheet).await?;
    Ok((row, context))
}

async fn show(ui: &Ui, grant: &Grant<ReviewRead>, row: Adjustment, context: Context, reason: String, errors: Errors) -> web::Result<Page> {
    let (suppliers, day, c) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone());
    let subject = row.target.strip_prefix("bonus:").map(|item| claim::subject(row.sheet, item)).unwrap_or_default();
    let (inputs, files) = ui
        .db
        .read(async move |tx| Ok((input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await?, files::cited(tx, &subject).await?)))
        .await?;
    let open = row.state == PROPOSED;
    let change = Change::parse(&context.scheme, &row.target, &row.value).ok().filter(|_| open);
    let own = grant.visitor_or_account() == Some(row.proposed_by);
    let body = View {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(&context.sheet.name, format!("/sheets/{}/review", context.sheet.id)),
            Crumb::here(title(&context.scheme, &row.target)),
        ],
        errors,
        line: AdjustmentLine::of(ui.t, ui.clock(), &context.scheme, &row),
        effect: change.map(|change| effect(&context.scheme, &inputs.branch, &change)),
        files,
        open,
        may_decide: open && !own && grant.also::<Approve>().is_some(),
        reason,
        context,
    };
    ui.page("assessment/review/adjustment.html", "adjustment-title", body).await
}

#[derive(Deserialize)]
pub struct Decided {
    #[serde(default)]
    reason: String,
    /// `approve` or `reject`.
    #[serde(default, rename = "do")]
    action: String,
}

pub async fn decide(
    grant: Grant<Approve>,
    ui: Ui,
    At((id,)): At<(AdjustmentId,)>,
    Form(f): Form<Decided>,
) -> web::Result<std::result::Result<See, Page>> {
    let (row, context) = found(&ui, &grant, id).await?;
    match record(&ui, &grant, &context, id, &f).await {
        Ok(()) => Ok(Ok(See::to(format!("/adjustments/{id}")).flash(&Flash::done("adjust-is-decided")))),
        Err(e) if e.field.is_some() => {
            let reader = grant.also::<ReviewRead>().ok_or_else(Error::not_found)?;
            let page = show(&ui, &reader, row, context, f.reason, e.into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn record(ui: &Ui, grant: &Grant<Approve>, context: &Context, id: AdjustmentId, f: &Decided) -> Result<()> {
    let verdict = if f.action == "approve" { Verdict::Approve } else { Verdict::Reject };
    // Facts carry their source as text; data is in the installation's language, whoever presses the button.
    let source = ui.app.texts("zh").text("adjustment-source").to_string();
    let ruling = Ruling::parse(id, verdict, &f.reason, &source)?;
    if context.cycle.is_final() && verdict == Verdict::Approve {
        return corrected(ui, grant, context, ruling).await;
    }
    let calendar = accounts::calendar_now(ui).await?;
    let ground = Ground { suppliers: (*ui.app.shared::<Suppliers>()?).clone(), calendar: (*calendar).clone() };
    let (hand, at, c) = (hand(ui, grant)?, Instant::now(), context.clone());
    let (suppliers, today) = (ground.suppliers.clone(), hand.today);
    audit::change(&ui.db, grant, async move |tx| Ok(((), write(tx, &c, &ground, &ruling, &hand, at).await?))).await?;
    publicise(&ui.db, &suppliers, today, Instant::now()).await
}

/// After 定稿: a new result with its reason and second person; the old one stays.
async fn corrected(ui: &Ui, grant: &Grant<Approve>, context: &Context, ruling: Ruling) -> Result<()> {
    let (suppliers, day, c, id) = (ui.app.shared::<Suppliers>()?, ui.today(), context.clone(), ruling.id);
    let read =
        async move |tx: &mut db::Tx<'_>| Ok((store::one(tx, id).await?, input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await?.branch));
    let (row, input) = ui.db.read(read).await?;
    let approved = Approved { row, ruling, hand: hand(ui, grant)? };
    let target = match approved.check(context, &input)? {
        Change::Score { indicator, points } => Target::Score { indicator, points },
        change => Target::Fact { key: change.fact().unwrap_or_default(), value: change.value() },
    };
    let c = Correction { target, calendar: (*accounts::calendar_now(ui).await?).clone(), approved };
    correct(&ui.db, grant, context, c).await.map(drop)
}

//! Returning a submitted self-assessment for correction: it opens again, with a reason.
use super::show::again;
use super::{context, hand_over, rules, store, write};
use crate::SelfReturn;
use access::Grant;
use kernel::{Instant, Kind, Result, SheetId, reason};
use scoring::Layer;
use serde::Deserialize;
use web::{At, Flash, Form, Page, See, Ui};

#[derive(Deserialize)]
pub struct Reason {
    #[serde(default)]
    reason: String,
}

/// 退回: by the unit's deputy or the work committee, while the cycle has not passed acceptance.
pub async fn create(
    grant: Grant<SelfReturn>,
    ui: Ui,
    At((id,)): At<(SheetId,)>,
    Form(f): Form<Reason>,
) -> web::Result<std::result::Result<See, Page>> {
    match give_back(&grant, &ui, id, &f.reason).await {
        Ok(()) => Ok(Ok(See::to(format!("/sheets/{id}")).flash(&Flash::done("sheet-returned")))),
        Err(e) if e.kind == Kind::Invalid => again(&grant, ui, id, f.reason, e).await.map(Err),
        Err(e) => Err(e.into()),
    }
}

async fn give_back(grant: &Grant<SelfReturn>, ui: &Ui, id: SheetId, reason: &str) -> Result<()> {
    let context = context::of_grant(&ui.db, grant, id).await?;
    let reason = reason::given(reason, "return-reason")?.to_owned();
    let hand = write::Hand { account: Some(grant.account()?), name: grant.caller().name().into(), source: "page", today: ui.today() };
    let at = Instant::now();
    audit::change(&ui.db, grant, async move |tx| {
        rules::may_return(&context.cycle, &store::any(tx, id).await?)?;
        let event = write::give_back(tx, &context, Layer::SelfAssessment, &hand, &reason, at).await?;
        hand_over::returned(tx, &context, &reason, &hand, at).await?;
        Ok(((), event))
    })
    .await
}

//! Adjustments for programs; they are made on pages.
use super::store;
use crate::ReviewRead;
use crate::sheet::context;
use access::Grant;
use kernel::SheetId;
use serde::Serialize;
use utoipa::ToSchema;
use web::{At, Json, Ui};

#[derive(Serialize, ToSchema)]
pub struct AdjustmentOut {
    id: String,
    /// `score:A1`, `bonus:P1`, `penalty:N1`, `veto:V1`.
    target: String,
    before: String,
    value: String,
    reason: String,
    evidence: String,
    /// `proposed`, `approved` or `rejected`.
    state: String,
    proposed_by: String,
    decided_by: Option<String>,
    decision_reason: Option<String>,
}

/// The committee's adjustments of a sheet, oldest first.
#[utoipa::path(get, path = "/api/v1/sheets/{sheet}/adjustments", params(("sheet" = String, Path)),
    responses((status = 200, body = [AdjustmentOut])))]
pub async fn adjustments(grant: Grant<ReviewRead>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Json<Vec<AdjustmentOut>>> {
    context::of_grant(&ui.db, &grant, id).await?;
    let rows = ui.db.read(async move |tx| store::of_sheet(tx, id).await).await?;
    Ok(Json(rows.into_iter().map(AdjustmentOut::from).collect()))
}

impl From<store::Adjustment> for AdjustmentOut {
    fn from(a: store::Adjustment) -> Self {
        Self {
            id: a.id.to_string(),
            target: a.target,
            before: a.before,
            value: a.value,
            reason: a.reason,
            evidence: a.evidence,
            state: a.state,
            proposed_by: a.proposed_name,
            decided_by: a.decided_name,
            decision_reason: a.decision_reason,
        }
    }
}

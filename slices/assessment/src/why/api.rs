//! The derivation of a sheet's total for programs.
use super::explain;
use crate::sheet::door;
use access::{Grant, SignedIn};
use facts::Suppliers;
use kernel::{Error, SheetId};
use serde_json::Value;
use web::{At, Json, Ui};

/// Every indicator with its parts, layers and points, adjustments, vetoes, facts with sources, evidence and who scored.
/// The total can be added again from the leaves alone.
#[utoipa::path(get, path = "/api/v1/sheets/{sheet}/explanation", params(("sheet" = String, Path)),
    responses((status = 200, body = Value)))]
pub async fn explanation(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Json<Value>> {
    let context = door::open(&ui.db, &grant, id).await?.context;
    let suppliers = ui.app.shared::<Suppliers>()?;
    let explanation = explain(&ui.db, &suppliers, &context, ui.today(), false).await?;
    Ok(Json(serde_json::to_value(&explanation).map_err(Error::internal)?))
}

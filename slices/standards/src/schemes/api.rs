//! The JSON face of /schemes: one published scheme, as it is stored.
use super::store::{named, scheme};
use access::{Grant, SignedIn};
use kernel::Error;
use serde_json::Value;
use web::{At, Json, Ui};

/// A published scheme: dimensions, indicators with their methods, grades, stars, vetoes.
#[utoipa::path(get, path = "/api/v1/schemes/{code}/{version}", params(("code" = String, Path), ("version" = String, Path)),
    responses((status = 200, body = Value)))]
pub async fn show(_: Grant<SignedIn>, ui: Ui, At((code, version)): At<(String, String)>) -> web::Result<Json<Value>> {
    let scheme = scheme(&ui.db, named(&ui.db, &code, &version).await?).await?;
    Ok(Json(serde_json::to_value(&**scheme).map_err(Error::internal)?))
}

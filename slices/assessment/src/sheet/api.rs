//! Sheets for programs: the same operations and permissions as the pages.
use super::context::{self, Context};
use super::door;
use super::pages::{Typed, hand_in, inspected, write};
use crate::cycle::api::SheetOut;
use crate::score::store::{Score, of_sheet};
use crate::{Inspect, SelfAssess};
use access::{Grant, Permission, SignedIn};
use kernel::{Result, SheetId};
use scoring::Layer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Json, Ui};

/// A sheet with what its layers give.
#[derive(Serialize, ToSchema)]
pub struct FullSheetOut {
    #[serde(flatten)]
    sheet: SheetOut,
    scores: Vec<ScoreOut>,
}

#[derive(Serialize, ToSchema)]
pub struct ScoreOut {
    indicator: String,
    /// `self`, `mutual`, `acceptance`, `recheck` or `committee`.
    layer: String,
    /// As a decimal text, on the indicator's original points.
    score: String,
    reason: String,
    by: String,
    /// Send it back with the next change of this score.
    rev: i64,
}

impl From<Score> for ScoreOut {
    fn from(s: Score) -> Self {
        let layer = s.layer().map_or("", Layer::name).to_owned();
        Self { layer, score: s.points.to_string(), indicator: s.indicator, reason: s.reason, by: s.by_name, rev: s.rev }
    }
}

#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub struct ScoreIn {
    /// A decimal text; empty takes the layer's value away.
    score: String,
    reason: String,
    /// The revision that was seen: 0 if there was none. Another answers 409 with both values.
    rev: i64,
}

#[derive(Serialize, ToSchema)]
pub struct SavedOut {
    rev: i64,
    /// The sheet's total as of now.
    total: String,
}

/// A sheet one may read, with its scores.
#[utoipa::path(get, path = "/api/v1/sheets/{sheet}", params(("sheet" = String, Path)), responses((status = 200, body = FullSheetOut)))]
pub async fn sheet(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(SheetId,)>) -> web::Result<Json<FullSheetOut>> {
    let context = door::open(&ui.db, &grant, id).await?.context;
    Ok(Json(full(&ui, context).await?))
}

/// Writes a score of the self-assessment.
#[utoipa::path(put, path = "/api/v1/sheets/{sheet}/self/{indicator}", params(("sheet" = String, Path), ("indicator" = String, Path)),
    request_body = ScoreIn, responses((status = 200, body = SavedOut)))]
pub async fn save_self(
    grant: Grant<SelfAssess>,
    ui: Ui,
    At((id, code)): At<(SheetId, String)>,
    Json(s): Json<ScoreIn>,
) -> web::Result<Json<SavedOut>> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    Ok(Json(save(&ui, &grant, &context, Layer::SelfAssessment, &code, s).await?))
}

/// Writes a score on site.
#[utoipa::path(put, path = "/api/v1/sheets/{sheet}/acceptance/{indicator}", params(("sheet" = String, Path), ("indicator" = String, Path)),
    request_body = ScoreIn, responses((status = 200, body = SavedOut)))]
pub async fn save_acceptance(
    grant: Grant<Inspect>,
    ui: Ui,
    At((id, code)): At<(SheetId, String)>,
    Json(s): Json<ScoreIn>,
) -> web::Result<Json<SavedOut>> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Acceptance).await?;
    Ok(Json(save(&ui, &grant, &context, Layer::Acceptance, &code, s).await?))
}

/// Writes a score of the re-check.
#[utoipa::path(put, path = "/api/v1/sheets/{sheet}/recheck/{indicator}", params(("sheet" = String, Path), ("indicator" = String, Path)),
    request_body = ScoreIn, responses((status = 200, body = SavedOut)))]
pub async fn save_recheck(
    grant: Grant<Inspect>,
    ui: Ui,
    At((id, code)): At<(SheetId, String)>,
    Json(s): Json<ScoreIn>,
) -> web::Result<Json<SavedOut>> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Recheck).await?;
    Ok(Json(save(&ui, &grant, &context, Layer::Recheck, &code, s).await?))
}

#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub struct HandIn {}

/// Hands in the self-assessment; it is locked then.
#[utoipa::path(post, path = "/api/v1/sheets/{sheet}/self", params(("sheet" = String, Path)), request_body = HandIn,
    responses((status = 200, body = FullSheetOut)))]
pub async fn submit_self(grant: Grant<SelfAssess>, ui: Ui, At((id,)): At<(SheetId,)>, _: Json<HandIn>) -> web::Result<Json<FullSheetOut>> {
    let context = context::of_grant(&ui.db, &grant, id).await?;
    submit(&ui, &grant, context, Layer::SelfAssessment).await
}

/// Hands in the scores given on site.
#[utoipa::path(post, path = "/api/v1/sheets/{sheet}/acceptance", params(("sheet" = String, Path)), request_body = HandIn,
    responses((status = 200, body = FullSheetOut)))]
pub async fn submit_acceptance(
    grant: Grant<Inspect>,
    ui: Ui,
    At((id,)): At<(SheetId,)>,
    _: Json<HandIn>,
) -> web::Result<Json<FullSheetOut>> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Acceptance).await?;
    submit(&ui, &grant, context, Layer::Acceptance).await
}

/// Hands in the re-check.
#[utoipa::path(post, path = "/api/v1/sheets/{sheet}/recheck", params(("sheet" = String, Path)), request_body = HandIn,
    responses((status = 200, body = FullSheetOut)))]
pub async fn submit_recheck(grant: Grant<Inspect>, ui: Ui, At((id,)): At<(SheetId,)>, _: Json<HandIn>) -> web::Result<Json<FullSheetOut>> {
    let (context, _) = inspected(&ui, &grant, id, Layer::Recheck).await?;
    submit(&ui, &grant, context, Layer::Recheck).await
}

async fn save<P: Permission>(ui: &Ui, grant: &Grant<P>, context: &Context, layer: Layer, code: &str, s: ScoreIn) -> Result<SavedOut> {
    let typed = Typed { score: s.score.trim().to_owned(), reason: s.reason.trim().to_owned(), seen: s.rev, has_score: true };
    let saved = write(ui, (grant, grant), context, layer, code, &typed).await?;
    Ok(SavedOut { rev: saved.rev, total: saved.total.to_string() })
}

/// The first thing that is owed is the answer; the page names them all.
async fn submit<P: Permission>(ui: &Ui, grant: &Grant<P>, context: Context, layer: Layer) -> web::Result<Json<FullSheetOut>> {
    if let Some(owed) = hand_in(ui, grant, &context, layer).await?.into_iter().next() {
        return Err(owed.into());
    }
    let now = context::any(&ui.db, context.sheet.id).await?;
    Ok(Json(full(ui, now).await?))
}

async fn full(ui: &Ui, context: Context) -> Result<FullSheetOut> {
    let id = context.sheet.id;
    let scores = ui.db.read(async move |tx| of_sheet(tx, id).await).await?;
    Ok(FullSheetOut { sheet: context.sheet.into(), scores: scores.into_iter().map(ScoreOut::from).collect() })
}

//! Cycles for programs; they are opened and moved on pages and by command.
use super::pages::listing::Query;
use super::{Cycle, store};
use crate::sheet::store as sheets;
use crate::{CycleRead, SheetRead};
use access::Grant;
use kernel::CycleId;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

#[derive(Serialize, ToSchema)]
pub struct CycleOut {
    id: String,
    year: i64,
    title: String,
    /// `preparation`, `self`, `acceptance`, `recheck`, `review`, `publicity` or `final`.
    phase: &'static str,
    /// The exact edition it goes by.
    scheme: String,
    opened: String,
    /// Last day of self-assessment.
    self_until: String,
    publicity_from: Option<String>,
    publicity_until: Option<String>,
    /// The calendar of that year was not published when the dates were counted.
    publicity_provisional: Option<bool>,
    branches: i64,
}

impl From<Cycle> for CycleOut {
    fn from(c: Cycle) -> Self {
        Self {
            id: c.id.to_string(),
            year: c.year,
            phase: c.phase.name(),
            scheme: c.bindings.scheme.to_string(),
            opened: c.opened.to_string(),
            self_until: c.self_until.to_string(),
            publicity_from: c.publicity.map(|p| p.from.to_string()),
            publicity_until: c.publicity.map(|p| p.until.to_string()),
            publicity_provisional: c.publicity.map(|p| p.provisional),
            branches: c.participants,
            title: c.title,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct SheetOut {
    id: String,
    branch_code: String,
    branch_name: String,
    /// `untouched`, `begun`, `submitted` or `returned`.
    self_state: &'static str,
    acceptance_state: &'static str,
    recheck_state: &'static str,
    /// As a decimal text, as of now.
    total: Option<String>,
    grade: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct SheetsOut {
    sheets: Vec<SheetOut>,
    /// Pass it as `after` for the next page.
    next: Option<String>,
}

impl From<sheets::Sheet> for SheetOut {
    fn from(s: sheets::Sheet) -> Self {
        Self {
            id: s.id.to_string(),
            branch_code: s.code,
            branch_name: s.name,
            self_state: s.self_state.name(),
            acceptance_state: s.acceptance_state.name(),
            recheck_state: s.recheck_state.name(),
            total: s.total.map(|p| p.to_string()),
            grade: s.grade,
        }
    }
}

/// The cycles one's branches take part in, newest year first.
#[utoipa::path(get, path = "/api/v1/cycles", responses((status = 200, body = [CycleOut])))]
pub async fn cycles(grant: Grant<CycleRead>, ui: Ui) -> web::Result<Json<Vec<CycleOut>>> {
    Ok(Json(store::seen(&ui.db, &grant).await?.into_iter().map(CycleOut::from).collect()))
}

/// One cycle.
#[utoipa::path(get, path = "/api/v1/cycles/{cycle}", params(("cycle" = String, Path)),
    responses((status = 200, body = CycleOut)))]
pub async fn cycle(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Json<CycleOut>> {
    let found = ui.db.read(async move |tx| store::one(tx, &grant, id).await).await?;
    Ok(Json(found.into()))
}

/// The sheets of a cycle within one's scope in the order of the tree, all or those in one state of a layer. The re-check lists only
/// the branches that were drawn.
#[utoipa::path(get, path = "/api/v1/cycles/{cycle}/sheets",
    params(("cycle" = String, Path), ("layer" = Option<String>, Query, description = "self, acceptance or recheck"), ("state" = Option<String>, Query), ("under" = Option<String>, Query),
        ("category" = Option<String>, Query), ("after" = Option<String>, Query)),
    responses((status = 200, body = SheetsOut)))]
pub async fn sheets(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Json<SheetsOut>> {
    let (listing, whole) = (q.listing(id, grant.reach())?, q.whole());
    let found = ui.db.read(async move |tx| {
        let cycle = store::one(tx, &grant, id).await?;
        Query::page(tx, &grant, &cycle, &listing, whole).await
    });
    let (found, next) = found.await?;
    Ok(Json(SheetsOut { sheets: found.into_iter().map(SheetOut::from).collect(), next: next.map(|path| path.to_string()) }))
}

//! 无问题 for programs.
use crate::confirmation::pages::{Query, spelt};
use crate::confirmation::store::of_branch;
use crate::confirmation::{Confirmation, confirm as say, list};
use crate::{ProblemConfirm, ProblemRead};
use access::Grant;
use kernel::{Error, OrgId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

/// What a branch was asked, and what it said.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationOut {
    pub org: String,
    pub org_name: String,
    /// The cycle it speaks of.
    pub board: String,
    pub year: i64,
    /// `waiting`, `confirmed`, `overtaken` by a later problem, or `dropped` by one before anybody confirmed.
    pub state: &'static str,
    pub asked: String,
    /// Who confirmed; empty before.
    pub by: String,
    pub confirmed: Option<String>,
    /// The day a problem overtook it.
    pub ended: Option<String>,
}

/// A page of confirmations.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationsOut {
    pub confirmations: Vec<ConfirmationOut>,
    /// Where the next page begins.
    pub after: Option<String>,
}

/// Which list is empty.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub struct ConfirmIn {
    /// The cycle.
    pub board: String,
}

/// Branches without problems within reach, those that have not confirmed it yet unless `f` says otherwise.
#[utoipa::path(get, path = "/api/v1/confirmations", params(("f" = Option<String>, Query, description = "waiting, confirmed, overtaken"),
    ("cycle" = Option<String>, Query), ("after" = Option<String>, Query)), responses((status = 200, body = ConfirmationsOut)))]
pub async fn confirmations(grant: Grant<ProblemRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Json<ConfirmationsOut>> {
    let wanted = q.wanted(&grant);
    let limit = wanted.limit;
    let rows = ui.db.read(async move |tx| list::page(tx, &wanted).await).await?;
    let after = rows.last().filter(|_| rows.len() as i64 == limit).map(|c| spelt(&c.place()));
    Ok(Json(ConfirmationsOut { confirmations: rows.into_iter().map(ConfirmationOut::from).collect(), after }))
}

/// Confirm that one's branch has no problem on a list.
#[utoipa::path(post, path = "/api/v1/orgs/{org}/confirmations", params(("org" = String, Path)), request_body = ConfirmIn,
    responses((status = 200, body = ConfirmationOut)))]
pub async fn confirm(
    grant: Grant<ProblemConfirm>,
    ui: Ui,
    At((org,)): At<(OrgId,)>,
    Json(c): Json<ConfirmIn>,
) -> web::Result<Json<ConfirmationOut>> {
    say(&ui.db, &grant, org, &c.board, ui.today()).await?;
    let newest = ui.db.read(async move |tx| Ok(of_branch(tx, &c.board, org).await?.into_iter().next())).await?;
    Ok(Json(newest.ok_or_else(Error::not_found)?.into()))
}

impl From<Confirmation> for ConfirmationOut {
    fn from(c: Confirmation) -> Self {
        Self {
            org: c.org.to_string(),
            org_name: c.org_name,
            board: c.board,
            year: c.year,
            state: c.state.name(),
            asked: c.asked.to_string(),
            by: c.by_name,
            confirmed: c.confirmed.map(|d| d.to_string()),
            ended: c.ended.map(|d| d.to_string()),
        }
    }
}

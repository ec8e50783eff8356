//! The JSON face: the same operations and permissions as the pages.
pub mod confirmations;

use crate::pages::query::{Filter, Query, place};
use crate::pages::{list, show::Typed};
use crate::problem::{Problem, act, store};
use crate::{ProblemHandle, ProblemRead, ProblemVerify};
use access::Grant;
use accounts::calendar_now;
use kernel::ProblemId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

const PAGE: i64 = 50;

/// A problem.
#[derive(Serialize, ToSchema)]
pub struct ProblemOut {
    pub id: String,
    pub number: String,
    pub org: String,
    pub org_name: String,
    pub year: i64,
    pub item: String,
    pub title: String,
    pub text: String,
    /// Points, `0.5`.
    pub lost: String,
    /// `open`, `doing`, `returned`, `review`, `closed`, `withdrawn`.
    pub state: &'static str,
    /// Empty: the branch's secretary.
    pub owner: String,
    pub measure: String,
    pub due: String,
    pub provisional: bool,
    pub closing: String,
}

/// A page of problems.
#[derive(Serialize, ToSchema)]
pub struct ProblemsOut {
    pub problems: Vec<ProblemOut>,
    /// Where the next page begins.
    pub after: Option<String>,
}

/// What a step needs to be told.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub struct StepIn {
    /// What was done, or the reason for sending back or reopening.
    pub text: String,
}

/// Owner, measure, date.
#[derive(Deserialize, Default, ToSchema)]
#[serde(default)]
pub struct MeasureIn {
    pub owner: String,
    pub measure: String,
    pub due: String,
}

/// Problems within reach, by due date.
#[utoipa::path(get, path = "/api/v1/problems", params(("f" = Option<String>, Query, description = "open, late, soon, mine, closed"),
    ("org" = Option<String>, Query), ("cycle" = Option<String>, Query), ("under" = Option<String>, Query, description = "a place in the cycle's copy of the tree, or several with commas between"), ("after" = Option<String>, Query)),
    responses((status = 200, body = ProblemsOut)))]
pub async fn problems(grant: Grant<ProblemRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Json<ProblemsOut>> {
    let (wanted, calendar) = (list::wanted(&ui, &grant, &q).await?, calendar_now(&ui).await?);
    let rows: Vec<Problem> = list::rows(&ui, &grant, &q, &wanted, &calendar, PAGE).await?.into_iter().map(|c| c.p).collect();
    let after = rows.last().filter(|_| rows.len() as i64 == PAGE && q.filter() != Filter::Mine).map(place);
    Ok(Json(ProblemsOut { problems: rows.into_iter().map(ProblemOut::from).collect(), after }))
}

/// One problem.
#[utoipa::path(get, path = "/api/v1/problems/{problem}", params(("problem" = String, Path)),
    responses((status = 200, body = ProblemOut)))]
pub async fn problem(grant: Grant<ProblemRead>, ui: Ui, At((id,)): At<(ProblemId,)>) -> web::Result<Json<ProblemOut>> {
    Ok(Json(ui.db.read(async move |tx| store::one(tx, &grant, id).await).await?.into()))
}

/// Start putting it right.
#[utoipa::path(post, path = "/api/v1/problems/{problem}/work", params(("problem" = String, Path)), request_body = StepIn,
    responses((status = 200, body = ProblemOut)))]
pub async fn work(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, _: Json<StepIn>) -> web::Result<Json<ProblemOut>> {
    act::start(&ui.db, &grant, id, ui.today()).await?;
    now(&ui, id, &grant).await
}

/// Set owner, measure and date.
#[utoipa::path(post, path = "/api/v1/problems/{problem}/measure", params(("problem" = String, Path)), request_body = MeasureIn,
    responses((status = 200, body = ProblemOut)))]
pub async fn measure(
    grant: Grant<ProblemHandle>,
    ui: Ui,
    At((id,)): At<(ProblemId,)>,
    Json(m): Json<MeasureIn>,
) -> web::Result<Json<ProblemOut>> {
    let plan = Typed { owner: m.owner, measure: m.measure, due: m.due, ..Typed::default() }.plan()?;
    act::plan(&ui.db, &grant, id, plan, ui.today()).await?;
    now(&ui, id, &grant).await
}

/// Submit the closure for verification by somebody else.
#[utoipa::path(post, path = "/api/v1/problems/{problem}/closure", params(("problem" = String, Path)), request_body = StepIn,
    responses((status = 200, body = ProblemOut)))]
pub async fn closure(
    grant: Grant<ProblemHandle>,
    ui: Ui,
    At((id,)): At<(ProblemId,)>,
    Json(s): Json<StepIn>,
) -> web::Result<Json<ProblemOut>> {
    act::submit(&ui.db, &grant, id, &s.text, ui.today()).await?;
    now(&ui, id, &grant).await
}

/// Verify and close.
#[utoipa::path(post, path = "/api/v1/problems/{problem}/verification", params(("problem" = String, Path)), request_body = StepIn,
    responses((status = 200, body = ProblemOut)))]
pub async fn verification(
    grant: Grant<ProblemVerify>,
    ui: Ui,
    At((id,)): At<(ProblemId,)>,
    Json(s): Json<StepIn>,
) -> web::Result<Json<ProblemOut>> {
    act::verify(&ui.db, &grant, id, &s.text, ui.today()).await?;
    now(&ui, id, &grant).await
}

/// Send back with a reason.
#[utoipa::path(post, path = "/api/v1/problems/{problem}/return", params(("problem" = String, Path)), request_body = StepIn,
    responses((status = 200, body = ProblemOut)))]
pub async fn returning(
    grant: Grant<ProblemVerify>,
    ui: Ui,
    At((id,)): At<(ProblemId,)>,
    Json(s): Json<StepIn>,
) -> web::Result<Json<ProblemOut>> {
    act::send_back(&ui.db, &grant, id, &s.text, ui.today()).await?;
    now(&ui, id, &grant).await
}

async fn now<P: access::Permission>(ui: &Ui, id: ProblemId, grant: &Grant<P>) -> web::Result<Json<ProblemOut>> {
    let g = grant.clone();
    Ok(Json(ui.db.read(async move |tx| store::one(tx, &g, id).await).await?.into()))
}

impl From<Problem> for ProblemOut {
    fn from(p: Problem) -> Self {
        Self {
            id: p.id.to_string(),
            number: p.number,
            org: p.org.to_string(),
            org_name: p.org_name,
            year: p.year,
            item: p.item,
            title: p.title,
            text: p.text,
            lost: p.lost.to_string(),
            state: p.state.name(),
            owner: p.owner_name,
            measure: p.measure,
            due: p.due.to_string(),
            provisional: p.provisional,
            closing: p.closing,
        }
    }
}

//! Publicity and objections for programs; objections are raised and answered on pages.
use super::objections::reads_all;
use super::pages::readable;
use super::rows::{Row, lines};
use super::{kept, rules, store};
use crate::sheet::listing::page as sheets;
use access::{Grant, Reach, SignedIn};
use kernel::{CycleId, ObjectionId, Points};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;
use web::{Asked, At, Json, Ui};

const PAGE: i64 = 500;

#[derive(Serialize, ToSchema)]
pub struct PublicityOut {
    year: i64,
    title: String,
    /// `publicity` or `final`.
    phase: String,
    /// First and last day, 2026-11-25.
    from: Option<String>,
    until: Option<String>,
    /// When the data of the figures were read, in milliseconds; null while they are being computed, and once they are final.
    as_of: Option<i64>,
    /// In the order of the tree.
    branches: Vec<BranchOut>,
    /// Pass it as `after` for the next page.
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct BranchOut {
    branch_code: String,
    branch_name: String,
    #[serde(serialize_with = "points_or_null")]
    #[schema(value_type = Option<f64>)]
    total: Option<Points>,
    grade: Option<String>,
    /// As 定稿 would give it now, quotas counted in; null for none.
    star: Option<u8>,
}

fn points_or_null<S: Serializer>(value: &Option<Points>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => scheme::points_number(value, to),
        None => to.serialize_none(),
    }
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<String>,
}

/// What is in publicity: readable by every account under the cycle's root.
#[utoipa::path(get, path = "/api/v1/cycles/{cycle}/publicity", params(("cycle" = String, Path), ("after" = Option<String>, Query)),
    responses((status = 200, body = PublicityOut)))]
pub async fn publicity(
    grant: Grant<SignedIn>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Asked(q): Asked<Query>,
) -> web::Result<Json<PublicityOut>> {
    let cycle = readable(&ui, &grant, id).await?;
    rules::shown(&cycle)?;
    let c = cycle.clone();
    let read = ui.db.read(async move |tx| {
        let page = sheets(tx, id, &Reach::everything(), q.after.as_deref(), PAGE).await?;
        let edition = if c.is_final() { None } else { kept::edition(tx, id).await? };
        Ok((lines(tx, &c, page).await?, edition))
    });
    let (rows, edition) = read.await?;
    let next = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|r| r.code.clone());
    let branch = |r: Row| BranchOut {
        branch_code: r.code,
        branch_name: r.name,
        total: r.total,
        grade: Some(r.grade).filter(|g| !g.is_empty()),
        star: r.star,
    };
    Ok(Json(PublicityOut {
        year: cycle.year,
        phase: cycle.phase.name().into(),
        from: cycle.publicity.map(|p| p.from.to_string()),
        until: cycle.publicity.map(|p| p.until.to_string()),
        as_of: edition.map(|e| e.at.0),
        branches: rows.into_iter().map(branch).collect(),
        next,
        title: cycle.title,
    }))
}

#[derive(Serialize, ToSchema)]
pub struct ObjectionOut {
    id: String,
    /// The sheet it is about; null for the whole.
    sheet: Option<String>,
    text: String,
    answers: Vec<AnswerOut>,
}

#[derive(Serialize, ToSchema)]
pub struct AnswerOut {
    text: String,
    upheld: bool,
    /// The adjustment that upholding it proposed.
    adjustment: Option<String>,
}

/// A cycle's objections: all for those who review it, their own for everybody else.
#[utoipa::path(get, path = "/api/v1/cycles/{cycle}/objections", params(("cycle" = String, Path), ("after" = Option<String>, Query)),
    responses((status = 200, body = [ObjectionOut])))]
pub async fn objections(
    grant: Grant<SignedIn>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Asked(q): Asked<Query>,
) -> web::Result<Json<Vec<ObjectionOut>>> {
    let cycle = readable(&ui, &grant, id).await?;
    let of = if reads_all(&ui, &grant, &cycle).await? { None } else { Some(grant.account()?) };
    let after = q.after.as_deref().map(ObjectionId::parse).transpose()?;
    let found = ui.db.read(async move |tx| {
        let mut all = Vec::new();
        for o in store::page(tx, id, of, after, PAGE).await? {
            let answers = store::answers(tx, o.id).await?;
            all.push((o, answers));
        }
        Ok(all)
    });
    Ok(Json(found.await?.into_iter().map(out).collect()))
}

fn out((o, answers): (store::Objection, Vec<store::Answer>)) -> ObjectionOut {
    let answer = |a: store::Answer| AnswerOut { upheld: a.upheld(), adjustment: a.adjustment.map(|id| id.to_string()), text: a.text };
    ObjectionOut {
        id: o.id.to_string(),
        sheet: o.sheet.map(|s| s.to_string()),
        text: o.text,
        answers: answers.into_iter().map(answer).collect(),
    }
}

//! Handing files in by program: the same check, the same two steps.
use super::folder::Folder;
use super::pages::{next, own, words};
use super::upload::{LARGEST, plain, too_large};
use super::{Lying, State, hand_in, kind_of};
use crate::ImportUse;
use access::Grant;
use kernel::ImportId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{At, Json, Ui};

#[derive(Deserialize, ToSchema)]
pub struct ImportIn {
    /// `organisations`, `members`, `facts`, `scores`, `ledger`.
    kind: String,
    /// A cycle's id for facts and scores, a year for a ledger.
    #[serde(default)]
    choice: String,
    /// The name people know it by.
    file: String,
    /// The table as csv.
    csv: String,
}

#[derive(Serialize, ToSchema)]
pub struct ImportOut {
    id: String,
    kind: String,
    file: String,
    /// `checking`, `checked`, `refused`, `bringing`, `done`, `undoing`, `undone`.
    state: String,
    rows: i64,
    created: i64,
    updated: i64,
    /// What is wrong with the file as a whole.
    failure: Option<String>,
    bad: Vec<BadOut>,
}

#[derive(Serialize, ToSchema)]
pub struct BadOut {
    row: u64,
    column: String,
    value: String,
    text: String,
}

/// An empty object.
#[derive(Deserialize, ToSchema)]
pub struct Nothing {}

/// Hands a file in to be checked; ask for its state until it is `checked` or `refused`.
#[utoipa::path(post, path = "/api/v1/imports", request_body = ImportIn, responses((status = 200, body = ImportOut)))]
pub async fn create(grant: Grant<ImportUse>, ui: Ui, Json(sent): Json<ImportIn>) -> web::Result<Json<ImportOut>> {
    let kind = kind_of(&ui, &sent.kind)?;
    if sent.csv.len() > LARGEST {
        return Err(too_large().into());
    }
    let (id, folder) = (ImportId::new(), Folder::new(ui.app.data_dir()));
    let mut landing = folder.begin(id)?;
    landing.write(sent.csv.as_bytes())?;
    landing.finish().await?;
    let lying = Lying { id, choice: sent.choice, file: plain(&sent.file) };
    let id = hand_in(&ui.db, &grant, (kind.as_ref(), &folder), lying, ui.today()).await?;
    Ok(Json(out(&grant, &ui, id).await?))
}

/// Where a file stands, and what is wrong with it.
#[utoipa::path(get, path = "/api/v1/imports/{import}", params(("import" = String, Path)), responses((status = 200, body = ImportOut)))]
pub async fn show(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>) -> web::Result<Json<ImportOut>> {
    Ok(Json(out(&grant, &ui, id).await?))
}

/// Brings a checked file in.
#[utoipa::path(post, path = "/api/v1/imports/{import}/acceptance", params(("import" = String, Path)), request_body = Nothing,
    responses((status = 200, body = ImportOut)))]
pub async fn accept(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>, _: Json<Nothing>) -> web::Result<Json<ImportOut>> {
    next(&grant, &ui, id, State::Checked, State::Bringing).await?;
    Ok(Json(out(&grant, &ui, id).await?))
}

/// Takes an import back, while nothing stands on its rows.
#[utoipa::path(post, path = "/api/v1/imports/{import}/withdrawal", params(("import" = String, Path)), request_body = Nothing,
    responses((status = 200, body = ImportOut)))]
pub async fn withdraw(grant: Grant<ImportUse>, ui: Ui, At((id,)): At<(ImportId,)>, _: Json<Nothing>) -> web::Result<Json<ImportOut>> {
    next(&grant, &ui, id, State::Done, State::Undoing).await?;
    Ok(Json(out(&grant, &ui, id).await?))
}

async fn out(grant: &Grant<ImportUse>, ui: &Ui, id: ImportId) -> kernel::Result<ImportOut> {
    let h = own(grant, ui, id).await?;
    let found = Folder::new(ui.app.data_dir()).noted(id).unwrap_or_default();
    let cells =
        found.cells.iter().map(|c| BadOut { row: c.row, column: c.column.clone(), value: c.value.clone(), text: words(ui.t, &c.remedy) });
    let changed =
        found.changed.iter().map(|(row, f)| BadOut { row: *row, column: String::new(), value: String::new(), text: words(ui.t, f) });
    Ok(ImportOut {
        id: h.id.to_string(),
        failure: found.whole.as_ref().map(|f| words(ui.t, f)),
        bad: cells.chain(changed).collect(),
        kind: h.kind,
        file: h.file,
        state: h.state,
        rows: h.rows,
        created: h.created,
        updated: h.updated,
    })
}

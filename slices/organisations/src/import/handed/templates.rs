//! /imports/templates/{file}: `members.xlsx`, `members.csv`. They hold examples and nothing of anybody's, and whoever sets
//! up an installation prepares the registers before there is an account.
use super::folder::Folder;
use super::template;
use crate::import::Importers;
use access::{Grant, Public};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Error, ImportId};
use tabular::Format;
use web::{At, Ui};

pub async fn get(_: Grant<Public>, ui: Ui, At((file,)): At<(String,)>) -> web::Result<Response> {
    let (kind, format) = match file.rsplit_once('.') {
        Some((kind, "xlsx")) => (kind, Format::Xlsx),
        Some((kind, "csv")) => (kind, Format::Csv),
        _ => return Err(Error::not_found().into()),
    };
    let sample = ui.app.shared::<Importers>()?.of(kind).ok_or_else(Error::not_found)?.sample();
    let inside = Folder::new(ui.app.data_dir()).file(ImportId::new())?;
    let folder = inside.parent().map(std::path::Path::to_owned).unwrap_or_default();
    let made = tokio::task::spawn_blocking(move || template::made(sample, format, &folder)).await.map_err(Error::internal)??;
    Ok(sent(format, &file, made))
}

/// A table as a download.
pub(super) fn sent(format: Format, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

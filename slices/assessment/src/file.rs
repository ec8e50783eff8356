//! Serving an evidence file: to whoever reads the branch it belongs to, and to the team that inspects a sheet citing it.
use crate::SheetRead;
use crate::sheet::door;
use access::{Caller, Grant, SignedIn};
use axum::response::{IntoResponse, Response};
use db::Result as Read;
use files::{FileRow, Store};
use kernel::{Error, FileId, SheetId};
use std::sync::Arc;
use tokio::io::AsyncReadExt;
use web::{At, Routes, Ui};

pub fn routes() -> Routes {
    Routes::new("assessment").get("/files/{file}", serve)
}

/// The stored bytes with the headers that keep them from running in anybody's browser.
pub async fn serve(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(FileId,)>) -> web::Result<Response> {
    let caller = grant.caller().clone();
    let file = ui.db.read(async move |tx| visible(tx, &caller, id).await).await?;
    // At most 20 MiB by the store's own limit, so it may be read whole.
    let mut content = Store::open(ui.app.files())?.read(&file.hash).await?;
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).await.map_err(Error::internal)?;
    let mut response = bytes.into_response();
    for (name, value) in file.headers(false) {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// Whoever reads sheets of the branch sees its files; an inspector those that a sheet given to them cites.
async fn visible(tx: &mut db::Tx<'_>, caller: &Arc<Caller>, id: FileId) -> Read<FileRow> {
    let file = files::one(tx, id).await?;
    let path = tree::node(tx, file.org).await?.path;
    if let Some(grant) = caller.grant::<SheetRead>()
        && grant.admits(&path).is_ok()
    {
        return Ok(file);
    }
    for citation in files::citations(tx, id).await? {
        if let Some(sheet) = citing(&citation.subject)
            && door::admitted(tx, caller, sheet).await.is_ok()
        {
            return Ok(file);
        }
    }
    Err(Error::not_found().into())
}

/// The sheet under whose indicator or claim a file is cited.
fn citing(subject: &str) -> Option<SheetId> {
    let mut parts = subject.split('/');
    let ours = matches!(parts.next(), Some("score" | "claim"));
    parts.next().filter(|_| ours).and_then(|id| SheetId::parse(id).ok())
}

//! The chain as a file that is verified without a database.
use crate::AuditRead;
use access::Grant;
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::Error;
use std::io::{BufWriter, Seek, SeekFrom};
use web::{Fields, Form, Ui};

/// Writes the file beside the database first, where it has no name, and sends it from there: the log may be large.
pub async fn export(grant: Grant<AuditRead>, ui: Ui, _: Form<Fields>) -> web::Result<Response> {
    let failed = |e: std::io::Error| Error::invalid("file-unwritable").with("why", e);
    // The export's own event is in it, and signed with the rest.
    audit::note(&ui.db, &grant, Event::new("audit.exported", "audit")).await?;
    let signer = audit::signer(ui.app.keys())?;
    audit::checkpoint::make(&ui.db, &signer).await?;
    let key = signer.public();
    let (db, mut out) = (ui.db.clone(), BufWriter::new(tempfile::tempfile_in(ui.app.data_dir()).map_err(failed)?));
    let here = tokio::runtime::Handle::current();
    // Writing to a file waits for the disk, so it has a thread of its own.
    let written = tokio::task::spawn_blocking(move || here.block_on(audit::export(&db, &key, &mut out)).map(|_| out)).await;
    let mut file = written.map_err(Error::internal)??.into_inner().map_err(|e| failed(e.into_error()))?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let head =
        [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, "attachment; filename=\"leitu-audit.chain\"")];
    Ok((head, web::streamed(tokio::fs::File::from_std(file))).into_response())
}

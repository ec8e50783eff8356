//! A published scheme as a workbook: what an office downloads, changes and brings back as a new version.
use super::store::{named, scheme};
use access::{Grant, SignedIn};
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Result};
use rust_xlsxwriter::{Workbook, XlsxError};
use scheme::{Scheme, to_sheets};
use web::{At, Ui};

pub async fn workbook(grant: Grant<SignedIn>, ui: Ui, At((code, version)): At<(String, String)>) -> web::Result<Response> {
    let id = named(&ui.db, &code, &version).await?;
    let bytes = xlsx(scheme(&ui.db, id).await?.as_ref())?;
    audit::note(&ui.db, &grant, Event::new("scheme.export", format!("scheme:{id}")).with("format", "xlsx")).await?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = format!("attachment; filename=\"{code}-{version}.xlsx\"");
    Ok(([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Everything is written as text: what looks like a number or a formula comes back as it was written.
fn xlsx(scheme: &Scheme) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made: std::result::Result<Vec<u8>, XlsxError> =
        to_sheets(scheme).iter().try_for_each(|sheet| write(&mut book, sheet)).and_then(|()| book.save_to_buffer());
    made.map_err(Error::internal)
}

fn write(book: &mut Workbook, sheet: &scheme::Sheet) -> std::result::Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(&sheet.name)?.set_freeze_panes(1, 0)?;
    for (row, cells) in (0u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            if !cell.is_empty() {
                page.write_string(row, column, cell)?;
            }
        }
    }
    Ok(())
}

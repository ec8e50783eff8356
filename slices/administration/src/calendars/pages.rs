//! The page of the calendar: which years are published, and the form that brings another in.
use super::{Source, import as bring_in, store};
use crate::CalendarImport;
use access::{Grant, SignedIn};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use calendar::{Calendar, DayKind};
use kernel::{Error, Kind};
use web::{Errors, Flash, FormFields, Page, See, StatusCode, T, Ui, Upload};

/// A year's announcement is some forty lines; this leaves room for all there ever were.
const FILE_MAX: usize = 1 << 20;

struct Year {
    year: i32,
    holidays: usize,
    workdays: usize,
    published: bool,
}

struct Brought {
    source: String,
    days: i64,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "calendars/list.html")]
struct View {
    t: T,
    years: Vec<Year>,
    editions: Vec<Brought>,
    form: Option<FormFields>,
    errors: Errors,
}

pub async fn list(_: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    show(&ui, Errors::none()).await
}

pub async fn import(grant: Grant<CalendarImport>, ui: Ui, mut upload: Upload) -> web::Result<Result<See, Page>> {
    let brought = match file(&mut upload).await? {
        Ok((name, bytes)) => {
            let source = Source { file: &name, by: grant.caller().name(), owner: grant.visitor_or_account() };
            bring_in(&ui.db, &grant, source, &bytes).await
        }
        Err(e) => Err(vec![e]),
    };
    match brought {
        Ok(done) => Ok(Ok(See::to("/calendars").flash(&Flash::done("calendar-imported").with("n", done.days)))),
        Err(mut wrong) => match wrong.iter().position(|e| matches!(e.kind, Kind::Internal | Kind::Busy)) {
            Some(at) => Err(wrong.swap_remove(at).into()),
            None => Ok(Err(show(&ui, wrong.into()).await?)),
        },
    }
}

/// A file to fill in: its examples are not read. Excel tells UTF-8 by the mark at its beginning.
pub async fn template(_: Grant<CalendarImport>) -> web::Result<Response> {
    let file = concat!("\u{feff}", include_str!("../../../../content/templates/calendars.csv"));
    let heads =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"calendars.csv\"")];
    Ok((heads, file).into_response())
}

/// The file's name and content, read only as far as it may go.
async fn file(upload: &mut Upload) -> web::Result<kernel::Result<(String, Vec<u8>)>> {
    let wrong = |key| Ok(Err(Error::invalid(key).at("file")));
    while let Some(mut part) = upload.part().await? {
        if part.name() != Some("file") {
            continue;
        }
        let (name, mut bytes) = (part.file_name().unwrap_or_default().to_owned(), Vec::new());
        while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("form-malformed"))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > FILE_MAX {
                return wrong("calendar-large");
            }
        }
        return if bytes.is_empty() { wrong("calendar-file") } else { Ok(Ok((name, bytes))) };
    }
    wrong("calendar-file")
}

async fn show(ui: &Ui, errors: Errors) -> web::Result<Page> {
    let (calendar, editions) = ui.db.read(async |tx| Ok((store::all(tx).await?, store::editions(tx, 20).await?))).await?;
    let brought =
        |e: store::Edition| Brought { source: e.source, days: e.days, by: ui.t.actor(&e.brought_by), at: ui.clock().business_time(e.at) };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View {
        t: ui.t,
        years: years(&calendar, ui.today().year()),
        editions: editions.into_iter().map(brought).collect(),
        form: ui.caller().holds::<CalendarImport>().then(|| ui.form()),
        errors,
    };
    Ok(ui.page("administration/calendars/list.html", "calendars-title", view).await?.status(status))
}

/// From the first published year to the next one, the newest first; what is not published yet is provisional.
fn years(calendar: &Calendar, this: i32) -> Vec<Year> {
    let first = calendar.published_years().next().unwrap_or(this);
    let last = calendar.published_years().last().unwrap_or(this).max(this + 1);
    let of = |year: i32, kind: DayKind| calendar.days().filter(|d| d.date.year() == year && d.kind == kind).count();
    let year = |year: i32| Year {
        year,
        holidays: of(year, DayKind::Holiday),
        workdays: of(year, DayKind::Workday),
        published: calendar.is_published(year),
    };
    (first..=last).rev().map(year).collect()
}

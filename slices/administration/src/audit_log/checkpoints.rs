//! Signed checkpoints of the log: the newest first, one to be printed or copied by hand, and the file to be kept elsewhere.
use crate::AuditRead;
use access::Grant;
use askama::Template;
use audit::checkpoint::{self, Stored};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use web::{Asked, At, Page, Pager, T, Ui};

const PAGE: i64 = 50;
/// Digits in a row that a copyist does not lose.
const GROUP: usize = 8;

#[derive(Deserialize, Default)]
pub struct Query {
    before: Option<i64>,
}

/// A checkpoint in words.
pub(super) struct Line {
    pub number: i64,
    pub at: String,
    pub events: i64,
    pub segments: i64,
}

impl Line {
    pub(super) fn of(ui: &Ui, stored: &Stored) -> Line {
        Line { number: stored.number, at: ui.clock().date_time(stored.at), events: stored.events, segments: stored.segments }
    }
}

#[derive(Template)]
#[template(path = "audit_log/checkpoints.html")]
struct List {
    t: T,
    rows: Vec<Line>,
    pager: Pager,
}

pub async fn list(_: Grant<AuditRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let before = q.before.unwrap_or(i64::MAX);
    let found = ui.db.read(async move |tx| checkpoint::stored(tx, before, PAGE).await).await?;
    let more = found.len() as i64 == PAGE;
    let next = found.last().filter(|_| more).map(|s| format!("/audit/checkpoints?before={}", s.number));
    let rows = found.iter().map(|stored| Line::of(&ui, stored)).collect();
    let list = List { t: ui.t, rows, pager: Pager { after: next, ..Pager::default() } };
    ui.page("administration/audit_log/checkpoints.html", "audit-checkpoints", list).await
}

#[derive(Template)]
#[template(path = "audit_log/checkpoint.html")]
struct Show {
    t: T,
    line: Line,
    note: String,
}

pub async fn show(_: Grant<AuditRead>, ui: Ui, At((number,)): At<(i64,)>) -> web::Result<Page> {
    let (stored, _) = ui.db.read(async move |tx| checkpoint::copy(tx, number).await).await?;
    let title = ui.t.text("audit-checkpoint-title").with("number", number).to_string();
    let show = Show { t: ui.t, line: Line::of(&ui, &stored), note: grouped(&stored.note) };
    ui.titled("administration/audit_log/checkpoint.html", title, show).await
}

/// Long digits in groups; whoever copies them writes the blanks or leaves them out.
fn grouped(note: &str) -> String {
    let digits = |word: &str| word.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let line = |line: &str| match line.split_once(' ') {
        Some((name, value)) if value.len() >= 2 * 32 => format!("{name} {}\n", digits(value)),
        _ => format!("{line}\n"),
    };
    note.lines().map(line).collect()
}

/// The text with all its heads. It says nothing of anybody, so taking it leaves no event, which would be one more to sign.
pub async fn file(_: Grant<AuditRead>, ui: Ui, At((number,)): At<(i64,)>) -> web::Result<Response> {
    let (_, copy) = ui.db.read(async move |tx| checkpoint::copy(tx, number).await).await?;
    let name = format!("attachment; filename=\"leitu-checkpoint-{number}.txt\"");
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], copy).into_response())
}

//! The newest events, filtered. Reading them changes nothing.
use super::checkpoints::Line as Signed;
use super::words::{Words, known};
use crate::AuditRead;
use access::Grant;
use askama::Template;
use audit::{Line as Event, Place, Wanted};
use kernel::{BusinessDate, Instant, Result};
use serde::Deserialize;
use serde_json::Value;
use web::{Asked, Errors, FormFields, Page, Pager, StatusCode, T, Ui};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Query {
    object: String,
    actor: String,
    from: String,
    to: String,
    /// Where the page before ended: instant, segment in hex, number.
    after: String,
}

/// An event in words.
struct Line {
    at: String,
    actor: String,
    role: String,
    action: String,
    about: String,
    /// All there is about it.
    href: String,
    reason: String,
    /// Field, before, after.
    fields: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "audit_log/list.html")]
struct List {
    t: T,
    q: Query,
    errors: Errors,
    rows: Vec<Line>,
    pager: Pager,
    form: FormFields,
    /// The newest checkpoint.
    signed: Option<Signed>,
    demo: bool,
}

impl List {
    /// What it is limited to, in words.
    fn limits(&self) -> Vec<String> {
        let q = &self.q;
        let asked = [("audit-object", &q.object), ("audit-actor", &q.actor), ("audit-from", &q.from), ("audit-to", &q.to)];
        let given = asked.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(key, value)| format!("{} {value}", self.t.text(key))).collect()
    }
}

pub async fn list(_: Grant<AuditRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let mut errors = Errors::none();
    let found = match wanted(&ui, &q, &mut errors)? {
        Some(wanted) => ui.db.read(async move |tx| audit::lines(tx, &wanted, PAGE).await).await?,
        None => Vec::new(),
    };
    let more = found.len() as i64 == PAGE;
    let pager = Pager { after: found.last().filter(|_| more).map(|l| next(&q, &l.place())), ..Pager::default() };
    let read = |event: Event| (serde_json::from_str::<Value>(&event.body).unwrap_or_default(), event);
    let events: Vec<(Event, Value)> = found.into_iter().map(read).map(|(body, event)| (event, body)).collect();
    let words = Words::of(&ui, &events).await?;
    let rows = events.iter().map(|(event, body)| line(&ui, &words, event, body)).collect();
    let signed = audit::checkpoint::last(&ui.db).await?.map(|stored| Signed::of(&ui, &stored));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let body = List { t: ui.t, q, errors, rows, pager, form: ui.form(), signed, demo: ui.is_demo() };
    Ok(ui.page("administration/audit_log/list.html", "audit-title", body).await?.status(status))
}

/// Days are whole days of the installation's zone. What is no day is said, since a log that leaves a limit out seems to show
/// more than there is.
fn wanted(ui: &Ui, q: &Query, errors: &mut Errors) -> Result<Option<Wanted>> {
    let mut begin = |field: &'static str, text: &str, plus: i64, open: Instant| match text.trim() {
        "" => Ok(Some(open)),
        text => {
            let day = errors.take(BusinessDate::written(text).map_err(|e| e.at(field)))?;
            Ok(day.map(|day| ui.clock().begin_of(day.plus_days(plus))))
        }
    };
    let (from, to): (Result<_>, Result<_>) = (begin("from", &q.from, 0, Instant(0)), begin("to", &q.to, 1, Instant(i64::MAX)));
    let (Some(from), Some(to)) = (from?, to?) else { return Ok(None) };
    Ok(Some(Wanted { object: q.object.trim().into(), actor: q.actor.trim().into(), from, to, after: place(&q.after) }))
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let (at, segment, seq) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?.parse().ok()?);
    let digit = |at: usize| segment.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    Some(Place { at: Instant(at), segment: (0..segment.len()).step_by(2).map_while(digit).collect(), seq })
}

/// The same filters, further back.
fn next(q: &Query, place: &Place) -> String {
    let segment: String = place.segment.iter().map(|b| format!("{b:02x}")).collect();
    let after = format!("{}.{segment}.{}", place.at.0, place.seq);
    let pairs = [("object", &q.object), ("actor", &q.actor), ("from", &q.from), ("to", &q.to), ("after", &after)];
    format!("/audit?{}", pairs.map(|(name, value)| format!("{name}={}", web_escaped(value))).join("&"))
}

fn web_escaped(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn line(ui: &Ui, words: &Words, event: &Event, body: &Value) -> Line {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let role = text("role");
    Line {
        at: ui.clock().date_time(event.at),
        actor: ui.t.actor(&event.actor),
        role: known(ui.t, &format!("role-{role}"), &role),
        action: known(ui.t, &format!("event-{}", event.action.replace('.', "-")), &event.action),
        href: format!("/audit?object={}", web_escaped(&event.object)),
        about: words.about(&event.object),
        reason: text("reason"),
        fields: words.fields(body),
    }
}

//! 待办: what to do next, late first. The home of everybody who is signed in.
use super::beginning::{First, steps};
use super::whose::Whose;
use super::{Concerning, Concerns};
use crate::calendar_now;
use access::{Grant, SignedIn};
use askama::Template;
use calendar::Calendar;
use inbox::{NoticeLine, TodoLine};
use kernel::{BusinessDate, TodoId};
use serde::Deserialize;
use web::{Asked, Group, Light, Page, Pager, T, Ui};

const PAGE: i64 = 50;
/// Notices beside the list.
const BESIDE: i64 = 5;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tab {
    #[default]
    Mine,
    Sent,
    Done,
}

impl Tab {
    const ALL: [(Tab, &'static str, &'static str); 3] =
        [(Tab::Mine, "todo-mine", "/todo"), (Tab::Sent, "todo-sent", "/todo?tab=sent"), (Tab::Done, "todo-done", "/todo?tab=done")];
}

#[derive(Deserialize, Default)]
pub struct Query {
    #[serde(default)]
    tab: Tab,
    /// Where the page before ended: due day and id.
    after: Option<String>,
}

/// One line: the whole of it is the link.
pub struct Row {
    href: String,
    text: String,
    /// 期限 2026-06-10, or the day it was done.
    note: String,
    light: Option<Light>,
}

#[derive(Template)]
#[template(path = "desk/todo.html")]
struct View {
    t: T,
    name: String,
    today: BusinessDate,
    head: String,
    tabs: [(Tab, &'static str, &'static str); 3],
    tab: Tab,
    rows: Vec<Row>,
    pager: Pager,
    apps: Vec<(String, &'static str, &'static str)>,
    notices: Vec<Row>,
    concerns: Vec<Concerning>,
    /// Of a new installation.
    first: Vec<First>,
}

pub async fn todo(grant: Grant<SignedIn>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let calendar = calendar_now(&ui).await?;
    let (account, caller, tab) = (grant.account()?, grant.caller().clone(), q.tab);
    let after = q.after.as_deref().and_then(place);
    let (lines, notices) = ui
        .db
        .read(async move |tx| {
            let lines = match tab {
                Tab::Mine => inbox::open(tx, &caller, after, PAGE).await?,
                Tab::Sent => inbox::sent(tx, account, PAGE).await?,
                Tab::Done => inbox::done(tx, &caller, PAGE).await?,
            };
            Ok((lines, inbox::notices(tx, &caller, BESIDE).await?))
        })
        .await?;
    let of_lines = lines.iter().map(|l| (l.org(), l.args())).chain(notices.iter().map(|n| (n.org(), n.args())));
    let whose = Whose::of(&ui, tab == Tab::Sent, of_lines).await?;
    let full = tab == Tab::Mine && lines.len() as i64 == PAGE;
    let next = lines.last().filter(|_| full).map(|l| format!("/todo?after={}-{}", l.place().0, l.place().1));
    let view = View {
        t: ui.t,
        name: grant.caller().name().into(),
        today: ui.today(),
        head: head(&ui, &grant, tab, lines.len()).await?,
        tabs: Tab::ALL,
        tab,
        rows: lines.iter().map(|l| row(&ui, l, &calendar, &whose)).collect(),
        pager: Pager { after: next, ..Pager::default() },
        apps: apps(&ui),
        notices: notices.iter().map(|n| notice(&ui, n, &whose)).collect(),
        concerns: concerns(&ui, tab).await?,
        first: if tab == Tab::Mine { steps(&ui).await? } else { Vec::new() },
    };
    ui.page("accounts/desk/todo.html", "todo", view).await
}

/// What the list is and how many stand in it: of what is to be done all, of the others the newest.
async fn head(ui: &Ui, grant: &Grant<SignedIn>, tab: Tab, shown: usize) -> web::Result<String> {
    let (all, newest) = match tab {
        Tab::Mine => return Ok(ui.t.text("todo-head").with("n", inbox::count(&ui.db, grant.caller()).await?).to_string()),
        Tab::Sent => ("todo-head-sent", "todo-newest-sent"),
        Tab::Done => ("todo-head-done", "todo-newest-done"),
    };
    Ok(ui.t.text(if shown as i64 == PAGE { newest } else { all }).with("n", shown).to_string())
}

/// Beside what is to be done; the other lists are only of what was.
async fn concerns(ui: &Ui, tab: Tab) -> web::Result<Vec<Concerning>> {
    match ui.app.shared::<Concerns>() {
        Ok(all) if tab == Tab::Mine => all.lines(&ui.db, ui.t, ui.caller()).await,
        _ => Ok(Vec::new()),
    }
}

fn place(text: &str) -> Option<(i64, TodoId)> {
    let (due, id) = text.split_once('-')?;
    Some((due.parse().ok()?, TodoId::parse(id).ok()?))
}

fn row(ui: &Ui, line: &TodoLine, calendar: &Calendar, whose: &Whose) -> Row {
    let note = match (line.done, line.due()) {
        (Some(done), _) => ui.t.text("todo-done-at").with("at", ui.clock().business_time(done)).to_string(),
        (None, Some(due)) => ui.t.text("todo-due").with("date", due).to_string(),
        (None, None) => String::new(),
    };
    let text = whose.named(ui.t, line.org(), &line.args(), words(ui, whose, &line.key, line.args()));
    let text = match line.progress().filter(|_| line.done.is_none()) {
        Some((n, all)) => ui.t.text("todo-progress").with("text", text).with("n", n).with("all", all).to_string(),
        None => text,
    };
    let light = line.due().filter(|_| line.done.is_none()).map(|due| seen(calendar::Light::of(calendar, ui.today(), due, false)));
    Row { href: line.href.clone(), text, note, light }
}

/// The light as the component shows it.
fn seen(light: calendar::Light) -> Light {
    match light {
        calendar::Light::Late(n) => Light::Late(n),
        calendar::Light::Today => Light::Today,
        calendar::Light::Soon(n) => Light::Soon(n),
        calendar::Light::Fine(n) => Light::Fine(n),
        calendar::Light::Closed => Light::Closed,
    }
}

fn notice(ui: &Ui, line: &NoticeLine, whose: &Whose) -> Row {
    let note = ui.clock().business_time(line.created);
    let text = whose.named(ui.t, line.org(), &line.args(), words(ui, whose, &line.key, line.args()));
    Row { href: line.href.clone(), text, note, light: None }
}

/// Up to four of the reader's other menu entries, as large buttons.
fn apps(ui: &Ui) -> Vec<(String, &'static str, &'static str)> {
    let menu = ui.app.menu_of(ui.caller()).into_iter().filter(|m| m.group != Group::Desk).take(4);
    menu.map(|m| (ui.t.text(m.text).to_string(), m.href, m.icon)).collect()
}

/// A line's sentence in the reader's language; whoever handed it over left its key and values.
fn words(ui: &Ui, whose: &Whose, key: &str, args: Vec<(String, String)>) -> String {
    let opened = |name: &str, value| whose.value(name, super::sealed::opened(ui.app.keys(), name, value));
    args.into_iter().fold(ui.t.text(key), |text, (name, value)| text.with(&name, opened(&name, value))).to_string()
}

#[derive(Template)]
#[template(path = "desk/notices.html")]
struct Notices {
    t: T,
    rows: Vec<Row>,
}

pub async fn notices(grant: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    let caller = grant.caller().clone();
    let lines = ui.db.read(async move |tx| inbox::notices(tx, &caller, PAGE).await).await?;
    let whose = Whose::of(&ui, false, lines.iter().map(|n| (n.org(), n.args()))).await?;
    let rows = lines.iter().map(|n| notice(&ui, n, &whose)).collect();
    ui.page("accounts/desk/notices.html", "notices", Notices { t: ui.t, rows }).await
}

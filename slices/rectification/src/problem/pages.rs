//! Pages of problems: board and list over the same set, one problem with its timeline and its next step.
use super::act::{self, Plan};
use super::evidence::subject;
use super::state::State;
use super::store::{self, By, Filter, Problem};
use crate::{ProblemHandle, ProblemRead, ProblemVerify};
use access::{Grant, Permission};
use askama::Template;
use calendar::Calendar;
use files::FileRow;
use kernel::{BusinessDate, Instant, ProblemId};
use serde::Deserialize;
use web::{Asked, At, Crumb, Flash, Form, FormFields, Light, Moment, Page, Pager, See, T, Ui};

const PAGE: i64 = 60;

#[derive(Deserialize, Default)]
pub struct Query {
    view: Option<String>,
    f: Option<String>,
    after: Option<String>,
    due: Option<String>,
}

/// A problem with its clock.
pub struct Card {
    pub p: Problem,
    pub light: Light,
}

#[derive(Template)]
#[template(path = "problem/list.html")]
struct List {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    view: &'static str,
    f: &'static str,
    columns: Vec<(State, Vec<Card>)>,
    cards: Vec<Card>,
    pager: Pager,
    may_handle: bool,
    may_verify: bool,
}

pub async fn list(grant: Grant<ProblemRead>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let f = match q.f.as_deref() {
        Some("late") => "late",
        Some("closed") => "closed",
        _ => "open",
    };
    let view = if q.view.as_deref() == Some("list") || f == "closed" { "list" } else { "board" };
    let scope = grant.scope();
    let filter = Filter { from: scope.from, to: scope.to, due_before: (f == "late").then(|| ui.today()), pending: f != "closed" };
    let after = q.due.as_deref().and_then(|d| BusinessDate::parse(d).ok()).zip(q.after.as_deref().and_then(|i| ProblemId::parse(i).ok()));
    let rows = ui.db.read(async move |tx| store::page(tx, &filter, after, PAGE).await).await?;
    let next =
        rows.last().filter(|_| rows.len() as i64 == PAGE).map(|p| format!("/problems?view={view}&f={f}&due={}&after={}", p.due, p.id));
    let calendar = ui.app.shared::<Calendar>()?;
    let cards: Vec<Card> = rows.into_iter().map(|p| card(&calendar, ui.today(), p)).collect();
    let (columns, cards) = if view == "board" { (board(cards), Vec::new()) } else { (Vec::new(), cards) };
    let body = List {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::here(ui.t.text("menu-problems"))],
        view,
        f,
        columns,
        cards,
        pager: Pager { before: None, after: next, note: String::new() },
        may_handle: grant.also::<ProblemHandle>().is_some(),
        may_verify: grant.also::<ProblemVerify>().is_some(),
    };
    ui.page("rectification/problem/list.html", "menu-problems", body).await
}

fn board(cards: Vec<Card>) -> Vec<(State, Vec<Card>)> {
    let mut columns: Vec<(State, Vec<Card>)> = [State::Open, State::Doing, State::Review].into_iter().map(|s| (s, Vec::new())).collect();
    for card in cards {
        if let Some((_, column)) = columns.iter_mut().find(|(s, _)| *s == card.p.state) {
            column.push(card);
        }
    }
    columns
}

/// The light counts working days of the published calendar.
fn card(calendar: &Calendar, today: BusinessDate, p: Problem) -> Card {
    let light = match calendar::Light::of(calendar, today, p.due, !p.state.is_pending()) {
        calendar::Light::Late(n) => Light::Late(n),
        calendar::Light::Today => Light::Today,
        calendar::Light::Soon(n) => Light::Soon(n),
        calendar::Light::Fine(n) => Light::Fine(n),
        calendar::Light::Closed => Light::Closed,
    };
    Card { p, light }
}

#[derive(Template)]
#[template(path = "problem/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    card: Card,
    files: Vec<FileRow>,
    moments: Vec<Moment>,
    may_handle: bool,
    may_verify: bool,
}

pub async fn show(grant: Grant<ProblemRead>, ui: Ui, At((id,)): At<(ProblemId,)>) -> web::Result<Page> {
    let g = grant.clone();
    let (problem, steps, files) = ui
        .db
        .read(async move |tx| {
            let problem = store::one(tx, &g, id).await?;
            Ok((problem, store::steps(tx, id).await?, files::cited(tx, &subject(id)).await?))
        })
        .await?;
    let line = |s: &store::StepLine| {
        let (from, to) = (ui.t.text(s.from_state.text()).to_string(), ui.t.text(s.to_state.text()).to_string());
        let text =
            ui.t.text("problem-step-line")
                .with("by", s.by_name.as_str())
                .with("from", from)
                .with("to", to)
                .with("reason", s.reason.as_str());
        Moment { when: s.day.to_string(), text: text.to_string(), done: true }
    };
    let mut moments = vec![Moment {
        when: problem.opened.to_string(),
        text: ui.t.text("problem-opened").with("source", ui.t.text(&problem.source).to_string()).to_string(),
        done: true,
    }];
    moments.extend(steps.iter().map(line));
    let calendar = ui.app.shared::<Calendar>()?;
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(ui.t.text("menu-problems"), "/problems"), Crumb::here(&problem.number)],
        card: card(&calendar, ui.today(), problem),
        files,
        moments,
        may_handle: grant.also::<ProblemHandle>().is_some(),
        may_verify: grant.also::<ProblemVerify>().is_some(),
    };
    let title = body.card.p.title.clone();
    ui.titled("rectification/problem/show.html", title, body).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Said {
    owner: String,
    measure: String,
    due: String,
    closing: String,
    reason: String,
}

fn by<P: Permission>(ui: &Ui, grant: &Grant<P>) -> kernel::Result<By> {
    Ok(By { account: Some(grant.account()?), name: grant.caller().name().to_owned(), day: ui.today(), at: Instant::now() })
}

/// Back to the problem, with 撤销 for the step just taken.
fn back(id: ProblemId, done: &'static str) -> See {
    See::to(format!("/problems/{id}")).flash(&Flash::done(done).undo(format!("/problems/{id}/undo")))
}

pub async fn start(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> web::Result<See> {
    let due = if f.due.is_empty() { None } else { Some(BusinessDate::parse(&f.due).map_err(|e| e.at("due"))?) };
    act::start(&ui.db, &grant, id, Plan { owner: f.owner, measure: f.measure, due }, by(&ui, &grant)?).await?;
    Ok(back(id, "problem-started"))
}

pub async fn closure(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> web::Result<See> {
    act::submit(&ui.db, &grant, id, &f.closing, by(&ui, &grant)?).await?;
    Ok(back(id, "problem-submitted"))
}

pub async fn verification(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(_): Form<Said>) -> web::Result<See> {
    act::verify(&ui.db, &grant, id, by(&ui, &grant)?).await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-verified")))
}

pub async fn returning(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> web::Result<See> {
    act::send_back(&ui.db, &grant, id, &f.reason, by(&ui, &grant)?).await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-returned")))
}

pub async fn reopening(grant: Grant<ProblemVerify>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(f): Form<Said>) -> web::Result<See> {
    act::reopen(&ui.db, &grant, id, &f.reason, by(&ui, &grant)?).await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-reopened")))
}

pub async fn undo(grant: Grant<ProblemHandle>, ui: Ui, At((id,)): At<(ProblemId,)>, Form(_): Form<Said>) -> web::Result<See> {
    act::undo(&ui.db, &grant, id, by(&ui, &grant)?).await?;
    Ok(See::to(format!("/problems/{id}")).flash(&Flash::done("problem-undone")))
}

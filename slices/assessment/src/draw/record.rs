//! The page of one draw: what was published, the number, what came of it, and that it comes out the same when run again.
use super::lists::{Part, candidates, drawn, text};
use super::names::Names;
use super::pages::{Answer, percent};
use super::store::{self, Draw};
use super::teams::{self, Asked as Wanted};
use super::{complete as complete_draw, recheck, season};
use crate::cycle::{self, Cycle};
use crate::sheet::pages::layer_text;
use crate::{CycleRead, DrawSecond};
use access::Grant;
use askama::Template;
use audit::Event;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::{Result as Unit, Tx};
use kernel::{BusinessDate, DrawId, Kind, Quantity};
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "draw/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    draw: Draw,
    /// How many were to be drawn, in words: it goes into the draw.
    wanted: String,
    /// How many were drawn; branches, or teams.
    count: usize,
    /// The record was run again and gave the same.
    same: Option<bool>,
    published: String,
    drawn: Part,
    drawn_pager: Pager,
    /// What is drawn from.
    list: Part,
    list_pager: Pager,
    people: usize,
    branches: usize,
    /// A part of the list was asked for.
    listed: bool,
    names: Names,
    /// Published anew: nothing is drawn from it any more.
    replaced: bool,
    /// The day its phase ended, without a draw.
    lapsed: Option<BusinessDate>,
    /// Why the phase ended all the same.
    passed_over: String,
    may_complete: bool,
    number: String,
    errors: Errors,
}

impl Show {
    fn layer_of(&self) -> &'static str {
        layer_text(self.draw.layer())
    }
}

/// The lines with which the parts of the two lists begin.
#[derive(Deserialize, Default)]
pub struct Query {
    drawn: Option<String>,
    list: Option<String>,
}

/// What is no line begins a list anew.
fn line(asked: Option<&str>) -> usize {
    asked.and_then(|text| text.parse().ok()).unwrap_or(1)
}

pub async fn show(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(DrawId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    record(&grant, &ui, id, &q, String::new(), Errors::none()).await
}

async fn record(grant: &Grant<CycleRead>, ui: &Ui, id: DrawId, q: &Query, number: String, errors: Errors) -> web::Result<Page> {
    let (g, from) = (grant.clone(), (line(q.drawn.as_deref()), line(q.list.as_deref())));
    let (draw, cycle, parts, counts, names, replaced, phases) = ui
        .db
        .read(async move |tx| {
            let (draw, cycle) = readable(tx, &g, id).await?;
            let all = candidates(&draw);
            let counts = (all.people.len(), all.branches.len());
            let parts = [Part::of(drawn(&draw), from.0), Part::of(vec![all], from.1)];
            let names = Names::read(tx, &g, cycle.id, &parts).await?;
            let replaced = draw.number.is_none() && store::is_replaced(tx, &draw).await?;
            let phases = cycle::store::phases(tx, cycle.id).await?;
            Ok((draw, cycle, parts, counts, names, replaced, phases))
        })
        .await?;
    let [drawn, list] = parts;
    let lapsed = season::ended(&phases, draw.layer()).filter(|_| draw.number.is_none());
    let waits = draw.number.is_none() && season::may_complete(cycle.phase, &draw).is_ok();
    let to = |name: &str, line: usize| format!("/draws/{id}?{name}={line}#{name}");
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(&cycle.title, format!("/assess/{}", cycle.id)),
            Crumb::link(ui.t.text("draws-title"), format!("/assess/{}/draws", cycle.id)),
            Crumb::here(ui.t.text("draw-record")),
        ],
        wanted: wanted(ui.t, &draw),
        count: draw.drawn().len(),
        same: draw.number.as_ref().map(|number| again(&draw, number)),
        published: ui.clock().business_time(draw.published_at),
        drawn_pager: drawn.pager(ui.t, |line| to("drawn", line)),
        drawn,
        list_pager: list.pager(ui.t, |line| to("list", line)),
        list,
        people: counts.0,
        branches: counts.1,
        listed: q.list.is_some(),
        names,
        replaced,
        lapsed: lapsed.map(|line| line.day),
        passed_over: lapsed.map(|line| line.reason.clone()).unwrap_or_default(),
        may_complete: waits && !replaced && grant.also::<DrawSecond>().is_some() && grant.account()? != draw.published_by,
        draw,
        number,
        errors,
    };
    ui.page("assessment/draw/show.html", "draw-record", body).await
}

async fn readable(tx: &mut Tx<'_>, grant: &Grant<CycleRead>, id: DrawId) -> Unit<(Draw, Cycle)> {
    let draw = store::one(tx, id).await?;
    let cycle = cycle::store::one(tx, grant, draw.cycle).await?;
    Ok((draw, cycle))
}

/// A share of the branches, or so many teams of so many people.
fn wanted(t: T, draw: &Draw) -> String {
    if draw.of_teams() {
        let asked = Wanted::of_record(draw.settings());
        return asked.map(|a| t.text("draw-wanted-teams").with("teams", a.teams).with("size", a.size).to_string()).unwrap_or_default();
    }
    let share = Quantity::parse(draw.settings());
    share.map(|share| t.text("draw-wanted-share").with("share", percent(share)).to_string()).unwrap_or_default()
}

/// Runs the record again and compares.
fn again(draw: &Draw, number: &str) -> bool {
    if draw.of_teams() {
        return teams::run(draw, number).is_ok_and(|drawn| teams::text(&drawn).lines().eq(draw.drawn()));
    }
    recheck::run(draw, number).is_ok_and(|drawn| drawn == draw.drawn())
}

/// The published list as a file, for whoever runs the record again by other means.
pub async fn list(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(DrawId,)>) -> web::Result<Response> {
    let g = grant.clone();
    let (draw, cycle) = ui.db.read(async move |tx| readable(tx, &g, id).await).await?;
    let event = Event::new("draw.export", format!("draw:{id}")).at(cycle.root).with("hash", &draw.hash);
    audit::note(&ui.db, &grant, event).await?;
    // One of the demo says so by its name: a line in it would be of another digest.
    let demo = if ui.is_demo() { "demo-" } else { "" };
    let name = format!("attachment; filename=\"{demo}draw-{}-{}.txt\"", cycle.year, draw.hash.get(..8).unwrap_or_default());
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, text(&draw.candidates)).into_response())
}

#[derive(Deserialize)]
pub struct Number {
    #[serde(default)]
    number: String,
}

pub async fn complete(grant: Grant<DrawSecond>, ui: Ui, At((id,)): At<(DrawId,)>, Form(f): Form<Number>) -> Answer {
    let t = ui.t;
    let name = |n: usize| t.text("draw-team-name").with("n", n).to_string();
    match (complete_draw(&ui.db, &grant, id, f.number.trim(), ui.today().plus_days(14), name).await, grant.also::<CycleRead>()) {
        (Ok(_), _) => Ok(Ok(See::to(format!("/draws/{id}")).flash(&Flash::done("draw-completed")))),
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            let page = record(&reader, &ui, id, &Query::default(), f.number, e.at("number").into()).await?;
            Ok(Err(page.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

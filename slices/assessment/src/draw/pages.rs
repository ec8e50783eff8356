//! Pages of draws.
use super::store::{self, Draw};
use super::{complete as complete_draw, publish as publish_draw, run};
use crate::cycle::{self, Cycle};
use crate::inspection::store::{Team, teams};
use crate::{CycleLead, CycleRead, DrawSecond};
use access::Grant;
use askama::Template;
use kernel::{CycleId, DrawId, Quantity, TeamId};
use serde::Deserialize;
use web::{At, Crumb, Flash, Form, FormFields, Page, See, T, Ui};

#[derive(Template)]
#[template(path = "draw/list.html")]
struct List {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    draws: Vec<Draw>,
    teams: Vec<Team>,
    ratio: Quantity,
    may_lead: bool,
}

pub async fn list(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    let g = grant.clone();
    let (cycle, draws, (all, _)) = ui
        .db
        .read(async move |tx| {
            let cycle = cycle::store::one(tx, &g, id).await?;
            Ok((cycle, store::of_cycle(tx, id).await?, teams(tx, id).await?))
        })
        .await?;
    let ratio = standards::scheme(&ui.db, cycle.scheme()).await?.parameters.spot_recheck_ratio;
    let teams = all.into_iter().filter(|t| t.layer == "recheck").collect();
    let crumbs = vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(&cycle.title, format!("/assess/{id}")),
        Crumb::here(ui.t.text("draws-title")),
    ];
    let may_lead = grant.also::<CycleLead>().is_some();
    ui.page("assessment/draw/list.html", "draws-title", List { t: ui.t, form: ui.form(), crumbs, cycle, draws, teams, ratio, may_lead })
        .await
}

#[derive(Deserialize)]
pub struct Asked {
    team: String,
    #[serde(default)]
    reason: String,
}

pub async fn publish(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Asked>) -> web::Result<See> {
    let cycle = ui.db.read(async move |tx| cycle::store::any(tx, id).await).await?;
    let ratio = standards::scheme(&ui.db, cycle.scheme()).await?.parameters.spot_recheck_ratio;
    let draw = publish_draw(&ui.db, &grant, id, ratio, TeamId::parse(&f.team)?, f.reason).await?;
    Ok(See::to(format!("/draws/{draw}")).flash(&Flash::done("draw-published")))
}

#[derive(Template)]
#[template(path = "draw/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    draw: Draw,
    /// The record was run again and gave the same branches.
    same: Option<bool>,
    published: String,
    may_complete: bool,
}

pub async fn show(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(DrawId,)>) -> web::Result<Page> {
    let g = grant.clone();
    let (draw, cycle) = ui
        .db
        .read(async move |tx| {
            let draw = store::one(tx, id).await?;
            let cycle = cycle::store::one(tx, &g, draw.cycle).await?;
            Ok((draw, cycle))
        })
        .await?;
    let same = draw.number.as_ref().map(|number| run(&draw, number).is_ok_and(|again| again == draw.drawn()));
    let crumbs = vec![
        Crumb::link(&cycle.title, format!("/assess/{}", cycle.id)),
        Crumb::link(ui.t.text("draws-title"), format!("/assess/{}/draws", cycle.id)),
        Crumb::here(ui.t.text("draw-record")),
    ];
    let may_complete = draw.number.is_none() && grant.also::<DrawSecond>().is_some() && grant.account()? != draw.published_by;
    let published = ui.clock().date_time(draw.published_at);
    ui.page("assessment/draw/show.html", "draw-record", Show { t: ui.t, form: ui.form(), crumbs, draw, same, published, may_complete })
        .await
}

#[derive(Deserialize)]
pub struct Number {
    number: String,
}

pub async fn complete(grant: Grant<DrawSecond>, ui: Ui, At((id,)): At<(DrawId,)>, Form(f): Form<Number>) -> web::Result<See> {
    let n = complete_draw(&ui.db, &grant, id, f.number.trim().to_owned(), ui.today().plus_days(14)).await?;
    Ok(See::to(format!("/draws/{id}")).flash(&Flash::done("draw-completed").with("n", n)))
}

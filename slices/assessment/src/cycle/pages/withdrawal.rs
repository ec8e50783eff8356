//! /assess/{cycle}/withdrawal: what withdrawing a cycle does, and the reason for it.
use crate::CycleLead;
use crate::cycle::withdraw::{ready, withdraw};
use crate::cycle::{Cycle, store};
use access::Grant;
use askama::Template;
use kernel::{CycleId, Kind};
use rectification::By;
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

#[derive(Template)]
#[template(path = "cycle/withdrawal.html")]
struct Withdrawal {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    /// Problems of last year that stand in its lists.
    carried: i64,
    teams: i64,
    draws: i64,
    /// Why it cannot be withdrawn; empty if it can.
    refusal: String,
    typed: Typed,
    errors: Errors,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    reason: String,
}

pub async fn page(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    shown(&grant, &ui, id, Typed::default(), Errors::none()).await
}

async fn shown(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, typed: Typed, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let cycle = store::any(tx, id).await?;
        g.admits(&tree::node(tx, cycle.root).await?.path)?;
        Ok((rectification::carried_into(tx, &id.to_string()).await?, store::sent(tx, id).await?, cycle))
    });
    let (carried, (teams, draws), cycle) = read.await?;
    let c = cycle.clone();
    let refusal = match ui.db.read(async move |tx| ready(tx, &c).await).await.map_err(kernel::Error::from) {
        Ok(()) => String::new(),
        Err(e) if e.kind == Kind::Conflict => ui.t.of(&e).to_string(),
        Err(e) => return Err(e.into()),
    };
    let crumbs = vec![
        Crumb::link(ui.t.text("menu-assessment"), "/assess"),
        Crumb::link(&cycle.title, format!("/assess/{id}")),
        Crumb::here(ui.t.text("cycle-withdraw")),
    ];
    let body = Withdrawal { t: ui.t, form: ui.form(), crumbs, cycle, carried, teams, draws, refusal, typed, errors };
    ui.page("assessment/cycle/withdrawal.html", "cycle-withdraw", body).await
}

pub async fn post(
    grant: Grant<CycleLead>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Form(typed): Form<Typed>,
) -> web::Result<std::result::Result<See, Page>> {
    let by = By::of(&grant, ui.today());
    match withdraw(&ui.db, &grant, id, &typed.reason, by).await {
        Ok(()) => Ok(Ok(See::to("/assess").flash(&Flash::done("cycle-withdrawn-done")))),
        Err(e) if e.kind == Kind::Invalid => {
            Ok(Err(shown(&grant, &ui, id, typed, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

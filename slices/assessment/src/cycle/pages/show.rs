//! A cycle's page: which phase, which editions, how far everybody is, and the one button that leads on.
use super::counts::{Count, none, of_all};
use super::onward::unsettled;
use crate::cycle::Cycle;
use crate::cycle::phase::Phase;
use crate::cycle::store::{self, PhaseLine};
use crate::finalisation::store::{Proposal, waiting};
use crate::result::finalise::ready;
use crate::{CycleLead, CycleRead, Inspect, ReviewRead, SheetRead};
use crate::{finalisation, publicity};
use access::Grant;
use askama::Template;
use kernel::{CycleId, Kind};
use serde::Deserialize;
use standards::Bound;
use web::{At, Crumb, Errors, FormFields, Moment, Page, See, StatusCode, Steps, T, Ui};

/// How far 定稿 is, once publicity runs.
#[derive(Default)]
struct Finality {
    /// What waits for the second person.
    proposal: Option<Proposal>,
    /// Why it cannot be proposed now; empty if it can.
    refusal: String,
}

#[derive(Template)]
#[template(path = "cycle/show.html")]
struct Show {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    bound: Bound,
    steps: Steps,
    /// The layer whose states are counted: the phase's.
    layer: &'static str,
    counts: Vec<Count>,
    /// How many branches the reader's counts are of, if they are not those of the whole cycle.
    own: Option<i64>,
    next: Option<Phase>,
    /// Why the review cannot end yet; empty if it can.
    unsettled: String,
    finality: Finality,
    history: Vec<Moment>,
    may_lead: bool,
    /// Inspectors see no list of sheets, only those they were given.
    may_list: bool,
    links: Vec<(&'static str, String)>,
    /// Branches without problems: state, its list, how many. Empty as long as nobody was asked.
    none: Vec<(&'static str, String, i64)>,
    said: Said,
    errors: Errors,
}

/// The form that proposes 定稿, as it was sent.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Said {
    pub reason: String,
}

pub async fn page(grant: Grant<CycleRead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    shown(&grant, &ui, id, Said::default(), Errors::none()).await
}

/// Where the step led, or the page again with what was typed and what is wrong with it.
///
/// # Errors
/// What no other entry would mend.
pub async fn answer(ui: &Ui, grant: &Grant<CycleLead>, id: CycleId, said: Said, done: kernel::Result<See>) -> Answer {
    match (done, grant.also::<CycleRead>()) {
        (Ok(see), _) => Ok(Ok(see)),
        (Err(e), Some(read)) if e.kind == Kind::Invalid => {
            Ok(Err(shown(&read, ui, id, said, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

pub type Answer = web::Result<Result<See, Page>>;

async fn shown(grant: &Grant<CycleRead>, ui: &Ui, id: CycleId, said: Said, errors: Errors) -> web::Result<Page> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    let phases = ui.db.read(async move |tx| store::phases(tx, id).await).await?;
    let layer = cycle.phase.layer();
    let counts = of_all(ui, grant, &cycle, layer).await?;
    let (own, may_lead) = (own(ui, grant, &cycle, &counts).await?, leads(ui, grant, &cycle).await?);
    let moment = |p: &PhaseLine| Moment { when: p.day.to_string(), text: sentence(ui.t, p), done: true };
    let current = Phase::ALL.iter().position(|p| *p == cycle.phase).unwrap_or(0);
    let body = Show {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![Crumb::link(ui.t.text("menu-assessment"), "/assess"), Crumb::here(&cycle.title)],
        bound: standards::bound(&ui.db, cycle.bindings).await?,
        steps: Steps { labels: Phase::ALL.iter().map(|p| ui.t.text(p.text()).to_string()).collect(), current },
        layer: layer.name(),
        counts,
        own,
        next: cycle.phase.next(),
        unsettled: if may_lead { unsettled(ui, &cycle).await? } else { String::new() },
        finality: finality(ui, &cycle).await?,
        history: phases.iter().map(moment).collect(),
        links: links(ui, grant, &cycle),
        none: none(ui, grant, &cycle).await?,
        may_list: grant.also::<SheetRead>().is_some(),
        may_lead,
        said,
        errors,
        cycle,
    };
    let title = body.cycle.title.clone();
    ui.titled("assessment/cycle/show.html", title, body).await
}

/// The re-check counts the branches that were drawn; every other layer counts all that the reader sees.
async fn own(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle, counts: &[Count]) -> kernel::Result<Option<i64>> {
    let all = tree::path(&ui.db, cycle.root).await?.is_some_and(|root| grant.reach().covers(&root));
    Ok((cycle.phase != Phase::Recheck && !all).then(|| counts.iter().map(|c| c.n).sum()))
}

async fn finality(ui: &Ui, cycle: &Cycle) -> kernel::Result<Finality> {
    if cycle.phase != Phase::Publicity {
        return Ok(Finality::default());
    }
    let (c, today) = (cycle.clone(), ui.today());
    let proposal = ui.db.read(async move |tx| waiting(tx, c.id).await).await?;
    let c = cycle.clone();
    let refusal = match ui.db.read(async move |tx| ready(tx, &c, today).await).await.map_err(kernel::Error::from) {
        Ok(()) => String::new(),
        Err(e) if e.kind == Kind::Conflict => ui.t.of(&e).to_string(),
        Err(e) => return Err(e),
    };
    Ok(Finality { proposal, refusal })
}

/// Where inspection, review, publicity and objections stand, for those who may read each.
fn links(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle) -> Vec<(&'static str, String)> {
    let mut all = vec![("teams-title", format!("/assess/{}/teams", cycle.id)), ("draws-title", format!("/assess/{}/draws", cycle.id))];
    if grant.also::<SheetRead>().is_some() {
        all.push(("report-title", format!("/assess/{}/report", cycle.id)));
    }
    if grant.also::<Inspect>().is_some() {
        all.push(("menu-inspections", "/inspections".to_owned()));
    }
    if grant.also::<CycleLead>().is_some() && !cycle.is_final() {
        all.push(("import-facts", format!("/imports/new?kind=facts&choice={}", cycle.id)));
        all.push(("import-scores", format!("/imports/new?kind=scores&choice={}", cycle.id)));
    }
    if grant.also::<ReviewRead>().is_some() {
        all.push(("review-list", format!("/assess/{}/review", cycle.id)));
        if cycle.is_final() {
            all.push(("cycle-final", finalisation::href(cycle.id)));
        }
    }
    if ui.caller().account().is_some() && publicity::rules::shown(cycle).is_ok() {
        all.push(("publicity-title", format!("/assess/{}/publicity", cycle.id)));
        all.push(("objections", format!("/assess/{}/objections", cycle.id)));
    }
    all
}

/// Who leads above the cycle's root moves it on, as the step itself asks.
async fn leads(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle) -> kernel::Result<bool> {
    let Some(lead) = grant.also::<CycleLead>() else { return Ok(false) };
    Ok(tree::path(&ui.db, cycle.root).await?.is_some_and(|root| lead.admits(&root).is_ok()))
}

fn sentence(t: T, p: &PhaseLine) -> String {
    let phase = Phase::parse(&p.phase).map_or("phase-preparation", Phase::text);
    let phase = t.text(phase).to_string();
    t.text("phase-line").with("phase", phase).with("by", p.by_name.as_str()).with("reason", p.reason.as_str()).to_string()
}

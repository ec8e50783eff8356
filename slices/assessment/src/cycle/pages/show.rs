//! A cycle's page: which phase, which editions, how far everybody is, and the one button that moves it on.
use super::sheets::{Moves, Query};
use crate::cycle::Cycle;
use crate::cycle::advance::{Left, Move, advance as move_on, unfinished};
use crate::cycle::phase::Phase;
use crate::cycle::store::{self, PhaseLine};
use crate::finalisation::store::{Proposal, waiting};
use crate::publicity;
use crate::result::finalise::ready;
use crate::review::{View, open_matters};
use crate::sheet::State;
use crate::sheet::rechecked;
use crate::sheet::store::Listing;
use crate::{CycleLead, CycleRead, Inspect, ReviewRead, SheetRead};
use access::{Grant, Permission, Reach};
use askama::Template;
use facts::Suppliers;
use kernel::{CycleId, Kind, OrgPath};
use rectification::ProblemRead;
use scoring::Layer;
use serde::Deserialize;
use standards::Bound;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Moment, Page, See, StatusCode, Steps, T, Ui};

/// How many sheets are in a state of a layer.
pub struct Count {
    pub state: State,
    pub n: i64,
}

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
    next: Option<Phase>,
    finality: Finality,
    unfinished: Left,
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

/// The form that moves the cycle on, or proposes 定稿, as it was sent.
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
    let (cycle, left, phases) = ui
        .db
        .read(async move |tx| {
            let cycle = store::one(tx, &g, id).await?;
            let left = unfinished(tx, &cycle).await?;
            Ok((cycle, left, store::phases(tx, id).await?))
        })
        .await?;
    let layer = cycle.phase.layer();
    let counts = counts_of_all(ui, grant, &cycle, layer).await?;
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
        next: cycle.phase.next(),
        finality: finality(ui, &cycle).await?,
        unfinished: left,
        history: phases.iter().map(moment).collect(),
        links: links(ui, grant, &cycle),
        none: none(ui, grant, &cycle).await?,
        may_list: grant.also::<SheetRead>().is_some(),
        may_lead: leads(ui, grant, &cycle).await?,
        said,
        errors,
        cycle,
    };
    let title = body.cycle.title.clone();
    ui.titled("assessment/cycle/show.html", title, body).await
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

/// What the list shows this reader, by state: kept figures, which go by the cycle's copy of the tree, put right by the few
/// branches that have come into the reach or left it since.
pub async fn counts<P: Permission>(
    ui: &Ui,
    grant: &Grant<P>,
    cycle: &Cycle,
    l: Listing,
    whole: bool,
) -> kernel::Result<(Vec<Count>, Moves)> {
    let mut counts = kept_counts(ui, cycle, &l).await?;
    let (g, c) = (grant.clone(), cycle.clone());
    let moves = ui.db.read(async move |tx| Query::moves(tx, &g, &c, &l, whole).await).await?;
    for count in &mut counts {
        let of = |states: &[State]| states.iter().filter(|s| **s == count.state).count() as i64;
        count.n = (count.n + of(&moves.come) - of(&moves.gone)).max(0);
    }
    Ok((counts, moves))
}

/// Of the reader's whole reach.
async fn counts_of_all(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle, layer: Layer) -> kernel::Result<Vec<Count>> {
    // They lead to the list of sheets, where somebody may read it.
    match grant.also::<SheetRead>() {
        Some(reads) => Ok(counts(ui, &reads, cycle, Listing::all(cycle.id, layer, reads.reach()), true).await?.0),
        None => Ok(counts(ui, grant, cycle, Listing::all(cycle.id, layer, grant.reach()), true).await?.0),
    }
}

async fn kept_counts(ui: &Ui, cycle: &Cycle, l: &Listing) -> kernel::Result<Vec<Count>> {
    let (layer, reach) = (l.layer, &l.reach);
    if layer == Layer::Recheck {
        return drawn(ui, reach, cycle).await;
    }
    let metrics = match layer {
        Layer::Acceptance => ["branches", "acceptance:begun", "acceptance:submitted", "acceptance:returned"],
        _ => ["branches", "self:begun", "self:submitted", "self:returned"],
    };
    let n = kept(ui, reach, cycle, &metrics).await?;
    let get = |i: usize| n.get(i).copied().unwrap_or(0);
    let untouched = (get(0) - get(1) - get(2) - get(3)).max(0);
    Ok(vec![
        Count { state: State::Untouched, n: untouched },
        Count { state: State::Begun, n: get(1) },
        Count { state: State::Submitted, n: get(2) },
        Count { state: State::Returned, n: get(3) },
    ])
}

/// How many branches have confirmed 无问题 and how many have yet to, of what the grant reaches; figures kept like the others.
async fn none(ui: &Ui, grant: &Grant<CycleRead>, cycle: &Cycle) -> kernel::Result<Vec<(&'static str, String, i64)>> {
    use rectification::confirmation::{CONFIRMED, State as Said, WAITING};
    let Some(reads) = grant.also::<ProblemRead>() else { return Ok(Vec::new()) };
    let n = kept(ui, &reads.reach(), cycle, &[WAITING, CONFIRMED]).await?;
    let line = |(s, n): (Said, i64)| (s.text(), format!("/confirmations?f={}&cycle={}", s.name(), cycle.id), n);
    let all: Vec<_> = [Said::Waiting, Said::Confirmed].into_iter().zip(n).map(line).collect();
    Ok(if all.iter().any(|l| l.2 > 0) { all } else { Vec::new() })
}

/// The figures of places, added up: no place lies within another. Of the cycle's root for whoever reaches all.
async fn kept(ui: &Ui, reach: &Reach, cycle: &Cycle, metrics: &[&str]) -> kernel::Result<Vec<i64>> {
    let tops: Vec<OrgPath> = match reach.is_everything() {
        true => tree::path(&ui.db, cycle.root).await?.into_iter().collect(),
        false => reach.tops().cloned().collect(),
    };
    let mut sums = vec![0; metrics.len()];
    for top in &tops {
        let of_one = figures::of(&ui.db, &cycle.id.to_string(), top, metrics).await?;
        sums.iter_mut().zip(of_one).for_each(|(sum, n)| *sum += n);
    }
    Ok(sums)
}

/// Of the branches drawn for the re-check: few, so they are counted.
async fn drawn(ui: &Ui, reach: &Reach, cycle: &Cycle) -> kernel::Result<Vec<Count>> {
    let (id, reach) = (cycle.id, reach.clone());
    let n = ui.db.read(async move |tx| rechecked::counted(tx, id, &reach).await).await?;
    let of = |state: State| n.iter().filter(|(s, _)| *s == state).map(|(_, n)| n).sum();
    Ok(State::ALL.into_iter().map(|state| Count { state, n: of(state) }).collect())
}

/// What the committee reviews must be settled before the public reads it.
async fn settled(ui: &Ui, cycle: &Cycle) -> kernel::Result<()> {
    if cycle.phase != Phase::Review {
        return Ok(());
    }
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let (suppliers, day, cycle) = (ui.app.shared::<Suppliers>()?, ui.today(), cycle.clone());
    let open = ui.db.read(async move |tx| open_matters(tx, &View { suppliers: &suppliers, scheme: &scheme, cycle: &cycle, day }).await);
    open.await?.settled()
}

pub async fn advance(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Said>) -> Answer {
    let done = moved(&grant, &ui, id, &f).await;
    answer(&ui, &grant, id, f, done).await
}

async fn moved(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, f: &Said) -> kernel::Result<See> {
    let g = grant.clone();
    let cycle = ui
        .db
        .read(async move |tx| {
            let cycle = store::any(tx, id).await?;
            g.admits(&tree::node(tx, cycle.root).await?.path)?;
            Ok(cycle)
        })
        .await?;
    settled(ui, &cycle).await?;
    let moving = Move {
        today: ui.today(),
        reason: f.reason.trim().to_owned(),
        by: grant.caller().name().to_owned(),
        calendar: accounts::calendar_now(ui).await?,
        scheme: standards::scheme(&ui.db, cycle.scheme()).await?,
    };
    let to = move_on(&ui.db, grant, cycle, moving).await?;
    let phase = ui.t.text(to.text()).to_string();
    Ok(See::to(format!("/assess/{id}")).flash(&Flash::done("cycle-advanced").with("phase", phase)))
}

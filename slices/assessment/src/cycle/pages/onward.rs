//! Before a cycle is moved on: from which phase to which, who has not finished, what ends with it and what begins; and the
//! step itself. The page changes nothing.
use super::counts::Count;
use crate::cycle::advance::{Left, Move, advance as move_on, unfinished};
use crate::cycle::phase::Phase;
use crate::cycle::{Cycle, Publicity, store};
use crate::review::{OpenMatters, View, open_matters};
use crate::sheet::State;
use crate::sheet::counted::by_state;
use crate::sheet::listing::Listing;
use crate::{CycleLead, SheetRead};
use access::{Grant, Reach};
use askama::Template;
use facts::Suppliers;
use kernel::{CycleId, Error, Kind};
use serde::Deserialize;
use web::{At, Crumb, Errors, Flash, Form, FormFields, Page, See, StatusCode, T, Ui};

/// Branches up to which a page looks whether the review is settled before it offers the step; the step itself asks in any case.
const LOOKED_AT: i64 = 5_000;

#[derive(Template)]
#[template(path = "cycle/onward.html")]
struct Onward {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    to: Phase,
    /// Why the step cannot be made now; empty if it can.
    refusal: String,
    left: Left,
    /// How many are in which state of the layer that is handed in, those who have finished left out.
    behind: Vec<Count>,
    layer: &'static str,
    may_list: bool,
    /// Claims nobody has answered; they simply do not count.
    claims: i64,
    /// Of publicity, were it to begin today: its days, and how many of them are worked.
    public: Option<(Publicity, u32)>,
    reason: String,
    errors: Errors,
}

impl Onward {
    /// What ends and what begins, sentence by sentence.
    fn then(&self) -> &'static [&'static str] {
        match self.to {
            Phase::Acceptance => &["onward-acceptance-ends", "onward-acceptance-begins"],
            Phase::Recheck => &["onward-recheck-ends", "onward-recheck-ends-self", "onward-recheck-begins"],
            Phase::Review => &["onward-review-ends", "onward-review-untouched", "onward-review-begins"],
            Phase::Publicity => &["onward-publicity-begins", "onward-publicity-told", "onward-publicity-final"],
            _ => &[],
        }
    }
}

/// The step as it was agreed to.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Agreed {
    /// The phase that was named.
    to: String,
    reason: String,
}

pub async fn page(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>) -> web::Result<Page> {
    let cycle = led(&grant, &ui, id).await?;
    shown(&grant, &ui, cycle, String::new(), Errors::none()).await
}

async fn shown(grant: &Grant<CycleLead>, ui: &Ui, cycle: Cycle, reason: String, errors: Errors) -> web::Result<Page> {
    // 定稿 has a page and a second person of its own.
    let to = cycle.phase.next().filter(|to| *to != Phase::Final).ok_or_else(|| Error::conflict("phase-last"))?;
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let matters = looked_at(ui, &cycle).await?;
    let refusal = matters.settled().err().map(|e| ui.t.of(&e).to_string()).unwrap_or_default();
    let public = match to {
        Phase::Publicity => {
            let days = scheme.parameters.publicity_workdays;
            let calendar = accounts::calendar_now(ui).await?;
            Some((Publicity::of(&calendar, ui.today(), days), days))
        }
        _ => None,
    };
    let (c, s, layer) = (cycle.clone(), scheme.clone(), cycle.phase.layer());
    let read = ui.db.read(async move |tx| {
        let left = unfinished(tx, &c, &s).await?;
        // Counted, not the kept figures: what stands beside the button is what the step passes over.
        let states = if left.sheets > 0 { by_state(tx, &Listing::all(c.id, layer, Reach::everything())).await? } else { Vec::new() };
        Ok((left, states))
    });
    let (left, states) = read.await?;
    let of = |state: State| states.iter().filter(|(s, _)| *s == state).map(|(_, n)| n).sum();
    let open = State::ALL.into_iter().filter(|state| state.is_open());
    let behind = open.map(|state| Count { state, n: of(state) }).filter(|c| c.n > 0).collect();
    let title = ui.t.text("cycle-next").with("phase", ui.t.text(to.text())).to_string();
    let body = Onward {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{}", cycle.id)),
            Crumb::here(&title),
        ],
        to,
        refusal,
        left,
        behind,
        layer: layer.name(),
        may_list: grant.also::<SheetRead>().is_some(),
        claims: matters.claims,
        public,
        reason,
        errors,
        cycle,
    };
    ui.titled("assessment/cycle/onward.html", title, body).await
}

/// The cycle, for whoever leads at or above its root.
async fn led(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId) -> kernel::Result<Cycle> {
    let g = grant.clone();
    let read = ui.db.read(async move |tx| {
        let cycle = store::any(tx, id).await?;
        g.admits(&tree::node(tx, cycle.root).await?.path)?;
        Ok(cycle)
    });
    Ok(read.await?)
}

/// What is open when the review is to end; nothing in any other phase.
async fn open(ui: &Ui, cycle: &Cycle) -> kernel::Result<OpenMatters> {
    if cycle.phase != Phase::Review {
        return Ok(OpenMatters::default());
    }
    let scheme = standards::scheme(&ui.db, cycle.scheme()).await?;
    let (suppliers, day, cycle) = (ui.app.shared::<Suppliers>()?, ui.today(), cycle.clone());
    let open = ui.db.read(async move |tx| open_matters(tx, &View { suppliers: &suppliers, scheme: &scheme, cycle: &cycle, day }).await);
    Ok(open.await?)
}

/// The same for a page, which does not count at length.
async fn looked_at(ui: &Ui, cycle: &Cycle) -> kernel::Result<OpenMatters> {
    if cycle.participants > LOOKED_AT { Ok(OpenMatters::default()) } else { open(ui, cycle).await }
}

/// Why the review cannot end yet; empty if it can. What the committee reviews must be settled before the public reads it.
///
/// # Errors
/// The engine's own.
pub async fn unsettled(ui: &Ui, cycle: &Cycle) -> kernel::Result<String> {
    Ok(looked_at(ui, cycle).await?.settled().err().map(|e| ui.t.of(&e).to_string()).unwrap_or_default())
}

/// Where the step led, or its page again with what was typed and what is wrong with it.
pub async fn advance(
    grant: Grant<CycleLead>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Form(f): Form<Agreed>,
) -> web::Result<std::result::Result<See, Page>> {
    let cycle = led(&grant, &ui, id).await?;
    // A button from before there was this page named no phase: it leads here.
    let Ok(to) = Phase::parse(&f.to) else { return Ok(Ok(See::to(format!("/assess/{id}/phase")))) };
    match moved(&grant, &ui, cycle.clone(), to, &f.reason).await {
        Ok(see) => Ok(Ok(see)),
        Err(e) if e.kind == Kind::Invalid => {
            Ok(Err(shown(&grant, &ui, cycle, f.reason, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn moved(grant: &Grant<CycleLead>, ui: &Ui, cycle: Cycle, to: Phase, reason: &str) -> kernel::Result<See> {
    open(ui, &cycle).await?.settled()?;
    let (id, scheme) = (cycle.id, standards::scheme(&ui.db, cycle.scheme()).await?);
    let moving = Move {
        to,
        today: ui.today(),
        reason: reason.trim().to_owned(),
        by: grant.caller().name().to_owned(),
        calendar: accounts::calendar_now(ui).await?,
        scheme,
        suppliers: (*ui.app.shared::<Suppliers>()?).clone(),
    };
    let to = move_on(&ui.db, grant, cycle, moving).await?;
    let phase = ui.t.text(to.text()).to_string();
    Ok(See::to(format!("/assess/{id}")).flash(&Flash::done("cycle-advanced").with("phase", phase)))
}

//! Writing a layer of a sheet: one entry, submitting, returning.
use super::context::Context;
use super::entry::Entry;
use super::input;
use super::totals::{self, Totals};
use super::{State, keep, rules, store};
use crate::score::store::{NewScore, put};
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx, params};
use facts::{Gathered, Suppliers};
use kernel::{AccountId, BusinessDate, Error, Instant, Points, Result};
use scoring::Layer;
use serde::{Deserialize, Serialize};

/// Who writes, and through what.
#[derive(Clone, Debug)]
pub struct Hand {
    pub account: Option<AccountId>,
    pub name: String,
    /// `page` or `api`.
    pub source: &'static str,
    pub today: BusinessDate,
}

/// What a save leads to.
#[derive(Serialize, Deserialize)]
pub struct Saved {
    /// The score's new revision.
    pub rev: i64,
    /// The sheet's, with all its layers.
    pub total: Points,
    /// As of the layer; whoever sends the same request again reads them anew.
    #[serde(skip)]
    pub totals: Option<Totals>,
}

/// Saves one entry. The caller has asked `rules` whether the layer may be written; the state is asked again inside.
///
/// # Errors
/// `score-meanwhile` with both values if somebody else was quicker; `sheet-locked` if it was submitted meanwhile;
/// `overrule-reason` for a self score beside facts without a reason.
pub async fn save<A: Author>(
    db: &Db,
    by: &A,
    suppliers: &Suppliers,
    context: &Context,
    layer: Layer,
    entry: Entry,
    hand: &Hand,
) -> Result<Saved> {
    let (context, hand, at) = (context.clone(), hand.clone(), Instant::now());
    let supplied = registers(db, suppliers, &context, hand.today).await?;
    audit::change(db, by, async move |tx| {
        let asked = input::ask(tx, &context.cycle, &context.sheet).await?;
        let now = store::any(tx, context.sheet.id).await?;
        rules::open(&now, layer)?;
        let new = NewScore {
            sheet: now.id,
            indicator: &entry.indicator,
            layer,
            points: entry.points,
            reason: &entry.reason,
            seen: entry.seen,
            account: hand.account,
            by: &hand.name,
            source: hand.source,
            at,
        };
        let mut inputs = input::over(tx, supplied.clone(), asked, &context.cycle, &now).await?;
        let before = inputs.score(&entry.indicator, layer).cloned();
        let rev = put(tx, &new, before.as_ref()).await?;
        inputs.follow(&new, rev)?;
        if matches!(now.state(layer), State::Untouched) && layer != Layer::Mutual && layer != Layer::Committee {
            step(tx, &context, &now, layer, State::Begun).await?;
        }
        let scored = keep::keep_of(tx, &context.scheme, &inputs.branch, &now).await?;
        let is_known = || scored.indicator(&entry.indicator).is_some_and(|i| totals::is_known(&context, i));
        if layer == Layer::SelfAssessment && entry.points.is_some() && entry.reason.is_empty() && is_known() {
            return Err(Error::invalid("overrule-reason").with("indicator", &entry.indicator).at("reason").into());
        }
        let event = Event::new("score.save", format!("sheet:{}", now.id))
            .at(now.org)
            .with("layer", layer.name())
            .with("indicator", &entry.indicator)
            .field("points", before.as_ref().map(|b| b.points.to_string()), entry.points.map(|p| p.to_string()));
        let event = if entry.reason.is_empty() { event } else { event.because(&entry.reason) };
        let totals = totals::totals(&context, &inputs, layer);
        // Another value of an indicator that had one leaves as much to do as before.
        if layer == Layer::SelfAssessment && before.is_some() != entry.points.is_some() {
            totals::tell(tx, &context, &totals).await?;
        }
        Ok((Saved { rev, total: scored.outcome.total, totals: Some(totals) }, event))
    })
    .await
}

/// What the registers say changes with no score, so it is read beside the writers and not among them.
async fn registers(db: &Db, suppliers: &Suppliers, context: &Context, day: BusinessDate) -> Result<Gathered> {
    let (suppliers, org, year) = (suppliers.clone(), context.sheet.org, context.cycle.year);
    if !members::keeps_register(db, org).await? {
        return Ok(Gathered::new());
    }
    Ok(db.read(async move |tx| input::supplied(tx, &suppliers, &[org], year, day).await).await?)
}

/// Locks a layer and records who handed it in.
///
/// # Errors
/// `sheet-moved` if somebody moved it meanwhile.
pub async fn submit(tx: &mut Tx<'_>, context: &Context, layer: Layer, hand: &Hand, reason: &str, at: Instant) -> Unit<Event> {
    let now = store::any(tx, context.sheet.id).await?;
    step(tx, context, &now, layer, State::Submitted).await?;
    record(tx, &now, layer, "submit", hand, reason, at).await?;
    Ok(Event::new("sheet.submit", format!("sheet:{}", now.id)).at(now.org).with("layer", layer.name()).because(reason))
}

/// Opens a submitted layer again, with a reason.
///
/// # Errors
/// `sheet-not-submitted` if there is nothing to return.
pub async fn give_back(tx: &mut Tx<'_>, context: &Context, layer: Layer, hand: &Hand, reason: &str, at: Instant) -> Unit<Event> {
    let now = store::any(tx, context.sheet.id).await?;
    if now.state(layer) != State::Submitted {
        return Err(Error::conflict("sheet-not-submitted").into());
    }
    step(tx, context, &now, layer, State::Returned).await?;
    record(tx, &now, layer, "return", hand, reason, at).await?;
    Ok(Event::new("sheet.return", format!("sheet:{}", now.id)).at(now.org).with("layer", layer.name()).because(reason))
}

/// Moves the state and the figures that count it.
pub(super) async fn step(tx: &mut Tx<'_>, context: &Context, now: &store::Sheet, layer: Layer, to: State) -> Unit<()> {
    let board = context.cycle.id.to_string();
    let metric = |state: State| format!("{}:{}", layer.name(), state.name());
    if now.state(layer) != State::Untouched {
        figures::add(tx, &board, &now.path, &metric(now.state(layer)), -1).await?;
    }
    figures::add(tx, &board, &now.path, &metric(to), 1).await?;
    store::set_state(tx, now, layer, to).await
}

async fn record(tx: &mut Tx<'_>, sheet: &store::Sheet, layer: Layer, action: &str, hand: &Hand, reason: &str, at: Instant) -> Unit<()> {
    let no: i64 = tx.one("SELECT COUNT(*) + 1 FROM submission WHERE sheet = $1 AND layer = $2", &params![&sheet.id, layer.name()]).await?;
    tx.exec(
        "INSERT INTO submission (sheet, layer, no, action, at, day, account, by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![&sheet.id, layer.name(), no, action, at, hand.today, hand.account.as_ref(), &hand.name, reason],
    )
    .await?;
    Ok(())
}

db::row! {
    /// A line of a sheet's history.
    #[derive(Clone, Debug)]
    pub struct Submission { pub layer: String, pub action: String, pub at: Instant, pub day: BusinessDate, pub by_name: String, pub reason: String }
}

/// # Errors
/// The engine's own.
pub async fn submissions(tx: &mut Tx<'_>, sheet: kernel::SheetId) -> Unit<Vec<Submission>> {
    tx.all("SELECT layer, action, at, day, by_name, reason FROM submission WHERE sheet = $1 ORDER BY at", &params![&sheet]).await
}

//! Writing a layer of a sheet: one entry, submitting, returning.
use super::context::Context;
use super::entry::Entry;
use super::{State, keep, store};
use crate::score::store::{NewScore, put};
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx, params};
use facts::Suppliers;
use kernel::{AccountId, BusinessDate, Error, Instant, Points, Result};
use scoring::{Layer, Scored};

/// Who writes, and through what.
#[derive(Clone, Debug)]
pub struct Hand {
    pub account: Option<AccountId>,
    pub name: String,
    /// `page` or `api`.
    pub source: &'static str,
    pub today: BusinessDate,
}

/// Saves one entry. The caller has asked `rules` whether the layer may be written; the state is asked again inside.
/// Answers the new revision and the sheet's total.
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
) -> Result<(i64, Points)> {
    let (context, suppliers, hand, at) = (context.clone(), suppliers.clone(), hand.clone(), Instant::now());
    audit::change(db, by, async move |tx| {
        let now = store::any(tx, context.sheet.id).await?;
        if !now.state(layer).is_open() {
            return Err(Error::conflict("sheet-locked").into());
        }
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
        let (rev, before) = put(tx, &new).await?;
        if matches!(now.state(layer), State::Untouched) && layer != Layer::Mutual && layer != Layer::Committee {
            step(tx, &context, &now, layer, State::Begun).await?;
        }
        let scored = keep::keep(tx, &context, &suppliers, hand.today).await?;
        if layer == Layer::SelfAssessment && entry.points.is_some() && entry.reason.is_empty() && known(&context, &scored, &entry.indicator)
        {
            return Err(Error::invalid("overrule-reason").with("indicator", &entry.indicator).at("reason").into());
        }
        let event = Event::new("score.save", format!("sheet:{}", now.id))
            .at(now.org)
            .with("layer", layer.name())
            .with("indicator", &entry.indicator)
            .field("points", before.map(|b| b.points.to_string()), entry.points.map(|p| p.to_string()));
        let event = if entry.reason.is_empty() { event } else { event.because(&entry.reason) };
        Ok(((rev, scored.outcome.total), event))
    })
    .await
}

/// Whether the system takes this indicator from facts that it has: a person may overrule it, with a reason.
fn known(context: &Context, scored: &Scored<'_>, indicator: &str) -> bool {
    let auto = context.scheme.indicator(indicator).is_some_and(|i| i.auto);
    auto && scored.indicator(indicator).is_some_and(|i| i.parts.iter().all(|p| p.value.is_some()))
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

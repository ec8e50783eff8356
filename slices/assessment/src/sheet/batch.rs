//! Filling what is still empty of a layer in one go: with what stands so far, or with last year's sheet. A batch is one
//! change with one event, known by the source of its scores, and taken back by another as long as the layer is open; what
//! somebody has written over it since stays.
use super::context::Context;
use super::entry::Entry;
use super::write::{Hand, step};
use super::{State, keep, rules, store};
use crate::score::store::{NewScore, Score, of_sheet, put};
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx, params};
use facts::Suppliers;
use kernel::{Error, Instant, Result, SheetId};
use scoring::Layer;

/// What a batch was filled with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The layer below, or the facts.
    Stood,
    /// The branch's own sheet of the year before.
    LastYear,
}

impl Origin {
    const ALL: [Origin; 2] = [Origin::Stood, Origin::LastYear];

    fn name(self) -> &'static str {
        match self {
            Origin::Stood => "stood",
            Origin::LastYear => "last-year",
        }
    }
    /// Key of what its scores are marked with.
    pub fn text(self) -> &'static str {
        match self {
            Origin::Stood => "batch-stood",
            Origin::LastYear => "batch-last-year",
        }
    }
    /// Of a score's source; `None` for one that somebody typed or a file brought.
    pub fn of(source: &str) -> Option<Self> {
        let name = source.strip_prefix("batch:")?.split(':').next()?;
        Self::ALL.into_iter().find(|o| o.name() == name)
    }
}

/// The newest batch of a layer that something is left of: its source, and of how many indicators.
pub fn newest(scores: &[Score], layer: Layer) -> Option<(String, usize)> {
    let of_batch = |s: &&Score| s.is_of(layer) && Origin::of(&s.source).is_some();
    let source = scores.iter().filter(of_batch).max_by_key(|s| s.at)?.source.clone();
    let n = scores.iter().filter(|s| s.is_of(layer) && s.source == source).count();
    Some((source, n))
}

/// What a batch needs beside its entries.
#[derive(Clone)]
pub struct Batch {
    pub context: Context,
    pub layer: Layer,
    pub hand: Hand,
    pub suppliers: Suppliers,
}

impl Batch {
    /// Fills what is empty still, in one change.
    ///
    /// # Errors
    /// `sheet-locked` if it was submitted meanwhile.
    pub async fn fill<A: Author>(self, db: &Db, by: &A, origin: Origin, entries: Vec<Entry>) -> Result<()> {
        let at = Instant::now();
        let source = format!("batch:{}:{}", origin.name(), at.0);
        audit::change(db, by, async move |tx| {
            let now = self.open(tx).await?;
            let standing = of_sheet(tx, now.id).await?;
            let empty = |e: &&Entry| !standing.iter().any(|s| s.is_of(self.layer) && s.indicator == e.indicator);
            let mut filled = Vec::new();
            for entry in entries.iter().filter(empty) {
                put(tx, &self.score(entry, &source, 0, at), None).await?;
                filled.push(entry.indicator.as_str());
            }
            if now.state(self.layer) == State::Untouched {
                step(tx, &self.context, &now, self.layer, State::Begun).await?;
            }
            self.told(tx, "score.fill", &filled).await
        })
        .await
    }

    /// Takes a batch back: its scores go to history, where every score that was replaced stands.
    ///
    /// # Errors
    /// `sheet-locked`; `batch-gone` if nothing is left of it.
    pub async fn undo<A: Author>(self, db: &Db, by: &A, source: String) -> Result<()> {
        let at = Instant::now();
        audit::change(db, by, async move |tx| {
            let now = self.open(tx).await?;
            let standing = of_sheet(tx, now.id).await?;
            let mut gone = Vec::new();
            for s in standing.iter().filter(|s| s.is_of(self.layer) && s.source == source && Origin::of(&source).is_some()) {
                let empty = Entry { indicator: s.indicator.clone(), points: None, reason: String::new(), seen: s.rev };
                put(tx, &self.score(&empty, self.hand.source, s.rev, at), Some(s)).await?;
                gone.push(s.indicator.as_str());
            }
            if gone.is_empty() {
                return Err(Error::conflict("batch-gone").into());
            }
            self.told(tx, "score.unfill", &gone).await
        })
        .await
    }

    async fn open(&self, tx: &mut Tx<'_>) -> Unit<store::Sheet> {
        let now = store::any(tx, self.context.sheet.id).await?;
        rules::open(&now, self.layer)?;
        Ok(now)
    }

    fn score<'a>(&'a self, entry: &'a Entry, source: &'a str, seen: i64, at: Instant) -> NewScore<'a> {
        NewScore {
            sheet: self.context.sheet.id,
            indicator: &entry.indicator,
            layer: self.layer,
            points: entry.points,
            reason: &entry.reason,
            seen,
            account: self.hand.account,
            by: &self.hand.name,
            source,
            at,
        }
    }

    async fn told(&self, tx: &mut Tx<'_>, action: &'static str, indicators: &[&str]) -> Unit<((), Event)> {
        keep::keep(tx, &self.context, &self.suppliers, self.hand.today).await?;
        let sheet = &self.context.sheet;
        let event = Event::new(action, format!("sheet:{}", sheet.id)).at(sheet.org).with("layer", self.layer.name());
        Ok(((), event.with("indicators", indicators.join(" "))))
    }
}

/// The self scores of the branch's sheet in the cycle of the year before; nothing if there was none.
///
/// # Errors
/// The engine's own.
pub async fn last_year(tx: &mut Tx<'_>, context: &Context) -> Unit<Vec<Score>> {
    let sheet: Option<SheetId> = tx
        .opt(
            "SELECT s.id FROM sheet s JOIN cycle c ON c.id = s.cycle
             WHERE s.org = $1 AND c.year = $2 AND c.ready = 1 ORDER BY c.id DESC LIMIT 1",
            &params![&context.sheet.org, context.cycle.year - 1],
        )
        .await?;
    let Some(sheet) = sheet else { return Ok(Vec::new()) };
    Ok(of_sheet(tx, sheet).await?.into_iter().filter(|s| s.is_of(Layer::SelfAssessment)).collect())
}

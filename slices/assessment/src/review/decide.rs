//! The second person's half: only approval writes, in the same unit of work that records it.
use super::change::{Change, title};
use super::effect::effect;
use super::{propose, rules, store};
use crate::problems::{self, Restated};
use crate::publicity::kept;
use crate::score::store::{NewScore, force, one as score_of};
use crate::sheet::context::Context;
use crate::sheet::write::Hand;
use crate::sheet::{input, keep};
use audit::Event;
use calendar::Calendar;
use db::{Result as Unit, Tx};
use facts::{NewFact, Suppliers};
use inbox::{Addressee, Notice};
use kernel::{AdjustmentId, Error, Instant, NoticeId, Points, Result};
use rectification::By;
use scoring::{BranchInput, Layer};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Approve,
    Reject,
}

impl Verdict {
    fn state(self) -> &'static str {
        if self == Verdict::Approve { store::APPROVED } else { store::REJECTED }
    }
}

/// What the second person says. The source under which facts are recorded is text, in the installation's language.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub id: AdjustmentId,
    pub verdict: Verdict,
    pub reason: String,
    pub source: String,
    pub notice: NoticeId,
}

impl Ruling {
    /// # Errors
    /// `reject-reason` for a rejection without one; `text-long`.
    pub fn parse(id: AdjustmentId, verdict: Verdict, reason: &str, source: &str) -> Result<Self> {
        let reason = rules::text("reason", reason)?;
        if verdict == Verdict::Reject && reason.is_empty() {
            return Err(Error::invalid("reject-reason").at("reason"));
        }
        Ok(Self { id, verdict, reason, source: source.to_owned(), notice: NoticeId::new() })
    }
}

/// What deciding needs from the house.
#[derive(Clone)]
pub struct Ground {
    pub suppliers: Suppliers,
    pub calendar: Calendar,
}

/// Decides a proposal; approved, its value counts at once.
///
/// # Errors
/// `adjust-own` for the one who proposed it; `adjust-decided`; `adjust-overtaken` if what it would change has changed meanwhile.
pub async fn decide(tx: &mut Tx<'_>, context: &Context, ground: &Ground, ruling: &Ruling, hand: &Hand, at: Instant) -> Unit<Event> {
    rules::may_adjust(&context.cycle)?;
    let row = ruled(tx, context, ruling, hand, at).await?;
    let state = ruling.verdict.state();
    let event =
        Event::new(if state == store::APPROVED { "adjustment.approve" } else { "adjustment.reject" }, format!("adjustment:{}", row.id))
            .at(context.sheet.org)
            .because(if ruling.reason.is_empty() { &row.reason } else { &ruling.reason })
            .with("sheet", row.sheet)
            .with("target", &row.target);
    match ruling.verdict {
        Verdict::Reject => Ok(event),
        Verdict::Approve => apply(tx, context, ground, &row, ruling, hand, at, event).await,
    }
}

/// Records who decided, ends the matter and tells whoever proposed it.
async fn ruled(tx: &mut Tx<'_>, context: &Context, ruling: &Ruling, hand: &Hand, at: Instant) -> Unit<store::Adjustment> {
    let row = store::one(tx, ruling.id).await?;
    rules::second_person(row.proposed_by, hand.account)?;
    let by = hand.account.ok_or_else(|| Error::denied("adjust-own"))?;
    store::decide(tx, row.id, &store::Decision { state: ruling.verdict.state(), by, name: &hand.name, at, reason: &ruling.reason }).await?;
    inbox::settle(tx, &propose::matter(row.id), at).await?;
    tell(tx, context, &row, ruling, at).await?;
    if let (Verdict::Reject, Some(objection)) = (ruling.verdict, row.objection) {
        // What was upheld did not come true: the objection has no answer again.
        crate::publicity::raise::to_committee(tx, &context.cycle, objection, at).await?;
    }
    Ok(row)
}

/// A proposal approved after 定稿: a correction carries it out.
#[derive(Clone)]
pub struct Approved {
    pub row: store::Adjustment,
    pub ruling: Ruling,
    pub hand: Hand,
}

impl Approved {
    /// Whether it may be carried out: asked before anything is computed, and by [`Self::close`] again.
    ///
    /// # Errors
    /// `adjust-own`; `adjust-decided`; `adjust-overtaken` if what it would change has changed meanwhile.
    pub fn check(&self, context: &Context, input: &BranchInput) -> Result<Change> {
        rules::second_person(self.row.proposed_by, self.hand.account)?;
        if self.row.state != store::PROPOSED {
            return Err(Error::conflict("adjust-decided"));
        }
        let change = Change::parse(&context.scheme, &self.row.target, &self.row.value)?;
        let stands = effect(&context.scheme, input, &change).stands;
        if stands != self.row.before {
            return Err(Error::conflict("adjust-overtaken").with("before", &self.row.before).with("now", &stands));
        }
        Ok(change)
    }
    /// In the unit of work that makes the new result.
    ///
    /// # Errors
    /// `adjust-decided` if somebody decided meanwhile.
    pub(crate) async fn close(&self, tx: &mut Tx<'_>, context: &Context, at: Instant) -> Unit<()> {
        ruled(tx, context, &self.ruling, &self.hand, at).await.map(drop)
    }
    pub(crate) fn fact<'a>(&'a self, context: &Context, key: &'a str, value: &'a str, at: Instant) -> NewFact<'a> {
        NewFact {
            org: context.sheet.org,
            year: context.cycle.year,
            key,
            value,
            source: &self.ruling.source,
            evidence: &self.row.evidence,
            effective: self.hand.today,
            received: at,
            by: &self.row.proposed_name,
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one step of `decide`, with all that it knows")]
async fn apply(
    tx: &mut Tx<'_>,
    context: &Context,
    ground: &Ground,
    row: &store::Adjustment,
    ruling: &Ruling,
    hand: &Hand,
    at: Instant,
    mut event: Event,
) -> Unit<Event> {
    let change = Change::parse(&context.scheme, &row.target, &row.value)?;
    let inputs = input::of(tx, &ground.suppliers, &context.cycle, &context.sheet, hand.today).await?;
    let effect = effect(&context.scheme, &inputs.branch, &change);
    if effect.stands != row.before {
        return Err(Error::conflict("adjust-overtaken").with("before", &row.before).with("now", &effect.stands).into());
    }
    match (&change, change.fact()) {
        (Change::Score { indicator, points }, _) => {
            let source = format!("adjustment:{}", row.id);
            let new = NewScore {
                sheet: row.sheet,
                indicator,
                layer: Layer::Committee,
                points: Some(*points),
                reason: &row.reason,
                seen: 0,
                account: Some(row.proposed_by),
                by: &row.proposed_name,
                source: &source,
                at,
            };
            let standing = score_of(tx, row.sheet, indicator, Layer::Committee).await?;
            force(tx, &new, standing.as_ref()).await?;
        }
        (_, key) => {
            let key = key.unwrap_or_default();
            let new = NewFact {
                org: context.sheet.org,
                year: context.cycle.year,
                key: &key,
                value: &row.value,
                source: &ruling.source,
                evidence: &row.evidence,
                effective: hand.today,
                received: at,
                by: &row.proposed_name,
            };
            facts::record(tx, &new).await?;
        }
    }
    let scored = keep::keep(tx, context, &ground.suppliers, hand.today).await?;
    kept::ask(tx, context.cycle.year, at).await?;
    if let Change::Score { indicator, points } = &change {
        let lowered = Points::parse(&row.before).is_ok_and(|before| *points < before);
        let by = By { account: hand.account, name: hand.name.clone(), day: hand.today, at };
        let r = Restated { indicator, lowered, reason: &row.reason };
        if let Some(again) = problems::restated(tx, context, &scored, &r, &by, &ground.calendar).await? {
            event = event.with("reopened", again);
        }
    }
    let outcome = scored.outcome;
    Ok(event
        .field("value", Some(row.before.clone()), Some(row.value.clone()))
        .field("total", Some(effect.total.0.to_string()), Some(outcome.total.to_string()))
        .field("grade", Some(effect.grade.0), Some(outcome.grade.to_owned())))
}

/// Whoever proposed it learns what became of it.
async fn tell(tx: &mut Tx<'_>, context: &Context, row: &store::Adjustment, ruling: &Ruling, at: Instant) -> Unit<()> {
    let href = format!("/adjustments/{}", row.id);
    let notice = Notice {
        id: ruling.notice,
        to: Addressee::Account(row.proposed_by),
        key: if ruling.verdict == Verdict::Approve { "notice-adjustment-approved" } else { "notice-adjustment-rejected" },
        args: vec![
            ("branch", context.sheet.name.clone()),
            ("item", title(&context.scheme, &row.target)),
            ("reason", ruling.reason.clone()),
        ],
        href: &href,
    };
    inbox::tell(tx, &notice, at).await
}

//! The first person's half: a proposal is written, and nothing of the result changes.
use super::change::{Change, title};
use super::effect::{Effect, effect};
use super::{claim, rules, store};
use crate::cycle::holder::nearest;
use crate::sheet::context::Context;
use crate::sheet::input;
use crate::sheet::write::Hand;
use audit::Event;
use db::{Result as Unit, Tx};
use facts::Suppliers;
use inbox::Todo;
use kernel::{AdjustmentId, Error, Instant, ObjectionId, Result, TodoId};
use scheme::Scheme;

/// What the committee asks for, as typed and parsed.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub id: AdjustmentId,
    pub change: Change,
    /// Empty is refused later, where it is known whether a grade would move.
    pub reason: String,
    /// The documents it rests on, by name.
    pub evidence: String,
    /// The objection that is upheld by it.
    pub objection: Option<ObjectionId>,
}

impl Proposal {
    /// # Errors
    /// What [`Change::parse`] says; `text-long`.
    pub fn parse(scheme: &Scheme, target: &str, value: &str, reason: &str, evidence: &str) -> Result<Self> {
        Ok(Self {
            id: AdjustmentId::new(),
            change: Change::parse(scheme, target, value)?,
            reason: rules::text("reason", reason)?,
            evidence: rules::text("evidence", evidence)?,
            objection: None,
        })
    }
}

/// The matter of a proposal, by which its todo is found again.
pub fn matter(id: AdjustmentId) -> String {
    format!("adjustment:{id}")
}

/// Writes the proposal and hands it to the second person.
///
/// # Errors
/// What [`rules::may_adjust`] and [`rules::complete`] say; `adjust-pending`.
pub async fn propose(
    tx: &mut Tx<'_>,
    context: &Context,
    suppliers: &Suppliers,
    p: &Proposal,
    hand: &Hand,
    at: Instant,
) -> Unit<(Effect, Event)> {
    rules::may_adjust(&context.cycle)?;
    let inputs = input::of(tx, suppliers, &context.cycle, &context.sheet, hand.today).await?;
    let effect = effect(&context.scheme, &inputs.branch, &p.change);
    let claimed = claim::claimed(tx, context.sheet.id, &p.change).await?;
    rules::complete(p, &effect, claimed)?;
    let row = store::Adjustment {
        id: p.id,
        sheet: context.sheet.id,
        cycle: context.cycle.id,
        target: p.change.target(),
        value: p.change.value(),
        before: effect.stands.clone(),
        reason: p.reason.clone(),
        evidence: p.evidence.clone(),
        objection: p.objection,
        state: store::PROPOSED.into(),
        proposed_by: hand.account.ok_or_else(|| Error::denied("adjust-own"))?,
        proposed_name: hand.name.clone(),
        proposed_at: at,
        decided_name: None,
        decided_at: None,
        decision_reason: None,
    };
    store::insert(tx, &row).await?;
    hand_on(tx, context, &row, hand, at).await?;
    let event = Event::new("adjustment.propose", format!("adjustment:{}", p.id))
        .at(context.sheet.org)
        .because(&p.reason)
        .with("sheet", context.sheet.id)
        .with("target", &row.target)
        .field("value", Some(row.before.clone()), Some(row.value.clone()));
    Ok((effect, event))
}

async fn hand_on(tx: &mut Tx<'_>, context: &Context, row: &store::Adjustment, hand: &Hand, at: Instant) -> Unit<()> {
    let (matter, href) = (matter(row.id), format!("/adjustments/{}", row.id));
    let todo = Todo {
        id: TodoId::new(),
        to: nearest(tx, "reviewer", &context.cycle).await?,
        matter: &matter,
        key: "todo-adjustment",
        args: vec![("branch", context.sheet.name.clone()), ("item", title(&context.scheme, &row.target))],
        href: &href,
        due: None,
        by: hand.account,
    };
    inbox::hand(tx, &todo, at).await
}

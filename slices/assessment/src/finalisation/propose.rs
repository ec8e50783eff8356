//! The first person's half: nothing becomes final by it.
use super::{href, matter, store};
use crate::cycle::holder::nearest;
use crate::cycle::{self, Cycle};
use crate::result::finalise::ready;
use crate::review::rules;
use crate::sheet::write::Hand;
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx};
use inbox::Todo;
use kernel::{AccountId, CycleId, Error, Instant, Result, TodoId};

/// Proposes to make a cycle final and hands it to those who may approve. Answers the proposal's number.
///
/// # Errors
/// What [`ready`] says; `final-waits` if one is waiting already; `text-long`.
pub async fn propose<A: Author>(db: &Db, author: &A, id: CycleId, hand: &Hand, reason: &str) -> Result<i64> {
    let (hand, at, reason) = (hand.clone(), Instant::now(), rules::text("reason", reason)?);
    let by = hand.account.ok_or_else(|| Error::denied("final-own"))?;
    audit::change(db, author, async move |tx| {
        let cycle = cycle::store::any(tx, id).await?;
        ready(tx, &cycle, hand.today).await?;
        let no = store::insert(tx, id, &store::New { reason: &reason, by, name: &hand.name, at }).await?;
        hand_on(tx, &cycle, by, at).await?;
        let event = Event::new("cycle.propose-final", format!("cycle:{id}")).at(cycle.root).with("no", no);
        Ok((no, if reason.is_empty() { event } else { event.because(&reason) }))
    })
    .await
}

/// 待办 of the second person.
async fn hand_on(tx: &mut Tx<'_>, cycle: &Cycle, by: AccountId, at: Instant) -> Unit<()> {
    let (matter, href) = (matter(cycle.id), href(cycle.id));
    let todo = Todo {
        id: TodoId::new(),
        to: nearest(tx, "reviewer", cycle).await?,
        matter: &matter,
        key: "todo-final",
        args: vec![("year", cycle.year.to_string())],
        href: &href,
        due: None,
        by: Some(by),
    };
    inbox::hand(tx, &todo, at).await
}

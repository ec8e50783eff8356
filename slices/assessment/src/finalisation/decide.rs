//! The second person's half. Approval is carried out by [`crate::result::finalise`], which closes the proposal in the unit
//! of work that makes the results final; a refusal only closes it.
use super::store::{self, Decision, Proposal};
use super::{href, matter, second_person};
use crate::cycle::{self, Cycle};
use crate::review::rules;
use crate::sheet::write::Hand;
use audit::{Author, Event};
use db::{Db, Result as Unit, Tx};
use inbox::{Addressee, Notice};
use kernel::{CycleId, Error, Instant, NoticeId, Result};

/// What the second person says of one proposal.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub cycle: CycleId,
    /// The proposal they have read.
    pub no: i64,
    pub hand: Hand,
    pub reason: String,
    /// What they have seen would become final (see [`crate::result::finalise::digest`]).
    seen: Option<String>,
    notice: NoticeId,
}

impl Ruling {
    /// # Errors
    /// `text-long`.
    pub fn parse(cycle: CycleId, no: i64, hand: Hand, reason: &str) -> Result<Self> {
        Ok(Self { cycle, no, hand, reason: rules::text("reason", reason)?, seen: None, notice: NoticeId::new() })
    }

    /// Bound to the results they have looked at; an empty word binds to nothing.
    #[must_use]
    pub fn having_seen(self, digest: &str) -> Self {
        Self { seen: Some(digest.to_owned()).filter(|d| !d.is_empty()), ..self }
    }

    /// # Errors
    /// `final-changed` if something has changed since they looked.
    pub(crate) fn agrees(&self, digest: &str) -> Result<()> {
        if self.seen.as_deref().is_none_or(|seen| seen == digest) { Ok(()) } else { Err(Error::conflict("final-changed").at("reason")) }
    }

    /// The proposal, if it still waits and is somebody else's.
    ///
    /// # Errors
    /// `final-decided`; `final-own` for the one who proposed it.
    pub(crate) async fn proposal(&self, tx: &mut Tx<'_>) -> Unit<Proposal> {
        let waiting = store::waiting(tx, self.cycle).await?.filter(|p| p.no == self.no);
        let proposal = waiting.ok_or_else(|| Error::conflict("final-decided"))?;
        second_person(proposal.proposed_by, self.hand.account)?;
        Ok(proposal)
    }

    /// Approved, in the unit of work that makes the results final.
    ///
    /// # Errors
    /// As [`Self::proposal`].
    pub(crate) async fn approve(&self, tx: &mut Tx<'_>, cycle: &Cycle, at: Instant) -> Unit<Proposal> {
        self.close(tx, cycle, store::APPROVED, at).await
    }

    /// Records who decided, ends the matter and tells whoever proposed it.
    async fn close(&self, tx: &mut Tx<'_>, cycle: &Cycle, state: &'static str, at: Instant) -> Unit<Proposal> {
        let proposal = self.proposal(tx).await?;
        let by = second_person(proposal.proposed_by, self.hand.account)?;
        store::decide(tx, self.cycle, self.no, &Decision { state, by, name: &self.hand.name, at, reason: &self.reason }).await?;
        inbox::settle(tx, &matter(self.cycle), at).await?;
        let href = href(self.cycle);
        let notice = Notice {
            id: self.notice,
            to: Addressee::Account(proposal.proposed_by),
            key: if state == store::APPROVED { "notice-final-approved" } else { "notice-final-refused" },
            args: vec![("year", cycle.year.to_string()), ("reason", self.reason.clone())],
            href: &href,
        };
        inbox::tell(tx, &notice, at).await?;
        Ok(proposal)
    }
}

/// 不同意: the proposal ends with a reason, and the cycle stays where it is.
///
/// # Errors
/// `reject-reason` without one; `final-own`; `final-decided`.
pub async fn refuse<A: Author>(db: &Db, author: &A, ruling: Ruling) -> Result<()> {
    if ruling.reason.is_empty() {
        return Err(Error::invalid("reject-reason").at("reason"));
    }
    let at = Instant::now();
    audit::change(db, author, async move |tx| {
        let cycle = cycle::store::any(tx, ruling.cycle).await?;
        ruling.close(tx, &cycle, store::REFUSED, at).await?;
        let event = Event::new("cycle.refuse-final", format!("cycle:{}", cycle.id)).at(cycle.root).because(&ruling.reason);
        Ok(((), event.with("no", ruling.no)))
    })
    .await
}

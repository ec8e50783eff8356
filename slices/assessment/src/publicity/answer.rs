//! Answering an objection in writing; upheld, it becomes a proposal that a second person decides.
use super::{raise, store};
use crate::cycle::Cycle;
use crate::review::propose::{Proposal, propose};
use crate::sheet::context::Context;
use crate::sheet::write::Hand;
use audit::Event;
use db::{Result as Unit, Tx};
use facts::Suppliers;
use inbox::{Addressee, Notice};
use kernel::{Error, Instant, NoticeId, Result};

/// What the committee writes back.
#[derive(Clone)]
pub struct Reply {
    pub text: String,
    /// Upheld: the branch and what is to be adjusted.
    pub upheld: Option<(Context, Proposal)>,
    pub notice: NoticeId,
}

impl Reply {
    /// # Errors
    /// `answer-empty` or `text-long` at field `text`.
    pub fn parse(text: &str) -> Result<Self> {
        let text = crate::review::rules::text("text", text)?;
        if text.is_empty() {
            return Err(Error::invalid("answer-empty").at("text"));
        }
        Ok(Self { text, upheld: None, notice: NoticeId::new() })
    }
}

/// Writes the answer, proposes what it upholds, and tells whoever objected; all in one unit of work with one event.
///
/// # Errors
/// `objection-answered`; what [`propose`] says.
pub async fn answer(
    tx: &mut Tx<'_>,
    cycle: &Cycle,
    objection: &store::Objection,
    reply: &Reply,
    suppliers: &Suppliers,
    hand: &Hand,
    at: Instant,
) -> Unit<Event> {
    let event = Event::new("objection.answer", format!("objection:{}", objection.id)).at(cycle.root).because(&reply.text);
    let event = match &reply.upheld {
        Some((context, proposal)) => {
            let (effect, _) = propose(tx, context, suppliers, proposal, hand, at).await?;
            let change = &proposal.change;
            event.at(context.sheet.org).with("upheld", true).with("adjustment", proposal.id).with("target", change.target()).field(
                "value",
                Some(effect.stands),
                Some(change.value()),
            )
        }
        None => event.with("upheld", false),
    };
    let new = store::NewAnswer {
        objection: objection.id,
        text: &reply.text,
        upheld: reply.upheld.is_some(),
        adjustment: reply.upheld.as_ref().map(|(_, p)| p.id),
        by: &hand.name,
        at,
    };
    store::answer(tx, &new).await?;
    inbox::settle(tx, &raise::matter(objection.id), at).await?;
    let href = format!("/objections/{}", objection.id);
    let notice = Notice {
        id: reply.notice,
        to: Addressee::Account(objection.account),
        key: if new.upheld { "notice-objection-upheld" } else { "notice-objection-answered" },
        args: vec![("year", cycle.year.to_string())],
        href: &href,
    };
    inbox::tell(tx, &notice, at).await?;
    Ok(event)
}

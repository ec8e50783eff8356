//! Raising an objection: it enters the committee's 待办.
use super::{rules, store};
use crate::cycle::{self, Cycle, holder::nearest};
use crate::sheet::store::of_code;
use crate::sheet::write::Hand;
use audit::Event;
use db::{Result as Unit, Tx};
use inbox::Todo;
use kernel::{CycleId, Error, Instant, ObjectionId, Result, TodoId};

/// As typed and parsed.
#[derive(Clone, Debug)]
pub struct NewObjection {
    pub id: ObjectionId,
    /// Code of the branch it is about; empty for the whole.
    pub about: String,
    pub text: String,
}

impl NewObjection {
    /// # Errors
    /// `objection-empty` or `text-long` at field `text`.
    pub fn parse(about: &str, text: &str) -> Result<Self> {
        let text = crate::review::rules::text("text", text)?;
        if text.is_empty() {
            return Err(Error::invalid("objection-empty").at("text"));
        }
        Ok(Self { id: ObjectionId::new(), about: about.trim().to_owned(), text })
    }
}

/// Writes it; the caller has been found related to the cycle.
///
/// # Errors
/// `publicity-closed`; `objection-branch` at field `about` for a code that does not take part; `objection-many`.
pub async fn raise(tx: &mut Tx<'_>, id: CycleId, new: &NewObjection, hand: &Hand, at: Instant) -> Unit<Event> {
    let cycle = cycle::store::any(tx, id).await?;
    rules::may_object(&cycle, hand.today)?;
    let unknown = || Error::invalid("objection-branch").with("said", &new.about).at("about");
    let sheet = match new.about.as_str() {
        "" => None,
        code => Some(of_code(tx, id, code).await?.ok_or_else(unknown)?),
    };
    let row = store::Objection {
        id: new.id,
        cycle: id,
        sheet: sheet.as_ref().map(|s| s.id),
        account: hand.account.ok_or_else(Error::not_found)?,
        by_name: hand.name.clone(),
        text: new.text.clone(),
        at,
    };
    store::insert(tx, &row).await?;
    to_committee(tx, &cycle, new.id, at).await?;
    let event = Event::new("objection.raise", format!("objection:{}", new.id)).with("cycle", id);
    Ok(match &sheet {
        Some(sheet) => event.at(sheet.org).with("sheet", sheet.id),
        None => event.at(cycle.root),
    })
}

/// The matter of an objection, by which its todo is found again.
pub fn matter(id: ObjectionId) -> String {
    format!("objection:{id}")
}

/// Hands an objection to the committee: when it is raised, and again when the adjustment that upheld it was rejected.
/// The todo does not say whose it is.
///
/// # Errors
/// The engine's own.
pub async fn to_committee(tx: &mut Tx<'_>, cycle: &Cycle, id: ObjectionId, at: Instant) -> Unit<()> {
    let (matter, href) = (matter(id), format!("/objections/{id}"));
    let todo = Todo {
        id: TodoId::new(),
        to: nearest(tx, "committee", cycle).await?,
        matter: &matter,
        key: "todo-objection",
        args: vec![("year", cycle.year.to_string())],
        href: &href,
        due: cycle.publicity.map(|p| p.until),
        by: None,
    };
    inbox::hand(tx, &todo, at).await
}

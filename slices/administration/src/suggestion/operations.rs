//! Sending and closing a suggestion.
use super::store::{self, Suggestion};
use crate::SuggestionHandle;
use access::{Device, Grant, System};
use audit::Event;
use db::{Db, Tx};
use inbox::{Addressee, Todo};
use installation::Keys;
use kernel::{BusinessDate, Error, Instant, Kind, OrgId, Result, SuggestionId, TodoId};

/// What was written, parsed.
#[derive(Clone)]
pub struct Written {
    text: String,
    contact: String,
}

const TEXT_MAX: usize = 2_000;
const CONTACT_MAX: usize = 100;
/// Characters of the text in a list.
const EXCERPT: usize = 40;
/// A browser sends at most so many a day, and all browsers together so many: cookies are easily thrown away.
const PER_DEVICE: i64 = 5;
const PER_DAY: i64 = 300;
const DAY: i64 = 24 * 3_600_000;

impl Written {
    /// # Errors
    /// `suggestion-text` at `text`, `suggestion-contact` at `contact`, both at once.
    pub fn parse(text: &str, contact: &str) -> std::result::Result<Self, Vec<Error>> {
        let (text, contact) = (text.trim(), contact.trim());
        let mut wrong = Vec::new();
        if text.is_empty() || text.chars().count() > TEXT_MAX {
            wrong.push(Error::invalid("suggestion-text").with("max", TEXT_MAX).at("text"));
        }
        if contact.chars().count() > CONTACT_MAX {
            wrong.push(Error::invalid("suggestion-contact").with("max", CONTACT_MAX).at("contact"));
        }
        if wrong.is_empty() { Ok(Self { text: text.into(), contact: contact.into() }) } else { Err(wrong) }
    }
}

/// Puts it into the work committee's 待办. The author of the event is a visitor, whoever writes.
///
/// # Errors
/// `suggestion-nobody` before there is an organisation; `suggestion-often` beyond the day's bound.
pub async fn send(db: &Db, keys: &Keys, device: &Device, today: BusinessDate, written: Written) -> Result<()> {
    let (id, todo, now) = (SuggestionId::new(), TodoId::new(), Instant::now());
    let (counter, day) = (keys.sign("suggestion-rate", &device.cookie), now.0.div_euclid(DAY));
    let body = keys.seal(&place("body", id), &written.text)?;
    let excerpt = accounts::sealed(keys, &excerpt(&written.text))?;
    let contact = if written.contact.is_empty() { None } else { Some(keys.seal(&place("contact", id), &written.contact)?) };
    audit::change(db, &System::visitor(), async move |tx| {
        let (own, all) = store::count(tx, day, &counter).await?;
        if own > PER_DEVICE || all > PER_DAY {
            return Err(Error::new(Kind::Denied, "suggestion-often").into());
        }
        let org = committee(tx, today).await?;
        let new =
            Suggestion { id, org, body: body.clone(), contact: contact.clone(), created: now, closed: None, closed_by: None, answer: None };
        store::insert(tx, &new).await?;
        hand(tx, todo, &new, excerpt.clone(), now).await?;
        Ok(((), Event::new("suggestion.sent", format!("suggestion:{id}")).at(org)))
    })
    .await
}

/// How it begins, on one line: by this one tells it from the others.
pub fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut head: String = line.chars().take(EXCERPT).collect();
    if head.len() < line.len() {
        head.push('…');
    }
    head
}

/// Where a sealed value stands; it opens nowhere else.
pub fn place(column: &str, id: SuggestionId) -> String {
    format!("suggestion|{column}|{id}")
}

/// The organisation at the top: its work committee answers for the whole area.
async fn committee(tx: &mut Tx<'_>, today: BusinessDate) -> db::Result<OrgId> {
    let roots = tree::children_on(tx, None, today).await?;
    Ok(roots.first().copied().ok_or_else(|| Error::conflict("suggestion-nobody"))?)
}

async fn hand(tx: &mut Tx<'_>, id: TodoId, new: &Suggestion, excerpt: (&'static str, String), now: Instant) -> db::Result<()> {
    let (matter, href) = (matter(new.id), format!("/suggestions/{}", new.id));
    let to = Addressee::Post { role: "committee", org: new.org };
    let todo = Todo { id, to, matter: &matter, key: "todo-suggestion", args: vec![excerpt], href: &href, due: None, by: None };
    inbox::hand(tx, &todo, now).await
}

fn matter(id: SuggestionId) -> String {
    format!("suggestion:{id}")
}

/// One within reach, opened.
///
/// # Errors
/// Missing and out of reach are the same.
pub async fn admitted(tx: &mut Tx<'_>, grant: &Grant<SuggestionHandle>, id: SuggestionId) -> db::Result<Suggestion> {
    let found = store::one(tx, id).await?;
    grant.admits(&tree::node(tx, found.org).await?.path)?;
    Ok(found)
}

/// Closes it with what was done about it.
///
/// # Errors
/// `suggestion-answer` at `answer`; `suggestion-closed` if somebody was quicker.
pub async fn close(db: &Db, grant: &Grant<SuggestionHandle>, id: SuggestionId, answer: &str) -> Result<()> {
    let answer = answer.trim().to_owned();
    if answer.is_empty() || answer.chars().count() > TEXT_MAX {
        return Err(Error::invalid("suggestion-answer").with("max", TEXT_MAX).at("answer"));
    }
    let (g, by, now) = (grant.clone(), grant.caller().name().to_owned(), Instant::now());
    audit::change(db, grant, async move |tx| {
        let found = admitted(tx, &g, id).await?;
        if !store::close(tx, id, &by, &answer, now).await? {
            return Err(Error::conflict("suggestion-closed").into());
        }
        inbox::settle(tx, &matter(id), now).await?;
        Ok(((), Event::new("suggestion.closed", format!("suggestion:{id}")).at(found.org).because(&answer)))
    })
    .await
}

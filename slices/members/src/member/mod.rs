//! A member in the register of a branch.
pub mod change_pages;
pub mod enrolled;
pub mod erasure;
pub mod export;
pub mod identity;
pub mod pages;
pub mod show;
pub mod sight;
pub mod status;
pub mod store;

use crate::MemberWrite;
use access::Grant;
use audit::{Author, Event};
use db::{Db, Tx};
use identity::IdNumber;
use installation::Keys;
use kernel::{BusinessDate, Error, Instant, MemberId, OrgId, Result, reason};
use serde::{Deserialize, Serialize};
use status::Status;

/// A member to be entered; parsed, sealed, ready to be written as often as the unit of work runs.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewMember {
    pub id: MemberId,
    pub org: OrgId,
    pub name: String,
    pub status: Status,
    pub joined: Option<BusinessDate>,
    pub sealed: Sealed,
    pub day: BusinessDate,
}

/// Personal numbers as they are stored.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Sealed {
    pub id_sealed: Option<Vec<u8>>,
    pub id_lookup: Option<[u8; 32]>,
    pub id_masked: String,
    pub phone_sealed: Option<Vec<u8>>,
    pub phone_masked: String,
}

/// What somebody typed or a roster holds.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    pub name: &'a str,
    pub status: &'a str,
    pub id_number: &'a str,
    pub joined: &'a str,
    pub phone: &'a str,
}

/// The purpose under which ID numbers are looked up.
pub const ID_LOOKUP: &str = "member|id_number";

impl NewMember {
    const NAME_MAX: usize = 40;

    /// # Errors
    /// `member-name`, `name-control`, `member-status`, `id-number`, `id-number-future`, `date-format`, `joined-future`, each at its field.
    pub fn parse(keys: &Keys, org: OrgId, typed: &Typed<'_>, today: BusinessDate) -> Result<Self> {
        Self::parse_as(MemberId::new(), keys, org, typed, today)
    }
    /// As [`Self::parse`], of a member who may be in the register already.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_as(id: MemberId, keys: &Keys, org: OrgId, typed: &Typed<'_>, today: BusinessDate) -> Result<Self> {
        let (name, joined) = (name(typed.name)?, joined(typed.joined, today)?);
        let sealed = seal(keys, id, typed, today)?;
        Ok(Self { id, org, name: name.into(), status: Status::parse(typed.status)?, joined, sealed, day: today })
    }
    /// Everything that is wrong with what was typed, each at its field; [`Self::parse`] stops at the first.
    pub fn faults(typed: &Typed<'_>, today: BusinessDate) -> Vec<Error> {
        let (status, joined) = (Status::parse(typed.status).err(), joined(typed.joined, today).err());
        let all = [name(typed.name).err(), status, joined, number(typed.id_number, today).err(), phone(typed.phone).err()];
        all.into_iter().flatten().collect()
    }
}

fn name(text: &str) -> Result<&str> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > NewMember::NAME_MAX {
        return Err(Error::invalid("member-name").with("max", NewMember::NAME_MAX).at("name"));
    }
    if name.chars().any(char::is_control) { Err(Error::invalid("name-control").at("name")) } else { Ok(name) }
}

fn joined(text: &str, today: BusinessDate) -> Result<Option<BusinessDate>> {
    let day = match text.trim() {
        "" => return Ok(None),
        text => BusinessDate::written(text).map_err(|e| e.at("join_date"))?,
    };
    if day > today { Err(Error::invalid("joined-future").at("join_date")) } else { Ok(Some(day)) }
}

fn phone(text: &str) -> Result<&str> {
    let phone = text.trim();
    if phone.len() > 20 || !phone.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'+') {
        return Err(Error::invalid("member-phone").at("phone"));
    }
    Ok(phone)
}

fn number(text: &str, today: BusinessDate) -> Result<Option<IdNumber>> {
    if text.trim().is_empty() { Ok(None) } else { IdNumber::parse(text)?.born_by(today).map(Some) }
}

fn seal(keys: &Keys, id: MemberId, typed: &Typed<'_>, today: BusinessDate) -> Result<Sealed> {
    let mut sealed = Sealed::default();
    if let Some(number) = number(typed.id_number, today)? {
        sealed.id_sealed = Some(keys.seal(&format!("member|id_number|{id}"), number.secret())?);
        sealed.id_lookup = Some(keys.lookup(ID_LOOKUP, number.secret()));
        sealed.id_masked = number.masked();
    }
    let phone = phone(typed.phone)?;
    if !phone.is_empty() {
        sealed.phone_sealed = Some(keys.seal(&format!("member|phone|{id}"), phone)?);
        sealed.phone_masked = identity::masked_phone(phone);
    }
    Ok(sealed)
}

/// Enters a member in a branch within the grant's reach. `another` says that it is not whoever has this name there already.
///
/// # Errors
/// `member-there` if somebody with this ID number is in a register already, `member-namesake` if the branch has somebody of this
/// name, who may be the same person, and nobody said it is another; out of reach is not found.
pub async fn create(db: &Db, grant: &Grant<MemberWrite>, new: NewMember, another: bool) -> Result<MemberId> {
    let (g, at) = (grant.clone(), Instant::now());
    audit::change(db, grant, async move |tx| {
        g.admits(&tree::node(tx, new.org).await?.path)?;
        store::unentered(tx, &new).await?;
        // Two numbers that differ are two people; where one is not known, only whoever enters them can tell.
        let numbered = new.sealed.id_lookup.is_some();
        let doubtful = |m: &store::Member| !numbered || m.id_masked.is_empty();
        if !another && store::namesakes(tx, new.org, &new.name).await?.iter().any(doubtful) {
            return Err(Error::invalid("member-namesake").with("name", &new.name).at("name").into());
        }
        store::insert(tx, &new, at).await?;
        Ok((new.id, entered(&new)))
    })
    .await
}

/// Enters many at once (imports, the demo): one unit of work, one event that counts them. At most a few hundred a call.
///
/// # Errors
/// As [`create`]; then none is entered.
pub async fn create_many<A: Author>(db: &Db, by: &A, all: Vec<NewMember>) -> Result<usize> {
    let at = Instant::now();
    audit::change(db, by, async move |tx| {
        for new in &all {
            store::insert(tx, new, at).await?;
        }
        Ok((all.len(), Event::new("member.create-many", "members").with("count", all.len())))
    })
    .await
}

/// Changes a member's standing from a day on, with a reason.
///
/// # Errors
/// `member-reason` without one, or for one too long; out of reach is not found.
pub async fn set_status(db: &Db, grant: &Grant<MemberWrite>, id: MemberId, status: Status, reason: &str, day: BusinessDate) -> Result<()> {
    let (g, at, reason) = (grant.clone(), Instant::now(), reason::given(reason, "member-reason")?.to_owned());
    audit::change(db, grant, async move |tx| {
        let member = within(tx, &g, id).await?;
        store::set_status(tx, id, status, &reason, day, at).await?;
        let event = Event::new("member.status", format!("member:{id}")).at(member.org).because(&reason);
        Ok(((), event.field("status", Some(member.status), Some(status.name().into()))))
    })
    .await
}

/// Corrects name, joining day and, if one is given, the phone; an ID number is added where there was none. `seen` marks what the form showed ([`web::seen`]).
///
/// # Errors
/// `member-meanwhile` if somebody has corrected it since; out of reach is not found.
pub async fn correct(db: &Db, grant: &Grant<MemberWrite>, new: NewMember, seen: &str) -> Result<()> {
    let (g, seen) = (grant.clone(), seen.to_owned());
    audit::change(db, grant, async move |tx| {
        let member = within(tx, &g, new.id).await?;
        member.unchanged(&seen, store::phone(tx, new.id).await?.as_deref())?;
        let new = NewMember { org: member.org, ..new.clone() };
        store::correct(tx, &new).await?;
        // No personal value goes into the chain: the name of the field is enough.
        let event = Event::new("member.correct", format!("member:{}", new.id)).at(member.org);
        let changed = [
            ("member-name", new.name != member.name),
            ("join-date", new.joined != member.joined),
            ("phone", new.sealed.phone_sealed.is_some()),
            ("id-number", new.sealed.id_sealed.is_some() && member.id_masked.is_empty()),
        ];
        let changed = changed.into_iter().filter(|(_, changed)| *changed);
        Ok(((), changed.fold(event, |event, (field, _)| event.with(field, true))))
    })
    .await
}

/// Moves a member to another branch from a day on; both branches lie within reach. The posts held in the old one end.
///
/// # Errors
/// `member-there-already` if it is the same branch; `member-move-before` if a later move is entered already;
/// `member-no-branch` if it is no branch.
pub async fn relocate(db: &Db, grant: &Grant<MemberWrite>, id: MemberId, to: OrgId, day: BusinessDate) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let member = within(tx, &g, id).await?;
        // Out of reach is the same as no such branch.
        let to_path = tree::node(tx, to).await?.path;
        g.admits(&to_path).map_err(|_| Error::invalid("member-branch-unknown").at("branch"))?;
        if member.org == to {
            return Err(Error::conflict("member-there-already").into());
        }
        if !branch(tx, to).await? {
            return Err(Error::invalid("member-no-branch").at("branch").into());
        }
        store::relocate(tx, &member, to, day).await?;
        let ended = crate::term::store::end_all(tx, id, member.org, day).await?;
        let event = Event::new("member.move", format!("member:{id}")).at(to);
        Ok(((), event.field("org", Some(member.org.to_string()), Some(to.to_string())).with("posts-ended", ended)))
    })
    .await
}

/// Members stand in branches and, where there are groups, in these; not in committees.
async fn branch(tx: &mut Tx<'_>, org: OrgId) -> db::Result<bool> {
    let found = organisations::named(tx, &[org]).await?;
    Ok(found.first().is_some_and(|o| !matches!(o.kind.as_str(), "611" | "621" | "911" | "921")))
}

async fn within(tx: &mut Tx<'_>, grant: &Grant<MemberWrite>, id: MemberId) -> db::Result<store::Member> {
    let member = store::any(tx, id).await?;
    grant.admits(&tree::node(tx, member.org).await?.path)?;
    Ok(member)
}

/// No personal value goes into the chain: the name of the field is enough.
fn entered(new: &NewMember) -> Event {
    Event::new("member.create", format!("member:{}", new.id)).at(new.org).with("status", new.status.name())
}

//! What the pages, the command line and the import of members do with accounts.
use super::Issued;
use super::handover::{self, Told};
use crate::sign_in::LOGIN_MAX;
use crate::{PeopleManage, second_factor};
use access::{Code, Device, Grant, NewAccount, Roles, System};
use audit::{Author, Event};
use db::{Db, Tx};
use inbox::{Addressee, Notice};
use kernel::{AccountId, Error, Instant, MemberId, NoticeId, Result, TodoId};
use std::sync::Arc;

/// Somebody who is to have an account; parsed.
#[derive(Clone, Debug)]
pub struct NewPerson {
    login: String,
    name: String,
    member: Option<MemberId>,
}

impl NewPerson {
    const NAME_MAX: usize = 40;

    /// # Errors
    /// `account-login` (2 to 64 letters, digits, `.`, `_`, `-`, or Chinese characters) at `login`;
    /// `account-name` at `name`.
    pub fn parse(name: &str, login: &str, member: Option<MemberId>) -> Result<Self> {
        Ok(Self { login: login_of(login)?.into(), name: name_of(name)?.into(), member })
    }
    /// Everything that is wrong with what was typed, each at its field; [`Self::parse`] stops at the first.
    pub fn faults(name: &str, login: &str) -> Vec<Error> {
        [name_of(name).err(), login_of(login).err()].into_iter().flatten().collect()
    }
}

fn name_of(text: &str) -> Result<&str> {
    let name = text.trim();
    let good = !name.is_empty() && name.chars().count() <= NewPerson::NAME_MAX && !name.chars().any(char::is_control);
    if good { Ok(name) } else { Err(Error::invalid("account-name").with("max", NewPerson::NAME_MAX).at("name")) }
}

fn login_of(text: &str) -> Result<&str> {
    let login = text.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    let good = login.chars().count() >= 2 && login.len() <= LOGIN_MAX && login.chars().all(plain);
    if good { Ok(login) } else { Err(Error::invalid("account-login").with("value", login).at("login")) }
}

/// Makes one account.
///
/// # Errors
/// `login-taken` at `login`; `again-codes-shown` if this form was sent before (its code was shown then, and only then).
pub async fn create(db: &Db, grant: &Grant<PeopleManage>, new: NewPerson) -> Result<Issued> {
    let mut issued = create_waiting(db, grant, vec![new]).await?;
    issued.pop().ok_or_else(|| Error::internal("no account"))
}

/// Makes many accounts at once: all or none. The codes are for printing; they are kept nowhere. Whoever makes them gives
/// them their roles too, as the demo does.
///
/// # Errors
/// `login-taken` with the name; `again-codes-shown` if this form was sent before.
pub async fn create_many(db: &Db, by: &impl Author, people: Vec<NewPerson>) -> Result<Vec<Issued>> {
    made(db, by, people, false).await
}

/// The same for accounts that wait for their roles: each is an item of the security administrator's 待办.
///
/// # Errors
/// As [`create_many`].
pub async fn create_waiting(db: &Db, by: &impl Author, people: Vec<NewPerson>) -> Result<Vec<Issued>> {
    made(db, by, people, true).await
}

async fn made(db: &Db, by: &impl Author, people: Vec<NewPerson>, waiting: bool) -> Result<Vec<Issued>> {
    let now = Instant::now();
    let coded: Vec<(AccountId, NewPerson, Code, TodoId)> =
        people.into_iter().map(|p| Ok((AccountId::new(), p, Code::new(now)?, TodoId::new()))).collect::<Result<_>>()?;
    let issued: Vec<Issued> = coded.iter().map(|(id, p, code, _)| Issued::of(*id, &p.login, &p.name, code)).collect();
    let first = issued.first().map(|i| i.id);
    let made: Option<AccountId> = audit::change(db, by, async move |tx| {
        for (id, p, code, todo) in &coded {
            let new = NewAccount { id: *id, login: &p.login, name: &p.name, member: p.member, code: Some(code) };
            access::create(tx, &new, now).await?;
            if waiting {
                handover::wants_role(tx, *todo, *id, &p.name, now).await?;
            }
        }
        let object = first.map_or("account:none".to_owned(), |id| format!("account:{id}"));
        let event = Event::new("account.created", object).with("count", coded.len());
        // Of one, its object names it.
        let logins = coded.iter().map(|(_, p, ..)| p.login.as_str()).collect::<Vec<_>>().join(" ");
        Ok((first, if coded.len() > 1 { event.with("logins", logins) } else { event }))
    })
    .await?;
    // A repeated press gets the first press's accounts, whose codes nobody knows any more.
    if made == first { Ok(issued) } else { Err(Error::conflict("again-codes-shown")) }
}

/// A new code in place of code and password; every session ends, wrong tries are forgotten.
///
/// # Errors
/// Not found; `again-codes-shown` if this form was sent before; `account-administrator` for another kind of administrator.
pub async fn renew(db: &Db, grant: &Grant<PeopleManage>, id: AccountId) -> Result<Issued> {
    renewed(db, grant, id, Some(Hand::of(grant)?), false).await
}

/// The same for the command line, by sign-in name; with `second_factor` the account's device is taken away too.
///
/// # Errors
/// `account-unknown` with the name.
pub async fn reset(db: &Db, by: &System, login: &str, second_factor: bool) -> Result<Issued> {
    let unknown = || Error::invalid("account-unknown").with("login", login);
    let account = access::by_login(db, login.trim()).await?.ok_or_else(unknown)?;
    renewed(db, by, account.id, None, second_factor).await
}

/// Whose accounts somebody at a page may touch. Whoever sets an account's code can sign in by it, so an administrator's
/// account is in no other administrator's hand (三员分立); the server's own operator has the command line.
#[derive(Clone)]
pub(super) struct Hand {
    own: AccountId,
    held: Vec<String>,
    roles: Arc<Roles>,
}

impl Hand {
    pub(super) fn of(grant: &Grant<PeopleManage>) -> Result<Self> {
        let held = grant.caller().posts().iter().map(|h| h.role.clone()).collect();
        Ok(Self { own: grant.account()?, held, roles: grant.caller().roles().clone() })
    }
    /// # Errors
    /// `account-administrator`.
    pub(super) async fn may(&self, tx: &mut Tx<'_>, id: AccountId) -> db::Result<()> {
        let administers = |role: &str| self.roles.get(role).is_some_and(access::Role::is_administrator);
        let posts = if id == self.own { Vec::new() } else { access::posts_of(tx, id).await? };
        match posts.iter().any(|p| administers(&p.role) && !self.held.contains(&p.role)) {
            true => Err(Error::denied("account-administrator").into()),
            false => Ok(()),
        }
    }
}

async fn renewed(db: &Db, by: &impl Author, id: AccountId, hand: Option<Hand>, device: bool) -> Result<Issued> {
    let code = Code::new(Instant::now())?;
    let (until, issuing) = (code.until, code.clone());
    let (login, name, kept) = audit::change(db, by, async move |tx| {
        let account = access::by_id(tx, id).await?;
        if let Some(hand) = &hand {
            hand.may(tx, id).await?;
        }
        access::renew_code(tx, id, &issuing).await?;
        Device::forgive(tx, &account.login).await?;
        let event = Event::new("account.code-renewed", format!("account:{id}"));
        let taken = device && second_factor::take_away(tx, id).await?;
        let event = if taken { event.with("second-factor", "taken") } else { event };
        Ok(((account.login, account.name, crate::hex::of(&issuing.hash)), event))
    })
    .await?;
    if kept == crate::hex::of(&code.hash) {
        Ok(Issued { id, login, name, code: code.text, until })
    } else {
        Err(Error::conflict("again-codes-shown"))
    }
}

/// Takes away the device of somebody who has lost it and their recovery codes: all sessions end, and the next sign-in sets another
/// one where it is asked for.
///
/// # Errors
/// `account-own`: whoever has one's own device shows it, in 我的; `account-administrator` as in [`renew`]; not found without one.
pub async fn take_second_factor(db: &Db, grant: &Grant<PeopleManage>, id: AccountId) -> Result<()> {
    if grant.visitor_or_account() == Some(id) {
        return Err(Error::denied("second-factor-own"));
    }
    let (now, hand, told, notice) = (Instant::now(), Hand::of(grant)?, Told::of_account(), NoticeId::new());
    audit::change(db, grant, async move |tx| {
        hand.may(tx, id).await?;
        if !second_factor::take_away(tx, id).await? {
            return Err(Error::not_found().into());
        }
        access::close_all(tx, id).await?;
        told.tell(tx, id, "notice-account-second-factor", now).await?;
        let to = Addressee::Account(id);
        inbox::tell(tx, &Notice { id: notice, to, key: "notice-second-factor-taken", args: vec![], href: "/me" }, now).await?;
        Ok(((), Event::new("second-factor.taken", format!("account:{id}"))))
    })
    .await
}

/// Disables an account (its sessions and tokens end at once) or enables it again.
///
/// # Errors
/// `account-own` for one's own account: nobody locks themselves out; `account-administrator` as in [`renew`].
pub async fn set_disabled(db: &Db, grant: &Grant<PeopleManage>, id: AccountId, disabled: bool) -> Result<()> {
    if grant.visitor_or_account() == Some(id) {
        return Err(Error::denied("account-own"));
    }
    let (since, now, hand, told) = (disabled.then(Instant::now), Instant::now(), Hand::of(grant)?, Told::of_account());
    audit::change(db, grant, async move |tx| {
        hand.may(tx, id).await?;
        access::set_disabled(tx, id, since).await?;
        handover::looked_at(tx, id, now).await?;
        let (action, key) =
            if disabled { ("account.disabled", "notice-account-disabled") } else { ("account.enabled", "notice-account-enabled") };
        told.tell(tx, id, key, now).await?;
        Ok(((), Event::new(action, format!("account:{id}"))))
    })
    .await
}

/// One page of accounts after a sign-in name, or those that begin with what is looked for.
///
/// # Errors
/// The engine's own.
pub(crate) async fn page(tx: &mut Tx<'_>, like: &str, after: &str, limit: i64) -> db::Result<Vec<access::Account>> {
    match like {
        "" => access::accounts_at(tx, after, limit).await,
        text => access::accounts_like(tx, text, after, limit).await,
    }
}

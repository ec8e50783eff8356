//! Signing in with a password or, the first time, with a one-time code; then with a second factor, where there is one or must be.
//!
//! A code opens no session: whoever brings one may only set a password of their own ([`own_password`]). Nor does a password where a
//! second factor comes after it: between the pages stands a [`ticket`]. Wrong tries are counted by device, so that strangers guessing
//! a name lock out strangers.
mod entered;
pub mod kept;
pub mod own_password;
pub mod own_password_pages;
pub mod pages;
pub mod ticket;

use crate::second_factor::{Admitted, Next, Required, State};
use access::{Account, Code, Counter, Device, Hasher, NewSession, System};
use audit::Event;
use db::{Db, Tx};
use kernel::{AccountId, Error, Instant, Kind, Result, SessionId};
use serde::{Deserialize, Serialize};
use ticket::{Step, Ticket};

/// Where somebody sits.
#[derive(Clone)]
pub struct Browser {
    pub device: Device,
    /// Browser and system, for the list of one's own sessions.
    pub agent: String,
    /// The session this browser still holds; it ends when another begins.
    pub old: Option<(AccountId, SessionId)>,
}

/// Somebody at the door.
pub struct Knock {
    pub login: String,
    pub secret: String,
    pub browser: Browser,
}

/// What the door answers to a right secret.
pub enum Answer {
    In(NewSession),
    /// Another page first.
    Next(Ticket),
}

/// The same, of a unit of work: what comes first, and the mark it is bound to; nothing if a session was opened.
#[derive(Serialize, Deserialize)]
pub(crate) struct Opened(Option<(Step, String)>);

impl Opened {
    pub(crate) fn answer(self, id: AccountId, session: NewSession, device: &Device, now: Instant) -> Answer {
        match self.0 {
            None => Answer::In(session),
            Some((step, mark)) => Answer::Next(Ticket::after_password(id, step, &mark, device, now)),
        }
    }
}

/// Longer names are nobody's, and are not written into the table of tries.
pub const LOGIN_MAX: usize = 64;

/// # Errors
/// `sign-in-wrong` for a name or secret that does not fit (never saying which), `sign-in-locked` with the minutes
/// left after five tries, `busy` when too many passwords are being checked.
pub async fn answer(db: &Db, hasher: &Hasher, required: Required, knock: Knock) -> Result<Answer> {
    if knock.login.is_empty() || knock.login.len() > LOGIN_MAX {
        return Err(wrong());
    }
    let now = Instant::now();
    // In this order: whom the queue sends away costs nothing and has not tried, and what is looked at has been counted before.
    let place = hasher.place()?;
    let account = access::by_login(db, &knock.login).await?.filter(|a| a.disabled.is_none());
    let counter = knock.browser.device.counter(db, &knock.login, account.as_ref().map(|a| a.id)).await?;
    counter.check(db, now).await?;
    counter.count(db, now).await?;
    // Checked even for nobody, against nobody's hash: an unknown name costs the same time.
    let by_password = place.verify(&knock.secret, account.as_ref().and_then(|a| a.password.as_deref())).await?;
    match account {
        Some(a) if by_password => open(db, required, &a, knock.browser, counter, now).await,
        Some(a) if by_code(&a, &knock.secret, now) => code_accepted(db, &a, knock.browser, counter, now).await,
        nobody => refuse(db, nobody.map(|a| a.id)).await,
    }
}

fn wrong() -> Error {
    Error::new(Kind::Denied, "sign-in-wrong")
}

fn by_code(account: &Account, secret: &str, now: Instant) -> bool {
    // Hashes are compared, so that where they differ tells nothing of the code.
    let fits = account.code.as_deref() == Some(Code::hash_of(secret).as_slice());
    fits && account.code_until.is_some_and(|until| until > now)
}

async fn open(db: &Db, required: Required, account: &Account, browser: Browser, counter: Counter, now: Instant) -> Result<Answer> {
    let (new, id, epoch) = (NewSession::new()?, account.id, account.epoch);
    let (session, device) = (new.clone(), browser.device.clone());
    let opened: Opened = audit::change(db, &System::visitor(), async move |tx| {
        // The password may have been changed, or the account disabled, while its hash was being computed.
        if access::by_id(tx, id).await?.epoch != epoch {
            return Err(wrong().into());
        }
        let opened = enter(tx, &required, id, &new, &browser, now).await?;
        // Half way in nothing is forgotten: whoever knows a password would wipe out their wrong codes with it.
        let action = if opened.0.is_none() {
            browser.device.succeeded(tx, &counter, id).await?;
            "sign-in.succeeded"
        } else {
            counter.give_back(tx).await?;
            "sign-in.password-accepted"
        };
        Ok((opened, Event::new(action, format!("account:{id}"))))
    })
    .await?;
    Ok(opened.answer(id, session, &device, now))
}

/// Opens a session for whoever has shown their password, unless a second factor comes first.
pub(crate) async fn enter(
    tx: &mut Tx<'_>,
    required: &Required,
    id: AccountId,
    new: &NewSession,
    browser: &Browser,
    now: Instant,
) -> db::Result<Opened> {
    let state = State::read(tx, id).await?;
    match state.next(tx, required).await? {
        Next::Page(step) => Ok(Opened(Some((step, state.mark())))),
        Next::In(admitted) => {
            begin(tx, &admitted, new, browser, now).await?;
            Ok(Opened(None))
        }
    }
}

/// A session in place of the one this browser held: its name changes whenever somebody signs in.
pub(crate) async fn begin(tx: &mut Tx<'_>, admitted: &Admitted, new: &NewSession, browser: &Browser, now: Instant) -> db::Result<()> {
    if let Some((account, session)) = browser.old {
        access::close(tx, account, session).await?;
    }
    access::open(tx, admitted.account(), new, &browser.agent, now).await
}

async fn code_accepted(db: &Db, account: &Account, browser: Browser, counter: Counter, now: Instant) -> Result<Answer> {
    let (id, ticket) = (account.id, Ticket::of_code(account, now)?);
    audit::change(db, &System::visitor(), async move |tx| {
        browser.device.succeeded(tx, &counter, id).await?;
        Ok(((), Event::new("sign-in.code-accepted", format!("account:{id}"))))
    })
    .await?;
    Ok(Answer::Next(ticket))
}

/// The name that was typed is not written down: people type passwords into that field.
async fn refuse(db: &Db, id: Option<AccountId>) -> Result<Answer> {
    failed(db, id).await?;
    Err(wrong())
}

pub(crate) async fn failed(db: &Db, id: Option<AccountId>) -> Result<()> {
    let object = id.map_or("account:unknown".to_owned(), |id| format!("account:{id}"));
    audit::note(db, &System::visitor(), Event::new("sign-in.failed", object)).await
}

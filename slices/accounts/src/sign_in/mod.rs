//! Signing in with a password or, the first time, with a one-time code.
//!
//! A code opens no session: whoever brings one may only set a password of their own ([`own_password`]), and that
//! signs them in. Wrong tries are counted by device, so that strangers guessing a name lock out strangers.
mod entered;
pub mod kept;
pub mod own_password;
pub mod own_password_pages;
pub mod pages;

use access::{Account, Code, Counter, Device, Hasher, NewSession, System};
use audit::Event;
use db::Db;
use kernel::{AccountId, Error, Instant, Kind, Result, SessionId};

/// Somebody at the door.
pub struct Knock {
    pub login: String,
    pub secret: String,
    pub device: Device,
    /// Browser and system, for the list of one's own sessions.
    pub agent: String,
    /// The session this browser still holds; it ends when another begins.
    pub old: Option<(AccountId, SessionId)>,
}

/// What the door answers to a right secret.
pub enum Answer {
    In(NewSession),
    /// The secret was a one-time code: set a password now.
    SetPassword(own_password::Ticket),
}

/// Longer names are nobody's, and are not written into the table of tries.
pub const LOGIN_MAX: usize = 64;

/// # Errors
/// `sign-in-wrong` for a name or secret that does not fit (never saying which), `sign-in-locked` with the minutes
/// left after five tries, `busy` when too many passwords are being checked.
pub async fn answer(db: &Db, hasher: &Hasher, knock: Knock) -> Result<Answer> {
    if knock.login.is_empty() || knock.login.len() > LOGIN_MAX {
        return Err(wrong());
    }
    let now = Instant::now();
    // In this order: whom the queue sends away costs nothing and has not tried, and what is looked at has been counted before.
    let place = hasher.place()?;
    let account = access::by_login(db, &knock.login).await?.filter(|a| a.disabled.is_none());
    let counter = knock.device.counter(db, &knock.login, account.as_ref().map(|a| a.id)).await?;
    counter.check(db, now).await?;
    counter.count(db, now).await?;
    // Checked even for nobody, against nobody's hash: an unknown name costs the same time.
    let by_password = place.verify(&knock.secret, account.as_ref().and_then(|a| a.password.as_deref())).await?;
    match account {
        Some(a) if by_password => open(db, &a, knock, counter, now).await.map(Answer::In),
        Some(a) if by_code(&a, &knock.secret, now) => code_accepted(db, &a, knock, counter, now).await,
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

async fn open(db: &Db, account: &Account, knock: Knock, counter: Counter, now: Instant) -> Result<NewSession> {
    let new = NewSession::new()?;
    let (session, id, epoch) = (new.clone(), account.id, account.epoch);
    audit::change(db, &System::visitor(), async move |tx| {
        // The password may have been changed, or the account disabled, while its hash was being computed.
        if access::by_id(tx, id).await?.epoch != epoch {
            return Err(wrong().into());
        }
        knock.device.succeeded(tx, &counter, id).await?;
        begin(tx, id, &new, &knock.agent, knock.old, now).await?;
        Ok(((), Event::new("sign-in.succeeded", format!("account:{id}"))))
    })
    .await?;
    Ok(session)
}

/// A session in place of the one this browser held: its name changes whenever somebody signs in.
pub(crate) async fn begin(
    tx: &mut db::Tx<'_>,
    id: AccountId,
    new: &NewSession,
    agent: &str,
    old: Option<(AccountId, SessionId)>,
    now: Instant,
) -> db::Result<()> {
    if let Some((account, session)) = old {
        access::close(tx, account, session).await?;
    }
    access::open(tx, id, new, agent, now).await
}

async fn code_accepted(db: &Db, account: &Account, knock: Knock, counter: Counter, now: Instant) -> Result<Answer> {
    let (id, ticket) = (account.id, own_password::Ticket::of(account, now)?);
    audit::change(db, &System::visitor(), async move |tx| {
        knock.device.succeeded(tx, &counter, id).await?;
        Ok(((), Event::new("sign-in.code-accepted", format!("account:{id}"))))
    })
    .await?;
    Ok(Answer::SetPassword(ticket))
}

/// The name that was typed is not written down: people type passwords into that field.
async fn refuse(db: &Db, id: Option<AccountId>) -> Result<Answer> {
    let object = id.map_or("account:unknown".to_owned(), |id| format!("account:{id}"));
    audit::note(db, &System::visitor(), Event::new("sign-in.failed", object)).await?;
    Err(wrong())
}

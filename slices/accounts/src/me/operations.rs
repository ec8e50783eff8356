//! What people do with their own account. A program with a token does none of it: a token could otherwise
//! make a wider or a longer-lived one.
use crate::second_factor::Admitted;
use crate::sign_in::own_password::faults;
use crate::sign_in::{Browser, begin};
use access::{Device, Grant, Hasher, NewSession, NewToken, SignedIn};
use audit::Event;
use db::Db;
use kernel::{AccountId, Error, Instant, Result, SessionId};
use web::Errors;

/// The account of a person at a browser.
pub(crate) fn person(grant: &Grant<SignedIn>) -> Result<AccountId> {
    if grant.caller().is_bearer() { Err(Error::denied("token-cannot")) } else { grant.account() }
}

/// # Errors
/// `token-cannot`; not found if it is not one of the account's own.
pub async fn end_session(db: &Db, grant: &Grant<SignedIn>, session: SessionId) -> Result<()> {
    let account = person(grant)?;
    audit::change(db, grant, async move |tx| match access::close(tx, account, session).await? {
        0 => Err(Error::not_found().into()),
        _ => Ok(((), Event::new("session.ended", format!("session:{session}")))),
    })
    .await
}

/// Ends every session and token of the account, this one included.
///
/// # Errors
/// `token-cannot`.
pub async fn sign_out_everywhere(db: &Db, grant: &Grant<SignedIn>) -> Result<()> {
    let account = person(grant)?;
    audit::change(db, grant, async move |tx| {
        access::close_all(tx, account).await?;
        Ok(((), Event::new("sign-out.everywhere", format!("account:{account}"))))
    })
    .await
}

/// A token to be made; parsed.
#[derive(Clone)]
pub struct Token {
    name: String,
    role: String,
    days: i64,
}

impl Token {
    const NAME_MAX: usize = 40;

    /// # Errors
    /// `token-name` at `name`; `token-role` at `role` for a role that is not one's own; `token-days` at `days`; all at once.
    pub fn parse(grant: &Grant<SignedIn>, name: &str, role: &str, days: &str) -> std::result::Result<Self, Vec<Error>> {
        let (name, days) = (name.trim(), days.trim().parse().ok().filter(|days| (1..=NewToken::MAX_DAYS).contains(days)));
        let mut wrong = Vec::new();
        if name.is_empty() || name.chars().count() > Self::NAME_MAX {
            wrong.push(Error::invalid("token-name").with("max", Self::NAME_MAX).at("name"));
        }
        if !grant.caller().posts().iter().any(|p| p.role == role) {
            wrong.push(Error::invalid("token-role").at("role"));
        }
        if days.is_none() {
            wrong.push(Error::invalid("token-days").with("max", NewToken::MAX_DAYS).at("days"));
        }
        match days {
            Some(days) if wrong.is_empty() => Ok(Self { name: name.into(), role: role.into(), days }),
            _ => Err(wrong),
        }
    }
}

/// Makes a token for one of the maker's own roles; answers it, to be shown this once.
///
/// # Errors
/// `token-cannot`; `token-shown` if this form was sent before.
pub async fn make_token(db: &Db, grant: &Grant<SignedIn>, asked: Token) -> Result<NewToken> {
    let account = person(grant)?;
    let Token { name, role, days } = asked;
    let (new, now) = (NewToken::new()?, Instant::now());
    let kept = new.clone();
    let made = audit::change(db, grant, async move |tx| {
        access::make_token(tx, account, &new, &name, &role, days, now).await?;
        Ok((new.id, Event::new("token.made", format!("token:{}", new.id)).with("role", &role).with("days", days)))
    })
    .await?;
    if made == kept.id { Ok(kept) } else { Err(Error::conflict("token-shown")) }
}

/// # Errors
/// `token-cannot`; not found if it is not one of the account's own.
pub async fn revoke_token(db: &Db, grant: &Grant<SignedIn>, token: SessionId) -> Result<()> {
    let account = person(grant)?;
    audit::change(db, grant, async move |tx| {
        access::revoke_token(tx, account, token).await?;
        Ok(((), Event::new("token.revoked", format!("token:{token}"))))
    })
    .await
}

/// What a change of password is made of.
pub struct Passwords<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub again: &'a str,
}

/// Changes one's own password: every other session ends, this browser gets a new one. Whoever sits at somebody else's open
/// browser guesses the old one no more often than at the door. All that is wrong is answered at once: `password-old` or
/// `sign-in-locked` at `old`, and the [`faults`] of the new one.
///
/// # Errors
/// `token-cannot`; `busy`.
pub async fn change_password(
    db: &Db,
    hasher: &Hasher,
    grant: &Grant<SignedIn>,
    device: &Device,
    typed: Passwords<'_>,
    agent: String,
) -> Result<std::result::Result<NewSession, Errors>> {
    let id = person(grant)?;
    let admitted = Admitted::again(grant)?;
    let account = db.read(async move |tx| access::by_id(tx, id).await).await?;
    let now = Instant::now();
    let counter = device.counter(db, &account.login, Some(id)).await?;
    let (place, mut errors) = (hasher.place()?, Errors::none());
    if errors.take(counter.count(db, now).await.map_err(|e| e.at("old")))?.is_some() {
        let right = place.verify(typed.old, account.password.as_deref()).await?;
        errors.take(if right { Ok(()) } else { Err(Error::invalid("password-old").at("old")) })?;
    }
    let (known, faults) = (errors.is_empty(), faults(typed.new, typed.again, &account.login));
    if !known || !faults.is_empty() {
        if known {
            counter.forget_one(db).await?;
        }
        faults.into_iter().for_each(|fault| errors.push(fault));
        return Ok(Err(errors));
    }
    let (phc, new, browser) = (hasher.hash(typed.new).await?, NewSession::new()?, Browser { device: device.clone(), agent, old: None });
    let session = new.clone();
    audit::change(db, grant, async move |tx| {
        counter.give_back(tx).await?;
        access::set_password(tx, id, &phc).await?;
        begin(tx, &admitted, &new, &browser, now).await?;
        Ok(((), Event::new("password.changed", format!("account:{id}"))))
    })
    .await?;
    Ok(Ok(session))
}

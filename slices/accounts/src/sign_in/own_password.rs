//! Setting one's own password with a one-time code. The ticket between the two pages is signed and short-lived,
//! and it is bound to the code: once a password is set, or a newer code is issued, it is worth nothing.
use crate::hex;
use access::{Account, Hasher, NewSession, PasswordRule, System};
use audit::Event;
use db::Db;
use installation::Keys;
use kernel::{AccountId, Error, Instant, Kind, Result};

/// Time to think of a password, in seconds.
pub const SECONDS: i64 = 15 * 60;
const PURPOSE: &str = "set-password";

/// The bearer brought the account's one-time code.
#[derive(Clone)]
pub struct Ticket {
    pub account: AccountId,
    code: Vec<u8>,
    until: Instant,
}

impl Ticket {
    /// # Errors
    /// `ticket-gone` if the account has no code.
    pub fn of(account: &Account, now: Instant) -> Result<Self> {
        let code = account.code.clone().ok_or_else(gone)?;
        Ok(Self { account: account.id, code, until: now.plus_minutes(SECONDS / 60) })
    }
    pub fn signed(&self, keys: &Keys) -> String {
        format!("{}.{}.{}", self.account, self.until.0, hex::of(&keys.sign(PURPOSE, &self.text())))
    }
    fn text(&self) -> String {
        format!("{}|{}|{}", self.account, self.until.0, hex::of(&self.code))
    }
    /// Reads a ticket and compares it with what the account's code is now.
    ///
    /// # Errors
    /// `ticket-gone` for one that is forged, too old, or whose code has been used or renewed.
    pub async fn read(db: &Db, keys: &Keys, cookie: &str) -> Result<(Ticket, Account)> {
        let mut parts = cookie.split('.');
        let (Some(id), Some(until), Some(signature)) = (parts.next(), parts.next(), parts.next()) else { return Err(gone()) };
        let (id, until) = (AccountId::parse(id).map_err(|_| gone())?, until.parse().map(Instant).map_err(|_| gone())?);
        let account = db.read(async move |tx| access::by_id(tx, id).await).await.map_err(|_| gone())?;
        let ticket = Ticket { account: id, code: account.code.clone().ok_or_else(gone)?, until };
        let now = Instant::now();
        let good = until > now && account.disabled.is_none() && account.code_until.is_some_and(|u| u > now);
        if good && keys.signed(PURPOSE, &ticket.text(), &hex::read(signature)) { Ok((ticket, account)) } else { Err(gone()) }
    }
}

fn gone() -> Error {
    Error::new(Kind::SignIn, "ticket-gone")
}

/// What is wrong with a new password: all that [`PasswordRule::check`] refuses, and `password-again` at field `again` unless it was
/// typed twice alike.
pub fn faults(password: &str, again: &str, login: &str) -> Vec<Error> {
    let differs = || Error::invalid("password-again").at("again");
    [PasswordRule::check(password, login).err(), (password != again).then(differs)].into_iter().flatten().collect()
}

/// Uses up the code: sets the password and opens the first session.
///
/// # Errors
/// `ticket-gone` if somebody used the code meanwhile; `busy`.
pub async fn set(db: &Db, hasher: &Hasher, ticket: Ticket, password: &str, agent: String) -> Result<NewSession> {
    let (phc, new, now) = (hasher.hash(password).await?, NewSession::new()?, Instant::now());
    let session = new.clone();
    audit::change(db, &System::visitor(), async move |tx| {
        if access::by_id(tx, ticket.account).await?.code.as_deref() != Some(ticket.code.as_slice()) {
            return Err(gone().into());
        }
        access::set_password(tx, ticket.account, &phc).await?;
        access::open(tx, ticket.account, &new, &agent, now).await?;
        Ok(((), Event::new("password.set-with-code", format!("account:{}", ticket.account))))
    })
    .await?;
    Ok(session)
}

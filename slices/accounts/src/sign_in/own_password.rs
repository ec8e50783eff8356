//! Setting one's own password with a one-time code.
use super::ticket::Ticket;
use super::{Answer, Browser, Opened, enter};
use crate::second_factor::{Required, State};
use access::{Hasher, NewSession, PasswordRule, System};
use audit::Event;
use db::Db;
use kernel::{Error, Instant, Result};

/// What is wrong with a new password: all that [`PasswordRule::check`] refuses, and `password-again` at field `again` unless it was
/// typed twice alike.
pub fn faults(password: &str, again: &str, login: &str) -> Vec<Error> {
    let differs = || Error::invalid("password-again").at("again");
    [PasswordRule::check(password, login).err(), (password != again).then(differs)].into_iter().flatten().collect()
}

/// Uses up the code: sets the password and opens the first session, unless a second factor comes first.
///
/// # Errors
/// `ticket-gone` if somebody used the code meanwhile; `busy`.
pub async fn set(db: &Db, hasher: &Hasher, required: Required, ticket: Ticket, password: &str, browser: Browser) -> Result<Answer> {
    let (phc, new, now, id) = (hasher.hash(password).await?, NewSession::new()?, Instant::now(), ticket.account);
    let (session, device) = (new.clone(), browser.device.clone());
    let opened: Opened = audit::change(db, &System::visitor(), async move |tx| {
        ticket.holds(&State::read(tx, id).await?, &browser.device)?;
        access::set_password(tx, id, &phc).await?;
        let opened = enter(tx, &required, id, &new, &browser, now).await?;
        Ok((opened, Event::new("password.set-with-code", format!("account:{id}"))))
    })
    .await?;
    Ok(opened.answer(id, session, &device, now))
}

//! The pages of a sign-in that come after a right password.
use super::{NewDevice, Recovery, State, prove};
use crate::sign_in::ticket::Ticket;
use crate::sign_in::{Browser, begin, failed};
use access::{NewSession, System};
use audit::Event;
use db::Db;
use installation::Keys;
use kernel::{Error, Instant, Result};

/// Somebody who has shown a password, and what they typed beside it.
pub struct Second {
    pub ticket: Ticket,
    pub login: String,
    pub given: String,
    pub browser: Browser,
}

/// Takes the code and opens the session. A try is counted with those of the password, before it is looked at.
///
/// # Errors
/// `second-factor-wrong` at `given`; `sign-in-locked`; `ticket-gone` if the account stands otherwise by now.
pub async fn complete(db: &Db, keys: &Keys, second: Second, now: Instant) -> Result<NewSession> {
    let Second { ticket, login, given, browser } = second;
    let (id, new, keys) = (ticket.account, NewSession::new()?, keys.clone());
    let counter = browser.device.counter(db, &login, Some(id)).await?;
    counter.check(db, now).await?;
    counter.count(db, now).await?;
    let session = new.clone();
    let done: Result<()> = audit::change(db, &System::visitor(), async move |tx| {
        let state = State::read(tx, id).await?;
        ticket.holds(&state, &browser.device)?;
        let (admitted, by) = prove(tx, &keys, &state, &given, now).await?;
        browser.device.succeeded(tx, &counter, id).await?;
        begin(tx, &admitted, &new, &browser, now).await?;
        Ok(((), Event::new("sign-in.succeeded", format!("account:{id}")).with("second-factor", by.word())))
    })
    .await;
    match done {
        Ok(()) => Ok(session),
        Err(e) if e.key == "second-factor-wrong" => {
            failed(db, Some(id)).await?;
            Err(e)
        }
        Err(e) => Err(e),
    }
}

/// Sets the device that was asked for, and opens the session. What is typed here guesses nothing: the page has just shown it.
///
/// # Errors
/// `ticket-gone` if the account stands otherwise by now.
pub(super) async fn set(
    db: &Db,
    ticket: Ticket,
    device: NewDevice,
    recovery: Recovery,
    browser: Browser,
    now: Instant,
) -> Result<NewSession> {
    let (id, new) = (ticket.account, NewSession::new()?);
    let session = new.clone();
    audit::change(db, &System::visitor(), async move |tx| {
        ticket.holds(&State::read(tx, id).await?, &browser.device)?;
        device.put(tx, id, &recovery, now).await?;
        let admitted = super::Admitted::by_new_device(id);
        begin(tx, &admitted, &new, &browser, now).await?;
        Ok(((), Event::new("second-factor.set", format!("account:{id}"))))
    })
    .await?;
    Ok(session)
}

/// What a page answers with the form again; everything else goes its way.
pub(super) fn is_told_beside(e: &Error) -> bool {
    e.field.is_some() || e.kind == kernel::Kind::Denied
}

//! What stands between the pages of a sign-in. A ticket opens no session and one page alone; it is signed, short-lived, and bound to
//! the state it was given in: once that page has done its work it is worth nothing.
use crate::hex;
use crate::second_factor::State;
use access::{Account, Device};
use db::Db;
use installation::Keys;
use kernel::{AccountId, Error, Instant, Kind, Result};
use serde::{Deserialize, Serialize};

/// Time to think of a password or to find one's telephone, in seconds.
pub const SECONDS: i64 = 15 * 60;

/// The page that comes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Step {
    /// Somebody came with a one-time code: a password of their own.
    Password,
    /// The password was right, and there is a second factor: its code.
    Code,
    /// The password was right, and a second factor is asked for that is not there yet.
    SecondFactor,
}

impl Step {
    pub fn page(self) -> &'static str {
        match self {
            Step::Password => "/password",
            Step::Code => "/sign-in/code",
            Step::SecondFactor => "/sign-in/second-factor",
        }
    }
    fn purpose(self) -> &'static str {
        match self {
            Step::Password => "set-password",
            Step::Code => "give-code",
            Step::SecondFactor => "set-second-factor",
        }
    }
}

/// The bearer has come as far as this step.
#[derive(Clone)]
pub struct Ticket {
    pub account: AccountId,
    pub step: Step,
    /// Of the code, or of the account and its device, and of the browser.
    bound: String,
    until: Instant,
}

impl Ticket {
    /// # Errors
    /// `ticket-gone` if the account has no code.
    pub fn of_code(account: &Account, now: Instant) -> Result<Self> {
        Ok(Self::until(account.id, Step::Password, bound_to_code(account)?, now))
    }
    /// After a right password; `mark` is the state's.
    pub fn after_password(account: AccountId, step: Step, mark: &str, device: &Device, now: Instant) -> Self {
        Self::until(account, step, bound_to(mark, device), now)
    }
    fn until(account: AccountId, step: Step, bound: String, now: Instant) -> Self {
        Self { account, step, bound, until: now.plus_minutes(SECONDS / 60) }
    }
    pub fn signed(&self, keys: &Keys) -> String {
        format!("{}.{}.{}", self.account, self.until.0, hex::of(&keys.sign(self.step.purpose(), &self.text())))
    }
    fn text(&self) -> String {
        format!("{}|{}|{}", self.account, self.until.0, self.bound)
    }
    /// Reads a ticket for a step and compares it with how the account stands now.
    ///
    /// # Errors
    /// `ticket-gone` for one that is forged, too old, of another step or browser, or whose state is another by now.
    pub(crate) async fn read(db: &Db, keys: &Keys, step: Step, device: Option<&Device>, cookie: &str) -> Result<(Ticket, State)> {
        let mut parts = cookie.split('.');
        let (Some(id), Some(until), Some(signature)) = (parts.next(), parts.next(), parts.next()) else { return Err(gone()) };
        let (id, until) = (AccountId::parse(id).map_err(|_| gone())?, until.parse().map(Instant).map_err(|_| gone())?);
        let state = db.read(async move |tx| State::read(tx, id).await).await.map_err(|_| gone())?;
        let bound = match step {
            Step::Password => bound_to_code(&state.account)?,
            Step::Code | Step::SecondFactor => bound_to(&state.mark(), device.ok_or_else(gone)?),
        };
        let (ticket, now) = (Ticket { account: id, step, bound, until }, Instant::now());
        let stands = step != Step::Password || state.account.code_until.is_some_and(|u| u > now);
        let good = until > now && state.account.disabled.is_none() && stands;
        if good && keys.signed(step.purpose(), &ticket.text(), &hex::read(signature)) { Ok((ticket, state)) } else { Err(gone()) }
    }
    /// Whether the account still stands as it did, asked within the unit of work that uses the ticket up.
    ///
    /// # Errors
    /// `ticket-gone`.
    pub(crate) fn holds(&self, state: &State, device: &Device) -> Result<()> {
        let bound = match self.step {
            Step::Password => bound_to_code(&state.account)?,
            Step::Code | Step::SecondFactor => bound_to(&state.mark(), device),
        };
        if bound == self.bound && state.account.disabled.is_none() { Ok(()) } else { Err(gone()) }
    }
}

fn bound_to_code(account: &Account) -> Result<String> {
    account.code.as_deref().map(hex::of).ok_or_else(gone)
}

fn bound_to(mark: &str, device: &Device) -> String {
    format!("{mark}|{}", device.cookie)
}

pub(crate) fn gone() -> Error {
    Error::new(Kind::SignIn, "ticket-gone")
}

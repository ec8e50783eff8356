//! Accounts: made one by one or in bulk from members, with one-time codes; reset, disabled, enabled.
//! Nobody ever types a password for another.
pub(crate) mod handover;
mod operations;
pub mod pages;
mod past;

pub(crate) use operations::page;
pub use operations::{NewPerson, create_many, create_waiting, reset, set_disabled};

use access::{Account, Code};
use kernel::{AccountId, Instant};

/// An account with its one-time code, to be shown or printed this once.
#[derive(Clone)]
pub struct Issued {
    pub id: AccountId,
    pub login: String,
    pub name: String,
    pub code: String,
    pub until: Instant,
}

impl Issued {
    pub(crate) fn of(id: AccountId, login: &str, name: &str, code: &Code) -> Self {
        Self { id, login: login.into(), name: name.into(), code: code.text.clone(), until: code.until }
    }
}

/// How an account stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It has a code that still holds and no password.
    Waiting,
    /// Its code ran out before it was used.
    RunOut,
    Active,
    Disabled,
}

impl State {
    pub fn of(account: &Account, now: Instant) -> Self {
        match (account.disabled, &account.password, account.code_until) {
            (Some(_), ..) => State::Disabled,
            (None, Some(_), _) => State::Active,
            (None, None, Some(until)) if until > now => State::Waiting,
            _ => State::RunOut,
        }
    }
    pub fn text(self) -> &'static str {
        match self {
            State::Waiting => "account-waiting",
            State::RunOut => "account-run-out",
            State::Active => "account-active",
            State::Disabled => "account-disabled",
        }
    }
    pub fn kind(self) -> &'static str {
        match self {
            State::Waiting => "info",
            State::RunOut => "warn",
            State::Active => "ok",
            State::Disabled => "bad",
        }
    }
}

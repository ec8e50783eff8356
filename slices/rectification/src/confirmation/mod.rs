//! 无问题 (S33): a branch's list of problems may be empty, but then the branch says so. It is [asked](ask) when a layer was
//! handed in that found nothing, its secretary [confirms](confirm), and a problem opened later [overtakes](overtaken)
//! what was said without erasing it.
pub mod ask;
pub mod confirm;
pub mod list;
pub mod pages;
pub mod store;

pub(crate) use ask::overtaken;
pub use ask::{Asking, ask};
pub use confirm::{confirm, confirm_many};

use kernel::{BusinessDate, Error, Instant, OrgId, OrgPath, Result};

/// Figures of a board: branches that were asked and have not confirmed, and those that have.
pub const WAITING: &str = "no-problems:waiting";
pub const CONFIRMED: &str = "no-problems:confirmed";

/// Where a branch's are shown.
fn href(org: OrgId) -> String {
    format!("/orgs/{org}/confirmations")
}

db::row! {
    /// What a branch was asked, and what it said.
    #[derive(Clone, Debug)]
    pub struct Confirmation {
        pub org: OrgId,
        /// The board it speaks of, e.g. a cycle's id.
        pub board: String,
        /// Counts within branch and board: it may be asked again.
        pub no: i64,
        pub org_code: String,
        /// As it is called today.
        pub org_name: String,
        pub year: i64,
        pub path: OrgPath,
        /// Where it is shown what was looked at; may be empty.
        pub href: String,
        pub state: State,
        pub asked: BusinessDate,
        /// Who confirmed; empty before.
        pub by_name: String,
        pub confirmed: Option<BusinessDate>,
        pub at: Option<Instant>,
        /// The day a problem overtook it.
        pub ended: Option<BusinessDate>,
    }
}

/// Where a confirmation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// 待确认
    Waiting,
    /// 已确认
    Confirmed,
    /// Confirmed once; a problem was found after it.
    Overtaken,
    /// A problem was found before anybody confirmed.
    Dropped,
}

impl State {
    pub const ALL: [State; 4] = [State::Waiting, State::Confirmed, State::Overtaken, State::Dropped];

    /// As stored and as the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Confirmed => "confirmed",
            State::Overtaken => "overtaken",
            State::Dropped => "dropped",
        }
    }
    /// # Errors
    /// `internal`: only this crate writes states.
    pub fn parse(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| Error::internal(format!("confirmation state {name}")))
    }
    /// Key of its word.
    pub fn text(self) -> &'static str {
        match self {
            State::Waiting => "confirmation-waiting",
            State::Confirmed => "confirmation-confirmed",
            State::Overtaken => "confirmation-overtaken",
            State::Dropped => "confirmation-dropped",
        }
    }
    /// Its colour, the same on every page.
    pub fn tag(self) -> &'static str {
        match self {
            State::Waiting => "warn",
            State::Confirmed => "ok",
            State::Overtaken | State::Dropped => "",
        }
    }
    /// The figure it counts in.
    pub(crate) fn metric(self) -> Option<&'static str> {
        match self {
            State::Waiting => Some(WAITING),
            State::Confirmed => Some(CONFIRMED),
            State::Overtaken | State::Dropped => None,
        }
    }
    /// What it becomes when a problem is found.
    pub(crate) fn overtaken(self) -> State {
        if self == State::Confirmed { State::Overtaken } else { State::Dropped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went_and_only_what_stands_is_counted() {
        assert!(State::ALL.iter().all(|s| State::parse(s.name()) == Ok(*s)));
        assert!(State::ALL.iter().all(|s| s.overtaken().metric().is_none()));
    }
}

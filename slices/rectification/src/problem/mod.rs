//! A problem (问题): what it is, what a new one is made of, who acts on it.
pub mod act;
pub mod bulk;
pub mod carry;
pub mod count;
pub mod due;
pub mod figures;
pub mod list;
pub mod matter;
pub mod open;
pub mod owner;
pub mod reminder;
pub mod state;
mod statement;
pub mod step;
pub mod store;

use access::{Grant, Permission, System};
use audit::Author;
use calendar::{Calendar, Due, Mode};
use kernel::{AccountId, BusinessDate, Instant, OrgId, OrgPath, Points, ProblemId};
use serde::{Deserialize, Serialize};
use state::State;

db::row! {
    /// A problem as it stands.
    #[derive(Clone, Debug)]
    pub struct Problem {
        pub id: ProblemId,
        /// What people call it by: `<org code>-<year>-<4 digits>`.
        pub number: String,
        pub org: OrgId,
        /// As it is called today, like everywhere: a problem is found under the name that people know.
        pub org_name: String,
        pub year: i64,
        /// The board its figures are kept on, e.g. a cycle's id.
        pub board: String,
        /// Key of the source's name: `source-acceptance` …
        pub source: String,
        /// Where its derivation is shown; may be empty.
        pub href: String,
        pub item: String,
        pub title: String,
        pub text: String,
        pub lost: Points,
        pub raised_by: Option<AccountId>,
        pub raised_name: String,
        pub opened: BusinessDate,
        pub workdays: i64,
        /// The last day the scheme allows.
        pub latest: BusinessDate,
        /// A day on the way to `latest` lies in a year whose holidays are not published yet.
        pub provisional: bool,
        pub due: BusinessDate,
        /// The owner's account, if the person has one.
        pub owner: Option<AccountId>,
        /// Empty: whoever is the branch's secretary.
        pub owner_name: String,
        pub measure: String,
        pub state: State,
        /// What was done, as submitted.
        pub closing: String,
        /// Who submitted the closure: somebody else verifies.
        pub closer: Option<AccountId>,
        /// How many steps it has behind it.
        pub steps: i64,
    }
}

/// What another module opens.
#[derive(Clone, Debug)]
pub struct NewProblem {
    pub org: OrgId,
    pub org_code: String,
    /// The branch's place in the cycle; kept for its figures, whatever moves later.
    pub path: OrgPath,
    pub year: i64,
    /// The board its figures are kept on, e.g. a cycle's id.
    pub board: String,
    /// Key of the source's name: `source-acceptance` …
    pub source: &'static str,
    /// Where its derivation is shown; empty if nowhere.
    pub href: String,
    /// The indicator, or what else it is about: one problem per item, branch and board.
    pub item: String,
    pub title: String,
    pub text: String,
    pub lost: Points,
    /// Working days allowed (the scheme's `rectify_workdays`).
    pub workdays: u32,
}

/// The due date of a problem opened on `day`: the day itself does not count.
pub fn due_of(calendar: &Calendar, day: BusinessDate, workdays: u32) -> Due {
    calendar.add(day, workdays, Mode::Exclusive)
}

/// Who acts, as the timeline will say.
#[derive(Clone, Debug)]
pub struct By {
    pub account: Option<AccountId>,
    pub name: String,
    pub day: BusinessDate,
    pub at: Instant,
}

impl By {
    pub fn of<P: Permission>(grant: &Grant<P>, day: BusinessDate) -> Self {
        Self { account: grant.visitor_or_account(), name: grant.name(), day, at: Instant::now() }
    }
    pub fn system(system: &System, day: BusinessDate) -> Self {
        Self { account: None, name: system.name(), day, at: Instant::now() }
    }
}

/// What steps change, and 撤销 puts back.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Changing {
    pub state: String,
    pub owner: Option<AccountId>,
    pub owner_name: String,
    pub measure: String,
    pub due: BusinessDate,
    pub closing: String,
    pub closer: Option<AccountId>,
}

impl Problem {
    /// What is wrong. Many who write it begin with the indicator's title, which stands above it.
    pub fn said(&self) -> &str {
        const PARTING: [char; 11] = ['：', ':', '，', ',', '。', '；', ';', '—', '-', ' ', '\u{3000}'];
        match self.text.strip_prefix(&self.title) {
            Some(rest) if rest.is_empty() || rest.starts_with(PARTING) => rest.trim_start_matches(PARTING),
            _ => &self.text,
        }
    }
    pub fn changing(&self) -> Changing {
        Changing {
            state: self.state.name().into(),
            owner: self.owner,
            owner_name: self.owner_name.clone(),
            measure: self.measure.clone(),
            due: self.due,
            closing: self.closing.clone(),
            closer: self.closer,
        }
    }
    /// # Errors
    /// `internal` if the state has no name; only this crate writes it.
    pub fn with(&self, c: Changing) -> kernel::Result<Problem> {
        let (state, owner, owner_name) = (State::parse(&c.state)?, c.owner, c.owner_name);
        Ok(Problem { state, owner, owner_name, measure: c.measure, due: c.due, closing: c.closing, closer: c.closer, ..self.clone() })
    }
}

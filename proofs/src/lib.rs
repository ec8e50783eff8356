//! What the built program withstands, proved from outside: it is driven over HTTP by people who remember every answer, then
//! something terrible happens, and what is there is compared with what was said.
//!
//! A proof is a module with `rows(how)`; each row is one line, and each has a **control** beside it: the same program with a
//! planted defect (`platform/db/src/planted.rs`), which must lose. A row whose control loses nothing proves nothing and fails.
//!
//! Read in this order: [`stage`] (a province and 32 people) → [`work`] (what they do and remember) → [`check`] (what is there)
//! → [`kill9`] (the simplest proof). [`program`], [`postgres`] start what is driven.
#![allow(clippy::restriction, reason = "a proof stops at the first thing that is not as it should be")]

pub mod api;
pub mod audit;
pub mod cells;
pub mod check;
#[path = "../../leitu/tests/load/client.rs"]
pub mod client;
pub mod crowds;
pub mod deep;
pub mod dice;
pub mod drills;
pub mod failover;
pub mod faults;
pub mod files;
pub mod flow;
pub mod fuse;
pub mod hostile;
pub mod kill9;
pub mod kill9pg;
pub mod migrations;
pub mod outbound;
pub mod parsers;
pub mod people;
pub mod personal;
pub mod postgres;
pub mod powercut;
pub mod probe;
pub mod program;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../../leitu/tests/load/province.rs"]
mod province;
pub mod report;
mod second_factor;
pub mod sender;
pub mod signin;
pub mod slow;
pub mod stage;
pub mod stale;
pub mod storm;
pub mod tamper;
mod telephone;
pub mod telling;
pub mod twins;
pub mod unheard;
pub mod visitor;
pub mod volatile;
pub mod volume;
pub mod weigh;
pub mod work;

use report::Row;

/// How much is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A few of each, for every test run.
    Short,
    /// As many as are promised.
    Long,
    /// This many, for whoever looks for something.
    Times(usize),
}

impl Size {
    /// Rows that cost more than a test run can give are left to the long form.
    pub fn is_short(self) -> bool {
        self == Size::Short
    }
    pub fn of(self, short: usize, long: usize) -> usize {
        match self {
            Size::Short => short,
            Size::Long => long,
            Size::Times(n) => n,
        }
    }
}

/// Names of all proofs.
pub const NAMES: [&str; 14] = [
    "kill9",
    "powercut",
    "faults",
    "postgres",
    "audit",
    "signin",
    "slow",
    "files",
    "personal",
    "outbound",
    "migrations",
    "drills",
    "api",
    "parsers",
];

/// Runs one proof; `None` if there is none of that name.
pub async fn run(name: &str, size: Size) -> Option<Vec<Row>> {
    Some(match name {
        "kill9" => kill9::rows(size).await,
        "faults" => faults::rows(size).await,
        "postgres" => failover::rows(size).await,
        "powercut" => powercut::rows(size).await,
        "audit" => audit::rows(size).await,
        "signin" => signin::rows(size).await,
        "slow" => slow::rows(size).await,
        "files" => files::rows(size).await,
        "migrations" => migrations::rows(size).await,
        "drills" => drills::rows(size).await,
        "personal" => personal::rows(size).await,
        "outbound" => outbound::rows(size).await,
        "api" => api::rows(size).await,
        "parsers" => parsers::rows(size),
        _ => return None,
    })
}

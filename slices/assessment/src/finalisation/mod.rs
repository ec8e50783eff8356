//! 定稿 by two accounts: one [proposes](propose) it when publicity is over, another [decides](decide). Only approval makes
//! the results final; a refusal carries its reason and ends the proposal.
pub mod decide;
mod pages;
pub mod propose;
pub mod store;

pub use decide::{Ruling, refuse};
pub use propose::propose;

use kernel::{AccountId, CycleId, Error, Result};
use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess/{cycle}/final", pages::page)
        .post("/assess/{cycle}/final", pages::propose)
        .post("/assess/{cycle}/final/decision", pages::decide)
}

/// Where it is shown.
pub fn href(cycle: CycleId) -> String {
    format!("/assess/{cycle}/final")
}

/// The matter of a cycle's proposal, by which its todo is found again.
fn matter(cycle: CycleId) -> String {
    format!("cycle:{cycle}:final")
}

/// A second person is another account, whatever roles the first one holds.
///
/// # Errors
/// `final-own`.
fn second_person(proposed_by: AccountId, decides: Option<AccountId>) -> Result<AccountId> {
    decides.filter(|d| *d != proposed_by).ok_or_else(|| Error::denied("final-own"))
}

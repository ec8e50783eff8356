//! Review (审定): what branches claim, how the layers differ, and what the committee adjusts with a second person.
//!
//! - [`claim`] is the branch's; [`layers`] and [`survey`] put the layers beside each other; [`explanation`] answers a difference;
//! - [`change`] → [`effect`] (what it would do) → [`propose`] (first person) → [`decide`] (second person) is an adjustment's life;
//! - [`open_matters`] says what stops the cycle from moving on.
pub mod api;
pub mod change;
pub mod claim;
mod claims;
pub mod decide;
mod decision;
pub mod effect;
pub mod explanation;
mod export;
pub mod layers;
mod list;
mod pages;
pub mod propose;
pub mod rules;
pub mod sight;
pub mod store;
pub mod survey;
mod view;

use crate::sheet::write::Hand;
use access::{Grant, Permission};
use kernel::Result;
use web::{Routes, Ui};

pub use survey::{OpenMatters, View, open_matters};
pub use view::{Options, options};

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/sheets/{sheet}/claims", claims::page)
        .post("/sheets/{sheet}/claims", claims::save)
        .post("/sheets/{sheet}/claims/{item}/evidence", claims::upload)
        .post("/sheets/{sheet}/claims/{item}/removal", claims::uncite)
        .get("/assess/{cycle}/review", list::page)
        .get("/assess/{cycle}/review/export", export::get)
        .get("/sheets/{sheet}/review", pages::page)
        .post("/sheets/{sheet}/adjustments", pages::propose)
        .post("/sheets/{sheet}/explanations", pages::explain)
        .get("/adjustments/{adjustment}", decision::page)
        .post("/adjustments/{adjustment}/decision", decision::decide)
        .api_get::<api::__path_adjustments, _, _, _>(api::adjustments)
}

/// Who writes on these pages.
pub(crate) fn hand<P: Permission>(ui: &Ui, grant: &Grant<P>) -> Result<Hand> {
    Ok(Hand { account: Some(grant.account()?), name: grant.caller().name().to_owned(), source: "page", today: ui.today() })
}

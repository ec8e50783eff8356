//! Publicity (公示): what the cycle has come to, readable by everybody under its root, and the objections to it.
//!
//! An [`objection`](raise) goes to the committee, is [answered](answer) in writing and, if upheld, becomes a proposal that a
//! second person approves like any other. [`unanswered`] says what stops the cycle from becoming final.
pub mod answer;
pub mod api;
mod objection;
mod objections;
mod pages;
pub mod raise;
pub mod rules;
pub mod sight;
pub mod store;

use web::Routes;

pub use store::unanswered;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess/{cycle}/publicity", pages::page)
        .get("/assess/{cycle}/publicity/print", pages::print)
        .get("/assess/{cycle}/objections", objections::page)
        .post("/assess/{cycle}/objections", pages::object)
        .get("/objections/{objection}", objection::page)
        .post("/objections/{objection}/answer", objection::answer)
        .api_get::<api::__path_publicity, _, _, _>(api::publicity)
        .api_get::<api::__path_objections, _, _, _>(api::objections)
}

//! Publicity (公示): what the cycle has come to, readable by everybody under its root, and the objections to it.
//!
//! An [`objection`](raise) goes to the committee, is [answered](answer) in writing and, if upheld, becomes a proposal that a
//! second person approves like any other. [`unanswered`] says what stops the cycle from becoming final. What is shown is
//! [computed](publicise) as 定稿 would and kept.
mod announce;
pub mod answer;
pub mod api;
pub(crate) mod kept;
mod objection;
mod objections;
mod pages;
mod paper;
mod publicise;
pub mod raise;
mod redate;
mod rows;
pub mod rules;
pub mod sight;
pub mod store;

use db::{Result, Tx};
use kernel::{CycleId, Error};
use web::Routes;

pub(crate) use announce::{News, announce};
pub use publicise::publicise;
pub use redate::Redating;
pub use store::unanswered;

/// Whether publicity may end in a final result: every objection answered, every proposal decided.
///
/// # Errors
/// `objections-open` or `proposals-open` with how many.
pub async fn may_end(tx: &mut Tx<'_>, cycle: CycleId) -> Result<()> {
    hinders(tx, cycle).await?.into_iter().next().map_or(Ok(()), |e| Err(e.into()))
}

/// All that [`may_end`] waits for.
///
/// # Errors
/// The engine's own.
pub(crate) async fn hinders(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<Error>> {
    let (objections, proposals) = (unanswered(tx, cycle).await?, crate::review::survey::waiting(tx, cycle).await?);
    let open = [("objections-open", objections), ("proposals-open", proposals)];
    Ok(open.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| Error::conflict(key).with("n", n)).collect())
}

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess/{cycle}/publicity", pages::page)
        .get("/assess/{cycle}/publicity/print", paper::print)
        .get("/assess/{cycle}/objections", objections::page)
        .post("/assess/{cycle}/objections", pages::object)
        .get("/objections/{objection}", objection::page)
        .post("/objections/{objection}/answer", objection::answer)
        .api_get::<api::__path_publicity, _, _, _>(api::publicity)
        .api_get::<api::__path_objections, _, _, _>(api::objections)
}

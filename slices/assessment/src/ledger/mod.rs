//! The ledger (台账): every branch's result of a year beside the year before, who moved up or down, and what it aims at.
pub mod concern;
pub mod export;
pub mod file;
mod own;
pub mod pages;
pub mod panel;
mod past;
pub mod store;
pub mod target;
pub mod years;

pub use export::{Filter, Kind, export_ledger, write_lines};
pub use past::import_ledger;
pub use years::{Year, history};

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/ledger", pages::page)
        .get("/ledger/file", file::get)
        .get("/ledger/years/{year}", years::page)
        .post("/ledger/targets", target::post)
}

//! Facts and layers from files (xlsx, csv; one value a row, or one branch a row).
//!
//! [`read`] goes through the file once and checks every cell; good rows wait in a table nobody reads. Only if the whole
//! file is good does one event make the import valid, and [`apply`] carries the waiting rows over in chunks. A process
//! killed before the event leaves nothing; one killed after it is continued by [`resume`].
mod apply;
pub mod pages;
mod read;
mod row;
mod sent;
mod store;

pub use apply::{discard_abandoned, resume};
pub use read::{Outcome, Refused, Take, import_facts, import_scores};

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment").get("/assess/{cycle}/imports", pages::page).post("/assess/{cycle}/imports", pages::create)
}

//! The installation's calendar of working days: what the State Council has published (放假安排), year by year.
//! A year not yet published is answered as provisional; bringing it in recounts the dates that were.
mod import;
mod kept;
pub mod pages;
mod recount;
mod store;

pub use import::{Imported, Source, import, seed};
pub use kept::{Kept, calendar};
pub(crate) use recount::Recount;
pub use recount::{Recompute, recount};

//! The ledger (台账): every branch's result of a year beside the year before, who moved up or down, and what it aims at.
pub mod export;

pub use export::{Filter, Kind, export_ledger, write_lines};

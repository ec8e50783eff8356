//! A problem: a lost point to be put right, with an owner, a date, a measure, and somebody else who verifies.
pub mod act;
pub mod evidence;
pub mod open;
pub mod pages;
pub mod sight;
pub mod state;
pub mod store;

//! The audit log, for the audit administrator: read by object, person and day, given to a verifier, and
//! signed from time to time.
pub mod checkpoints;
pub mod concern;
pub mod export;
pub mod history;
pub mod names;
pub mod pages;
pub mod words;

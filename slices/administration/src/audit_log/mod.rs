//! The audit log, for the audit administrator: read by object, person and day, and given to a verifier.
pub mod export;
pub mod pages;

//! Who holds which role where. The security administrator gives and ends roles, never their own;
//! ended ones are kept.
mod operations;
pub mod pages;
pub mod permissions_page;

pub use operations::{appoint, end};

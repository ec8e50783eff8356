//! What tests stand on: both engines, the whole application over one of them.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "in a test, what is missing is a failure")]
mod app;
mod browser;
mod engines;
mod lying;

pub use app::{Answer, PLATFORM, Person, TestApp};
pub use browser::Browser;
pub use engines::{Engine, engines, on_both};
pub use lying::lying;

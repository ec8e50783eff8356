//! What tests stand on: engines, application, builders
mod engines;

pub use engines::{Engine, engines, on_both};

//! Scores: what each layer gave each indicator, by whom, when and why. Nothing overwrites another layer, and within
//! a layer the older value stays in history.
pub mod store;

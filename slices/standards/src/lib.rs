//! Regulations, rules and schemes as editions
pub mod edition;
pub mod shipped;

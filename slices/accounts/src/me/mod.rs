//! 我的: one's own sessions, tokens, roles and password.
mod operations;
pub mod pages;
pub mod password_pages;
pub mod token_pages;

pub(crate) use operations::person;

//! Suggestions and complaints from the footer of every page. Whoever writes stays unknown unless they say who they
//! are: neither their account nor their browser is kept with what they wrote.
pub mod form;
mod operations;
pub mod pages;
mod sight;
mod store;

pub use operations::{Written, send};
pub use sight::Seen;

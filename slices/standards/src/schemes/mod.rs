//! Published schemes (考评细则): kept, checked and shown. What one is, is in the crate `scheme`.
mod publish;
mod report;
mod store;

pub use publish::publish;
pub use report::{Report, check_shipped, publish_file};
pub use store::{SchemeLine, named, newest, scheme, schemes};

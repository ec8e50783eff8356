//! Published editions: kept, read and shown. What one is, is in [`crate::edition`].
//!
//! Editions belong to the whole installation and are read by everybody who is signed in, so nothing here has a scope.
mod publish;
mod store;

pub use publish::{Published, publish};
pub(crate) use store::published;
pub use store::{candidates, edition, editions, id_of, shelf};

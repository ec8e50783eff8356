//! The chain of events and its checkpoints: what hangs on what, how it is signed, and how all of it is checked. Nothing
//! here knows a database, so whoever has an exported file and a checkpoint that was kept elsewhere needs only this.
//!
//! Events hang on one another within a *segment* (one writing connection of one process). A bare chain shows that nothing
//! in its middle was changed; it does not show that its end was kept, nor that it is the first one ever written. So the
//! *heads* of all segments are signed from time to time, and a copy of that *checkpoint* is kept where whoever can write
//! the database cannot reach.
mod checkpoint;
mod columns;
mod file;
mod head;
mod hex;
mod key;
mod link;
mod verifier;

pub use checkpoint::{Checkpoint, Kept};
pub use columns::{Columns, unlike};
pub use file::{Writer, verify_file};
pub use head::{Head, Heads};
pub use key::{PublicKey, Signer};
pub use link::{Row, link};
pub use verifier::{Broken, Verifier, Whole};

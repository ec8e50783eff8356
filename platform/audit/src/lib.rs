//! No change without an event. [`change`] is the only way slices write, and it wants the event back.
//!
//! The event is written in the change's own transaction and chained to the one before it on the same writing
//! connection (a *segment*); one head for everybody would serialise all writers.
//! From time to time the heads of all segments are signed ([`checkpoint`]); what hangs on what, and how it is checked, is
//! the crate [`chain`]'s, which needs no database.
mod author;
mod change;
pub mod checkpoint;
mod event;
mod export;
mod read;
mod repeat;
mod verify;
mod walk;

pub use author::{Author, Identity, Part};
pub use chain::{Broken, Kept, PublicKey, Signer, Whole, verify_file};
pub use change::{change, note, refuse, stage};
pub use event::Event;
pub use export::export;
pub use read::{Line, Place, Wanted, between, deeds, history, last, lines};
pub use repeat::is_done;
pub use verify::{verify, verify_against};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0004_audit", sql: include_str!("../migrations/0004_audit.sql") },
    Migration { name: "0172_audit_checkpoint", sql: include_str!("../migrations/0172_audit_checkpoint.sql") },
    Migration { name: "0182_repeat_keyed", sql: include_str!("../migrations/0182_repeat_keyed.sql") },
    Migration { name: "0183_fewer_pages", sql: include_str!("../migrations/0183_fewer_pages.sql") },
];

/// The installation's key for checkpoints.
///
/// # Errors
/// Internal, if the library refuses it.
pub fn signer(keys: &installation::Keys) -> kernel::Result<Signer> {
    Signer::of(&keys.secret("audit-checkpoint"))
}

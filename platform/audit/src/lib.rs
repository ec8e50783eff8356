//! No change without an event. [`change`] is the only way slices write, and it wants the event back.
//!
//! The event is written in the change's own transaction and chained to the one before it on the same writing
//! connection (a *segment*); one head for everybody would serialise all writers.
mod author;
mod chain;
mod change;
mod event;
mod read;
mod verify;

pub use author::{Author, Identity};
pub use chain::{Link, link};
pub use change::{change, note, stage};
pub use event::Event;
pub use read::{Line, Place, Wanted, history, last, lines};
pub use verify::{Broken, Whole, export, verify, verify_file};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0004_audit", sql: include_str!("../migrations/0004_audit.sql") }];

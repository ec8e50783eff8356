//! 待办 and 通知: what somebody has to do next, and what they should know.
//!
//! A matter is addressed to an account or to a post (a role at an organisation), so that a new secretary
//! finds what the old one left. Whoever hands a matter over calls [`hand`] in their own unit of work and
//! [`settle`] when it is done; the shell only counts.
mod addressee;
mod notice;
mod todo;

pub use addressee::Addressee;
pub use notice::{Notice, NoticeLine, notices, tell};
pub use todo::{Todo, TodoLine, count, done, hand, open, progress, remind, reminded, sent, settle, settle_all};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0005_inbox", sql: include_str!("../migrations/0005_inbox.sql") },
    Migration { name: "0181_todo_progress", sql: include_str!("../migrations/0181_todo_progress.sql") },
];

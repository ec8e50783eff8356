//! Search by name, pinyin, initials and code: `ljg` finds 刘建国, `建国` finds him, and so does `liujian`.
//!
//! **How.** An entry is found by terms: every end of its name (刘建国, 建国, 国), the same as initials (ljg, jg, g) and as
//! pinyin (liujianguo, jianguo, guo), its code; and with a rare character written as its parts. A word of the query is a
//! prefix of a term, so any part of a name is a range of the key `(term, entry)`, on both engines alike and without full text.
//!
//! **Scope.** Results carry no path (a move would change thousands of rows); they carry the organisation, and where it
//! stands is asked of `tree` when they are found. A small scope (at most [`find::SMALL`] organisations) is read by its
//! organisations and matched in memory; a large one is read along the term's range, page by page, keeping what the scope
//! covers. Nothing outside the scope is returned or counted, and there is no total.
mod entry;
mod find;
mod parts;
mod phonetic;
mod terms;

pub use entry::{Entry, put, remove};
pub use find::{Hit, Sight, find};
pub use phonetic::sort_key;
pub use terms::{Text, fits};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0006_search", sql: include_str!("../migrations/0006_search.sql") }];

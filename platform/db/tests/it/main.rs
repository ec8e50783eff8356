//! The same promises kept on both engines.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "here writing itself is what is tested, and what is missing fails")]
mod ahead;
mod chain;
mod changes;
mod concurrency;
mod copies;
mod each;
#[path = "../../../testkit/src/engines.rs"]
mod engines;
mod files;
mod migrating;
mod text;

use db::Migration;

/// A table for most of the tests.
const NOTES: &[Migration] = &[Migration {
    name: "0001_note",
    sql: "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, raw BLOB, open BOOLEAN);
          CREATE TABLE remark (id SERIAL KEY, note INTEGER NOT NULL REFERENCES note(id), text TEXT)",
}];

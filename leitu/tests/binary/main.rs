//! The built program from outside: commands, doors, files, kills.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod answers;
mod audit_log;
mod backups;
mod bad_files;
mod commands;
#[path = "../../../platform/tabular/tests/it/craft/book.rs"]
mod craft;
mod equal_imports;
mod imports;
mod killed;
mod killed_import;
#[path = "../load/mod.rs"]
mod load;
mod program;
mod read_table;
mod serving;

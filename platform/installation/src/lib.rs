//! What this installation is: its name and area, its keys, and the business date it lives under.
mod keys;
mod record;

pub use keys::Keys;
pub use record::{Installation, Kind, clock, describe, found, founded, move_date};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0001_installation", sql: include_str!("../migrations/0001_installation.sql") }];

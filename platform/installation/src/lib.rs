//! What this installation is: its name and area, its keys, and the business date it lives under.
mod fit;
mod keys;
mod record;

pub use fit::{fit, keys_for};
pub use keys::Keys;
pub use record::{Installation, Kind, clock, describe, follow, found, move_date, stands};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_installation", sql: include_str!("../migrations/0001_installation.sql") },
    Migration { name: "0170_key_mark", sql: include_str!("../migrations/0170_key_mark.sql") },
    Migration { name: "0171_installation_day", sql: include_str!("../migrations/0171_installation_day.sql") },
];

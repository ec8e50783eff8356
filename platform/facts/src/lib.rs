//! Facts (数据项): metric values of a branch for a year. Any module records them; scoring reads nothing else.
//!
//! A value recorded (imported, or written by a module) wins over one a [`Supplier`] works out from the registers.
//! Each carries its source and two dates: when it was true, and when it was received.
mod gather;
mod record;
mod supplier;

pub use gather::{Gathered, Known, supplied, with_recorded};
pub use record::{Fact, NewFact, Value, ahead, of, past, record, record_many, values};
pub use supplier::{Supplied, Supplier, Suppliers, Why, Work};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0007_facts", sql: include_str!("../migrations/0007_facts.sql") }];

//! Cycles, sheets, draws, results and the ledger.
pub mod cycle;
pub mod score;
pub mod sheet;

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0140_assessment", sql: include_str!("../migrations/0140_assessment.sql") }];

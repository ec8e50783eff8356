//! Cycles, sheets, draws, results and the ledger.
//!
//! Read in the order of a year: [`cycle`] (opened, moved through its phases) → [`sheet`] (self-assessment, acceptance,
//! re-check) → review, publicity → result, ledger. [`score`] keeps what each layer gave.
pub mod cycle;
mod file;
mod problems;
pub mod score;
pub mod sheet;
mod sight;

use db::Migration;
use web::{Routes, Slice};

access::permissions! {
    /// Read sheets of one's subtree.
    SheetRead = "assessment.sheet.read";
    /// Fill a branch's self-assessment.
    SelfAssess = "assessment.self.write";
    /// Return a submitted self-assessment.
    SelfReturn = "assessment.self.return";
    /// Score on site the sheets one's team has been given.
    Inspect = "assessment.inspect";
}

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0140_assessment", sql: include_str!("../migrations/0140_assessment.sql") }];

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("assessment").merge(sheet::routes()).merge(file::routes()),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/assessment.ftl")),
            ("en", include_str!("../../../content/locales/en/assessment.ftl")),
        ],
        menu: vec![],
        panels: vec![],
        sights: vec![Box::new(sight::Seen)],
        workers: vec![],
    }
}

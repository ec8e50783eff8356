//! Cycles, sheets, draws, results and the ledger.
//!
//! Read in the order of a year: [`cycle`] (opened, moved through its phases) → [`sheet`] (self-assessment, acceptance,
//! re-check) → [`review`], [`publicity`] → [`finalisation`] → [`result`], [`ledger`]. [`score`] keeps what each layer gave.
mod beginnings;
pub mod carried;
pub mod cycle;
pub mod draw;
mod file;
pub mod finalisation;
pub mod import;
pub mod inspection;
pub mod ledger;
mod named;
mod problems;
pub mod publicity;
mod recount;
pub mod result;
pub mod review;
pub mod score;
pub mod sheet;
mod sight;
pub mod why;

pub use beginnings::Beginnings;
pub use ledger::concern::OfBranch as BranchYears;
pub use named::Named;
pub use recount::recount;

use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// Open cycles, move them on, give late permissions.
    CycleLead = "assessment.cycle.lead", publishes;
    /// See cycles one's branches take part in.
    CycleRead = "assessment.cycle.read";
    /// Read sheets of one's subtree.
    SheetRead = "assessment.sheet.read";
    /// Fill a branch's self-assessment.
    SelfAssess = "assessment.self.write";
    /// Return a submitted self-assessment.
    SelfReturn = "assessment.self.return";
    /// Enter the number that completes a draw: the second person.
    DrawSecond = "assessment.draw.second";
    /// Read the ledger of one's subtree.
    LedgerRead = "assessment.ledger.read";
    /// Set a branch's target.
    TargetWrite = "assessment.target.write";
    /// Score on site the sheets one's team has been given.
    Inspect = "assessment.inspect";
    /// Read what the committee reviews: layers beside each other, claims, adjustments.
    ReviewRead = "assessment.review.read";
    /// Explain differences, propose adjustments, answer objections.
    Review = "assessment.review";
    /// Approve or reject, as the second person.
    Approve = "assessment.approve", publishes;
}

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0140_assessment", sql: include_str!("../migrations/0140_assessment.sql") },
    Migration { name: "0141_results", sql: include_str!("../migrations/0141_results.sql") },
    Migration { name: "0148_intake_beat", sql: include_str!("../migrations/0148_intake_beat.sql") },
    Migration { name: "0149_finalisation", sql: include_str!("../migrations/0149_finalisation.sql") },
    Migration { name: "0150_assignment_cycle", sql: include_str!("../migrations/0150_assignment_cycle.sql") },
    Migration { name: "0151_drawn", sql: include_str!("../migrations/0151_drawn.sql") },
    Migration { name: "0152_carrying", sql: include_str!("../migrations/0152_carrying.sql") },
    Migration { name: "0153_result_digest", sql: include_str!("../migrations/0153_result_digest.sql") },
    Migration { name: "0154_publicised", sql: include_str!("../migrations/0154_publicised.sql") },
    Migration { name: "0155_code_order", sql: include_str!("../migrations/0155_code_order.sql") },
    Migration { name: "0156_sheet_star", sql: include_str!("../migrations/0156_sheet_star.sql") },
    Migration { name: "0157_sheet_of", sql: include_str!("../migrations/0157_sheet_of.sql") },
    Migration { name: "0158_starless", sql: include_str!("../migrations/0158_starless.sql") },
];

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("assessment")
            .merge(cycle::routes())
            .merge(inspection::routes())
            .merge(draw::routes())
            .merge(sheet::routes())
            .merge(why::routes())
            .merge(ledger::routes())
            .merge(file::routes())
            .merge(review::routes())
            .merge(publicity::routes())
            .merge(finalisation::routes()),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/assessment.ftl")),
            ("en", include_str!("../../../content/locales/en/assessment.ftl")),
            ("zh", include_str!("../../../content/locales/zh/assessment-result.ftl")),
            ("en", include_str!("../../../content/locales/en/assessment-result.ftl")),
            ("zh", include_str!("../../../content/locales/zh/assessment-facts.ftl")),
            ("en", include_str!("../../../content/locales/en/assessment-facts.ftl")),
            ("zh", include_str!("../../../content/locales/zh/assessment-review.ftl")),
            ("en", include_str!("../../../content/locales/en/assessment-review.ftl")),
        ],
        menu: vec![
            MenuEntry::of::<CycleRead>(Group::Assessment, "menu-assessment", "/assess", "star"),
            MenuEntry::of::<LedgerRead>(Group::Assessment, "menu-ledger", "/ledger", "book"),
            MenuEntry::of::<Inspect>(Group::Assessment, "menu-inspections", "/inspections", "flag"),
        ],
        panels: vec![Box::new(ledger::panel::Years)],
        sights: vec![
            Box::new(sight::Seen),
            Box::new(sight::CycleSeen),
            Box::new(sight::DrawSeen),
            Box::new(review::sight::Seen),
            Box::new(publicity::sight::Seen),
        ],
        workers: vec![],
    }
}

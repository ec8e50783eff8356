//! Problems: opened, owned, put right, verified. One list, one clock, one way to close.
//!
//! Other modules call [`open`], [`withdraw`] and [`carry`] in their own unit of work.
pub mod problem;
mod supply;

pub use problem::open::{NewProblem, carry, open, withdraw};
pub use problem::store::{By, CLOSED, DUE, PENDING, Problem, of_branch};
pub use supply::Closed;

use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// See the problems of one's subtree.
    ProblemRead = "rectification.problem.read";
    /// Put them right: plan, hand in, take back.
    ProblemHandle = "rectification.problem.handle";
    /// Verify what somebody else handed in, send back, reopen.
    ProblemVerify = "rectification.problem.verify";
}

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0130_rectification", sql: include_str!("../migrations/0130_rectification.sql") }];

pub fn slice() -> Slice {
    use problem::{evidence, pages, sight};
    Slice {
        routes: Routes::new("rectification")
            .get("/problems", pages::list)
            .get("/problems/{problem}", pages::show)
            .post("/problems/{problem}/start", pages::start)
            .post("/problems/{problem}/closure", pages::closure)
            .post("/problems/{problem}/verification", pages::verification)
            .post("/problems/{problem}/return", pages::returning)
            .post("/problems/{problem}/reopening", pages::reopening)
            .post("/problems/{problem}/undo", pages::undo)
            .post("/problems/{problem}/evidence", evidence::upload),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/rectification.ftl")),
            ("en", include_str!("../../../content/locales/en/rectification.ftl")),
        ],
        menu: vec![MenuEntry::of::<ProblemRead>(Group::Assessment, "menu-problems", "/problems", "flag")],
        panels: vec![],
        sights: vec![Box::new(sight::Seen)],
        workers: vec![],
    }
}

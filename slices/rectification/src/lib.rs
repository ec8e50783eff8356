//! Problems (问题): opened, owned, put right, verified by somebody else, closed.
//!
//! Other modules come in by one door, inside their own units of work: [`open`] a [`NewProblem`], [`withdraw`] it when the
//! points are given back, [`carry`] the unclosed ones into next year's list; [`of_branch`] and [`counts`] read a
//! branch's list. Everything people do is in [`problem::act`]. A branch whose list is empty is [asked](ask_none) to say so.
mod api;
mod concern;
pub mod confirmation;
mod named;
mod numbered;
mod pages;
mod panel;
pub mod problem;
mod sight;
mod supply;

pub use concern::OfBranch as BranchProblems;
pub use confirmation::{Asking, ask as ask_none};
pub use named::Named;
pub use numbered::ByNumber;
pub use problem::carry::{carried_into, carry, carry_back};
pub use problem::count::{Counts, of_board as counts};
pub use problem::due::{Redating, recompute_due};
pub use problem::figures::{ALL as PROBLEMS, CLOSED, DUE, OPEN, recount};
pub use problem::open::{open, withdraw};
pub use problem::state::State;
pub use problem::store::of_branch;
pub use problem::{By, NewProblem, Problem, due_of};
pub use supply::Closed;

use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// See the problems of one's subtree.
    ProblemRead = "rectification.problem.read";
    /// Put them right: start, plan, submit for verification.
    ProblemHandle = "rectification.problem.handle";
    /// Verify, send back, reopen.
    ProblemVerify = "rectification.problem.verify";
    /// Say that one's branch has no problem.
    ProblemConfirm = "rectification.problem.confirm";
}

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0130_rectification", sql: include_str!("../migrations/0130_rectification.sql") },
    Migration { name: "0131_confirmation", sql: include_str!("../migrations/0131_confirmation.sql") },
    Migration {
        name: "0132_confirmation_code",
        sql: concat!(
            include_str!("../migrations/0132_confirmation_code.sql"),
            "UPDATE confirmation SET org_code = ",
            organisations::code_of!("confirmation.org")
        ),
    },
    Migration { name: "0133_names_of_today", sql: include_str!("../migrations/0133_names_of_today.sql") },
    Migration { name: "0134_counted_lists", sql: include_str!("../migrations/0134_counted_lists.sql") },
];

fn routes() -> Routes {
    use confirmation::pages as confirmations;
    use pages::{evidence, export, list, remind, show, steps};
    Routes::new("rectification")
        .get("/problems", list::page)
        .get("/problems/export", export::get)
        .get("/problems/reminders", remind::preview)
        .post("/problems/reminders", remind::post)
        .get("/problems/{problem}", show::page)
        .post("/problems/{problem}/work", steps::work)
        .post("/problems/{problem}/measure", steps::measure)
        .post("/problems/{problem}/closure", steps::closure)
        .post("/problems/{problem}/verification", steps::verification)
        .post("/problems/{problem}/return", steps::returning)
        .post("/problems/{problem}/reopening", steps::reopening)
        .post("/problems/{problem}/undo", steps::undo)
        .post("/problems/{problem}/evidence", evidence::upload)
        .get("/confirmations", confirmations::page)
        .get("/orgs/{org}/confirmations", confirmations::branch)
        .post("/orgs/{org}/confirmations", confirmations::confirm)
        .api_get::<api::__path_problems, _, _, _>(api::problems)
        .api_get::<api::__path_problem, _, _, _>(api::problem)
        .api::<api::__path_work, _, _, _>(api::work)
        .api::<api::__path_measure, _, _, _>(api::measure)
        .api::<api::__path_closure, _, _, _>(api::closure)
        .api::<api::__path_verification, _, _, _>(api::verification)
        .api::<api::__path_returning, _, _, _>(api::returning)
        .api_get::<api::confirmations::__path_confirmations, _, _, _>(api::confirmations::confirmations)
        .api::<api::confirmations::__path_confirm, _, _, _>(api::confirmations::confirm)
}

pub fn slice() -> Slice {
    Slice {
        routes: routes(),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/rectification.ftl")),
            ("en", include_str!("../../../content/locales/en/rectification.ftl")),
        ],
        menu: vec![MenuEntry::of::<ProblemRead>(Group::Assessment, "menu-problems", "/problems", "flag")],
        panels: vec![Box::new(panel::Problems)],
        sights: vec![Box::new(sight::Seen)],
        workers: vec![],
    }
}

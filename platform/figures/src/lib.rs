//! Figures of the tree: kept, not counted.
//!
//! A **board** is a set of figures (one cycle's sheets, the open problems); a **metric** is one of them; a figure is the
//! sum of a metric over a place and everything below it. A unit of work appends a delta ([`add`]); [`run`] folds deltas
//! into all ancestors within a second. Updating the ancestors in the unit itself would make every save of a province
//! wait for every other, because all of them meet at the root.
//!
//! What depends on today is a sum over metrics that do not: open problems are kept per due date ([`day_metric`]), and
//! the overdue ones are [`between`] the first day and yesterday, so midnight changes nothing.
mod compare;
mod delta;
mod fold;
mod show;

pub use compare::{Difference, Leaf, compare, reset};
pub use delta::{add, day_metric, moved};
pub use fold::{fold, run};
pub use show::{Child, between, children, children_between, family, of};

/// This crate's tables.
pub const MIGRATIONS: &[db::Migration] = &[
    db::Migration { name: "0009_figures", sql: include_str!("../migrations/0009_figures.sql") },
    db::Migration { name: "0173_figure_children", sql: include_str!("../migrations/0173_figure_children.sql") },
];

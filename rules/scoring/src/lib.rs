//! Facts to indicator to total to grade, star and rank, each with its derivation.
//!
//! Pure functions: the same input gives the same output, to the hundredth, for ever. Preview, save,
//! command line and replay call the same one; what a page explains is what the function returned.
//!
//! - [`Scorer::score`] (or [`score_branch`], or [`Prepared::score`] of a scheme that is kept) scores one branch: everything that does not depend on others;
//! - [`place`] puts scored branches in order and gives out the stars; [`grade`] does both;
//! - [`next_star`], [`differences`], [`report`], [`change`] answer the pages' questions about a result;
//! - [`publish_findings`] joins a scheme's checks with its worked examples.
#![allow(
    clippy::indexing_slicing,
    reason = "positions are those of the prepared scheme, counted in one place; properties and a second grader run over them"
)]
mod cases;
mod change;
mod exact;
mod grading;
mod indicator;
mod input;
mod known;
mod layers;
mod method;
mod next;
mod order;
mod outcome;
mod plan;
mod redistribution;
mod report;
mod scorer;
mod stars;
mod total;
mod veto;

pub use cases::{case_findings, publish_findings};
pub use change::{Change, change};
pub use exact::Exact;
pub use grading::{Graded, grade, grade_lean};
pub use indicator::{ConditionTrail, IndicatorTrail};
pub use input::{Absent, BranchInput};
pub use known::Known;
pub use layers::{Difference, Layer, Layers, Source, differences, validate_score};
pub use method::PartTrail;
pub use next::{Gain, NextStar, QuotaInTheWay, next_star};
pub use outcome::{DimensionTrail, Outcome, Scored};
pub use plan::Prepared;
pub use report::{ReportLine, report};
pub use scorer::{Scorer, score_branch};
pub use stars::{Allotment, Placement, Standing, place};
pub use total::{AdjustmentLine, AdjustmentTrail};
pub use veto::StarLimit;

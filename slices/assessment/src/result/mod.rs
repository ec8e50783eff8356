//! Results: what a cycle's inputs give, computed at any time before 定稿, frozen by it, and replayable ever after.
//!
//! [`grade`] computes · [`finalise`] freezes the inputs, then computes from what is frozen · [`replay`] does the same
//! again and compares · [`correct`] makes the next version from the one before · [`History`] supplies last year's grade.
mod columns;
mod compute;
pub mod correct;
pub mod finalise;
pub mod freeze;
mod frozen;
pub mod grade;
mod history;
mod missing;
pub mod replay;
pub mod store;
pub mod version;

pub use columns::Columns;
pub use compute::{Grading, Line};
pub use correct::{Correction, Target, correct};
pub use finalise::finalise;
pub use grade::{grade, grade_json};
pub use history::History;
pub use replay::{Cell, replay};

//! "Why 87.5?" (为什么是 87.5 分): the derivation that the scoring function returned, with sources, evidence and who scored.
mod explain;

pub use explain::{Explanation, explain, explain_json};

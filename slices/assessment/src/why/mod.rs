//! "Why 87.5?" (为什么是 87.5 分): the derivation that the scoring function returned, with sources, evidence and who scored.
mod explain;
mod page;

pub use explain::{Explanation, explain, explain_json};

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment").get("/sheets/{sheet}/why", page::page).get("/api/v1/sheets/{sheet}/explanation", page::json)
}

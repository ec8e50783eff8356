//! "Why 87.5?" (为什么是 87.5 分): the derivation that the scoring function returned, with sources, evidence and who scored.
pub mod api;
mod explain;
pub mod page;
mod view;

pub use explain::{Explanation, Given, Piece, Source, explain, explain_json};

use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment").get("/sheets/{sheet}/why", page::page).api_get::<api::__path_explanation, _, _, _>(api::explanation)
}

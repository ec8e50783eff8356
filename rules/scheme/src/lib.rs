//! What a scheme (考评细则) is: reading it, checking it before publication, keeping it.
//!
//! - [`parse_toml`] and [`from_sheets`] read a file into a [`Scheme`] and name every problem at once;
//! - [`check`] asks what a publication needs beyond being readable (the `[[case]]`s are evaluated by
//!   `scoring::publish_findings`, which joins both);
//! - [`Scheme::canonical`] is how a published edition is stored and compared: by content, not by text;
//! - [`Scheme::known_keys`] are the facts a scheme asks for.
mod article;
mod canonical;
mod check;
mod exact;
mod fact;
mod finding;
mod keys;
mod limits;
mod model;
mod node;
mod read;
mod sheets;
mod words;

pub use article::{ArticleRef, Articles, Lookup};
pub use check::{check, is_code};
pub use exact::{points_number, quantity_text};
pub use fact::Fact;
pub use finding::{Finding, Severity};
pub use keys::{HISTORY, KeyKind, bonus_key, penalty_key, veto_key};
pub use model::*;
pub use sheets::{Sheet, from_sheets, sheet_names, to_sheets};

/// Reads a scheme file.
///
/// # Errors
/// Every problem of the file: what is missing, misspelt, unknown or out of range, each with its place.
pub fn parse_toml(text: &str) -> Result<Scheme, Vec<Finding>> {
    read::scheme(node::from_toml(text)?)
}

//! The words that are explained, in the order of a year. `help-{topic}` is the word itself, `-text` what it is, when it
//! happens and what follows, a paragraph a line, `-basis` by what it stands, `-words` by which other words it is found.
pub mod found;
pub mod pages;

use kernel::{Error, Result};
use web::T;

pub const TOPICS: [&str; 26] = [
    "cycle",
    "self",
    "acceptance",
    "recheck",
    "mutual",
    "review",
    "publicity",
    "finalisation",
    "grade",
    "star",
    "veto",
    "not-applicable",
    "estimate",
    "evidence",
    "missed",
    "draw",
    "problem",
    "rectification",
    "closure",
    "overdue",
    "working-day",
    "ledger",
    "promotion",
    "one-time-code",
    "second-factor",
    "administrators",
];

/// One word, in the reader's language.
pub struct Topic {
    pub code: &'static str,
    pub word: String,
    pub paragraphs: Vec<String>,
    pub basis: String,
    /// Other words by which somebody looks for it.
    pub others: String,
}

impl Topic {
    fn of(t: T, code: &'static str) -> Self {
        let text = |kind: &str| t.text(&format!("help-{code}{kind}")).to_string();
        let paragraphs = text("-text").lines().map(str::to_owned).collect();
        Self { code, word: text(""), paragraphs, basis: text("-basis"), others: text("-words") }
    }
    /// What the list says of it.
    pub fn first_sentence(&self) -> &str {
        let first = self.paragraphs.first().map_or("", String::as_str);
        first.split_inclusive(['。', '.']).next().unwrap_or(first)
    }
}

/// All words.
pub fn all(t: T) -> Vec<Topic> {
    TOPICS.into_iter().map(|code| Topic::of(t, code)).collect()
}

/// # Errors
/// Not found for a word that is not explained.
pub fn one(t: T, code: &str) -> Result<Topic> {
    let known = TOPICS.into_iter().find(|topic| *topic == code).ok_or_else(Error::not_found)?;
    Ok(Topic::of(t, known))
}

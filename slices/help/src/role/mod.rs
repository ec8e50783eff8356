//! A guide for each role: what one does, in which order, by the names that stand on the pages; two pages of paper at most.
//! `guide-{role}` is the job in a sentence; `guide-{role}-{part}` a part's heading, `-steps` its steps, one a line. Names of
//! buttons and pages are references to their own texts, so that a guide cannot fall behind them.
pub mod pages;

use kernel::{Error, Result};
use web::T;

/// Roles in the order of the demo's identities, each with the parts of its guide.
pub const ROLES: [(&str, &[&str]); 9] = [
    ("committee", &["prepare", "phases", "finish", "daily"]),
    ("reviewer", &["decide", "look"]),
    ("deputy", &["self", "problems", "register"]),
    ("secretary", &["self", "problems", "year"]),
    ("member", &["look", "object"]),
    ("inspector", &["site", "recheck"]),
    ("system_administrator", &["accounts", "care"]),
    ("security_administrator", &["roles"]),
    ("audit_administrator", &["log"]),
];

pub struct Guide {
    pub role: &'static str,
    /// The role's name.
    pub name: String,
    pub job: String,
    pub parts: Vec<Part>,
}

pub struct Part {
    pub title: String,
    pub steps: Vec<String>,
}

impl Guide {
    fn of(t: T, (role, parts): (&'static str, &[&str])) -> Self {
        let text = |key: String| t.text(&key).to_string();
        let part = |part: &&str| Part {
            title: text(format!("guide-{role}-{part}")),
            steps: text(format!("guide-{role}-{part}-steps")).lines().map(str::to_owned).collect(),
        };
        Self { role, name: text(format!("role-{role}")), job: text(format!("guide-{role}")), parts: parts.iter().map(part).collect() }
    }
}

/// All guides.
pub fn all(t: T) -> Vec<Guide> {
    ROLES.into_iter().map(|role| Guide::of(t, role)).collect()
}

/// # Errors
/// Not found for what is no role.
pub fn one(t: T, role: &str) -> Result<Guide> {
    let known = ROLES.into_iter().find(|(name, _)| *name == role).ok_or_else(Error::not_found)?;
    Ok(Guide::of(t, known))
}

//! What a change must satisfy before it lands. Each check is a pure function from what the
//! repository holds to a list of findings, so that its own test can plant the defect.
mod checklists;
mod floors;
mod licences;
mod links;
mod sizes;
mod spdx;
mod tables;
mod texts;
mod traces;

use std::fmt;

use crate::metadata;
use crate::sources::Sources;

/// One defect: where, what, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub place: String,
    pub what: String,
    pub remedy: String,
}

impl Finding {
    pub fn new(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: format!("{path}:{line}"), what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    remedy: {}", self.place, self.what, self.remedy)
    }
}

/// Runs every check, the quick ones first, and tells all findings at once.
pub fn run() -> Result<bool, String> {
    let sources = Sources::read()?;
    let packages = metadata::read()?;
    let mut clean = true;
    let quick: [(&str, Vec<Finding>); 8] = [
        ("directions between floors and slices", floors::findings(&packages)),
        ("licences and libraries", licences::findings(&packages, &sources)),
        ("file sizes", sizes::findings(&sources)),
        ("tables and their owners", tables::findings(&sources)),
        ("texts and catalogues", texts::findings(&sources)),
        ("links in documents", links::findings(&sources)),
        ("traces of a machine", traces::findings(&sources)),
        ("standards as checklists", checklists::findings(&sources)),
    ];
    for (name, findings) in quick {
        println!("check {name}: {}", if findings.is_empty() { "ok".into() } else { format!("{} found", findings.len()) });
        for finding in &findings {
            println!("  {finding}");
        }
        clean &= findings.is_empty();
    }
    for line in licences::twice(&packages) {
        println!("  note: {line}");
    }
    clean &= cargo("format", &["fmt", "--all", "--check"], "cargo fmt --all")?;
    clean &= cargo(
        "clippy",
        &["clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        "change the named lines; an #[allow] needs a reason",
    )?;
    Ok(clean)
}

fn cargo(name: &str, args: &[&str], remedy: &str) -> Result<bool, String> {
    let status = crate::cargo::cargo().args(args).status().map_err(|e| format!("cargo does not start: {e}"))?;
    if status.success() {
        println!("check {name}: ok");
    } else {
        println!("check {name}: found (see above)\n    remedy: {remedy}");
    }
    Ok(status.success())
}

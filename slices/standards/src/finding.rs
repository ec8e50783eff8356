//! What is wrong with a file, put into words: for a page, and for whoever scripts the command line.
use scheme::{Finding, Severity};
use web::T;

/// A finding as a page lists it.
pub(crate) struct Said {
    pub bad: bool,
    pub text: String,
}

/// A finding of a scheme as a sentence with its line and place.
pub fn say(t: T, finding: &Finding) -> String {
    let mut text = t.text(finding.key);
    for (name, value) in &finding.args {
        text = text.with(name, value.as_str());
    }
    let line = finding.line.map(|n| t.text("finding-line").with("line", n).to_string());
    let place = Some(&finding.place).filter(|p| !p.is_empty()).map(|p| placed(t, p));
    let parts = [line, place, Some(text.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `indicator A1 · points` with the table's name in words; a field keeps the name it has in the file.
fn placed(t: T, place: &str) -> String {
    let (table, rest) = place.split_once(' ').unwrap_or((place, ""));
    let key = format!("scheme-at-{}", table.replace('_', "-"));
    match (t.has(&key), rest) {
        (false, _) => place.to_owned(),
        (true, "") => t.text(&key).to_string(),
        (true, rest) => format!("{} {rest}", t.text(&key)),
    }
}

impl Said {
    pub fn finding(t: T, finding: &Finding) -> Self {
        Self { bad: finding.severity == Severity::Error, text: say(t, finding) }
    }
    pub fn error(t: T, error: &kernel::Error) -> Self {
        Self { bad: true, text: t.of(error).to_string() }
    }
    pub fn doubt(t: T, error: &kernel::Error) -> Self {
        Self { bad: false, text: t.of(error).to_string() }
    }
}

/// Whether one of them stands against publishing.
pub(crate) fn any_bad(findings: &[Said]) -> bool {
    findings.iter().any(|f| f.bad)
}

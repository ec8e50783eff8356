//! What the publishing checks say of a file; one operation for the page and the command line.
use super::{Source, publish};
use crate::editions::Published;
use crate::{editions, shipped};
use audit::Author;
use db::Db;
use kernel::{Error, Result, SchemeId};
use scheme::{Articles, Finding, Scheme};
use serde_json::{Value, json};

/// The outcome of checking, and of publishing if that was asked for.
#[derive(Clone, Debug)]
pub struct Report {
    /// `None` if the file could not be read.
    pub scheme: Option<Scheme>,
    pub findings: Vec<Finding>,
    /// Only after publishing was asked for and nothing stood against it.
    pub published: Option<Published<SchemeId>>,
}

impl Report {
    /// Checks a file against the regulations of `articles`.
    pub fn of(source: &Source, articles: &dyn Articles) -> Self {
        match source.parse() {
            Ok(scheme) => {
                let findings = scoring::publish_findings(&scheme, articles);
                Self { scheme: Some(scheme), findings, published: None }
            }
            Err(findings) => Self { scheme: None, findings, published: None },
        }
    }
    /// Whether publication may go through: readable, and no finding is an error.
    pub fn passed(&self) -> bool {
        self.scheme.is_some() && !self.findings.iter().any(Finding::is_error)
    }
    /// One object for `--json`. `say` puts a finding into words.
    pub fn json(&self, say: impl Fn(&Finding) -> String) -> Value {
        let findings = self.findings.iter().map(|f| {
            let severity = if f.is_error() { "error" } else { "warning" };
            json!({ "severity": severity, "key": f.key, "place": f.place, "line": f.line, "text": say(f) })
        });
        let published = self.published.map(|p| matches!(p, Published::New(_)));
        json!({
            "ok": self.passed(),
            "code": self.scheme.as_ref().map(|s| &s.code),
            "version": self.scheme.as_ref().map(|s| &s.version),
            "indicators": self.scheme.as_ref().map(|s| s.indicators.len()),
            "id": self.published.map(|p| p.id().to_string()),
            "new": published,
            "findings": findings.collect::<Vec<_>>(),
        })
    }
}

/// `scheme check`: against the shipped regulations, without a database.
///
/// # Errors
/// Internal, if a shipped regulation cannot be read.
pub fn check_shipped(source: &Source) -> Result<Report> {
    Ok(Report::of(source, &shipped::shelf()?))
}

/// `scheme publish` and the page's button: checks against the regulations of the database and, if nothing stands
/// against it, publishes. A file that is refused is no error: the report says why.
///
/// # Errors
/// The engine's own.
pub async fn publish_file<A: Author>(db: &Db, by: &A, source: &Source) -> Result<Report> {
    let mut report = Report::of(source, &editions::shelf(db).await?);
    let Some(scheme) = report.scheme.as_ref().filter(|_| report.passed()) else { return Ok(report) };
    match publish(db, by, scheme).await {
        Ok(published) => report.published = Some(published),
        Err(e) if e.key == "scheme-published-differs" => report.findings.push(refusal(&e)),
        Err(e) => return Err(e),
    }
    Ok(report)
}

fn refusal(e: &Error) -> Finding {
    e.args.iter().fold(Finding::error(e.key, "version"), |f, (name, value)| f.with(name, value))
}

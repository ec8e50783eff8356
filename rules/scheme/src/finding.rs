//! What is wrong or doubtful in a scheme file: a key of the catalogues with its values, and the place.

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Publication is refused.
    Error,
    /// Publication goes through and says so.
    Warning,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub severity: Severity,
    /// Key in the catalogues, `scheme-dimension-sum`.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// Where: `indicator A1 · points`; empty when it is about the whole.
    pub place: String,
    /// Line of the TOML file or row of the sheet, from 1, where known.
    pub line: Option<usize>,
}

impl Finding {
    pub fn error(key: &'static str, place: impl Into<String>) -> Self {
        Self { severity: Severity::Error, key, args: Vec::new(), place: place.into(), line: None }
    }
    pub fn warning(key: &'static str, place: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(key, place) }
    }
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    #[must_use]
    pub fn at_line(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

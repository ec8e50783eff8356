//! A message for the next page, carried by a cookie over the redirect. It holds a key of the catalogues, never text.
use crate::T;
use kernel::Error;

/// What was done, and how to take it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flash {
    pub key: String,
    pub args: Vec<(String, String)>,
    /// Path to POST to for 撤销.
    pub undo: Option<String>,
    pub bad: bool,
}

impl Flash {
    pub fn done(key: &'static str) -> Self {
        Self { key: key.into(), ..Self::default() }
    }
    pub fn failed(error: &Error) -> Self {
        let args = error.args.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
        Self { key: error.key.into(), args, undo: None, bad: true }
    }
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.into(), value.to_string()));
        self
    }
    /// `path` takes a POST that makes the counter-entry.
    #[must_use]
    pub fn undo(mut self, path: impl Into<String>) -> Self {
        self.undo = Some(path.into());
        self
    }
    pub(crate) fn to_cookie(&self) -> String {
        let mut pairs = vec![("k".to_owned(), self.key.clone()), ("b".to_owned(), i32::from(self.bad).to_string())];
        pairs.extend(self.undo.iter().map(|u| ("u".to_owned(), u.clone())));
        pairs.extend(self.args.iter().map(|(n, v)| (format!("a.{n}"), v.chars().take(80).collect())));
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }
    /// Only a key the catalogues know is shown; only a path of our own can be pressed.
    pub(crate) fn from_cookie(text: &str, t: T) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(text).ok()?;
        let mut flash = Flash::default();
        for (name, value) in pairs {
            match name.as_str() {
                "k" => flash.key = value,
                "b" => flash.bad = value == "1",
                "u" if value.starts_with('/') && !value.starts_with("//") => flash.undo = Some(value),
                other => flash.args.extend(other.strip_prefix("a.").map(|n| (n.to_owned(), value))),
            }
        }
        t.has(&flash.key).then_some(flash)
    }
    pub fn text(&self, t: T) -> String {
        let mut text = t.text(&self.key);
        for (name, value) in &self.args {
            text = text.with(name, value.as_str());
        }
        text.to_string()
    }
}

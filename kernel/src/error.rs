//! What went wrong, as a key of the text catalogues. One error has two faces: problem+json for
//! programs and a Chinese sentence (what, where, remedy) for people; `web` makes both.
use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// What kind of failure it is; decides the HTTP status and the exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The request cannot be accepted as it is: 422, exit 1.
    Invalid,
    /// Nobody is signed in: 401 (a page redirects to sign-in).
    SignIn,
    /// The object is visible, the action is not this person's: 403.
    Denied,
    /// Missing, or outside the person's scope; the two are never told apart: 404.
    NotFound,
    /// Somebody else changed it meanwhile, or its state does not allow this: 409.
    Conflict,
    /// Too much at once; try again: 503 with Retry-After.
    Busy,
    /// Our fault; the detail goes to the log, never to the page: 500.
    Internal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub kind: Kind,
    /// Key in the catalogues, e.g. `score-above-points`.
    pub key: &'static str,
    /// Values for the text's placeholders.
    pub args: Vec<(&'static str, String)>,
    /// Which form field is wrong, so that the page can put the message beside it.
    pub field: Option<&'static str>,
    /// For the log only.
    pub detail: String,
}

impl Error {
    pub fn new(kind: Kind, key: &'static str) -> Self {
        Self { kind, key, args: Vec::new(), field: None, detail: String::new() }
    }
    pub fn invalid(key: &'static str) -> Self {
        Self::new(Kind::Invalid, key)
    }
    pub fn conflict(key: &'static str) -> Self {
        Self::new(Kind::Conflict, key)
    }
    pub fn denied(key: &'static str) -> Self {
        Self::new(Kind::Denied, key)
    }
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "not-found")
    }
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self { detail: detail.to_string(), ..Self::new(Kind::Internal, "internal") }
    }
    /// Fills a placeholder of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
    /// Names the form field that is wrong.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.kind, self.key)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

impl std::error::Error for Error {}

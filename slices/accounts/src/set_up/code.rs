//! The one-time code of a start that found nobody.
use access::Code;
use installation::Keys;
use kernel::{Instant, Result};

/// What `/set-up` compares with: made by `leitu` when it finds a database without accounts.
#[derive(Clone, Default)]
pub struct SetUp {
    hash: Option<[u8; 32]>,
}

const PURPOSE: &str = "set-up";

impl SetUp {
    /// No set-up is waiting: the database has accounts.
    pub fn none() -> Self {
        Self::default()
    }
    /// A fresh code and its text, for the console.
    ///
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn with_code() -> Result<(Self, String)> {
        let code = Code::new(Instant::now())?;
        Ok((Self { hash: Some(code.hash) }, code.text))
    }
    /// Whether somebody typed the code of this start.
    pub fn fits(&self, typed: &str) -> bool {
        self.hash == Some(Code::hash_of(typed))
    }
    /// What the browser carries from the first step to the second.
    pub(super) fn ticket(&self, keys: &Keys) -> Option<String> {
        self.hash.map(|hash| crate::hex::of(&keys.sign(PURPOSE, &crate::hex::of(&hash))))
    }
    pub(super) fn admits(&self, keys: &Keys, ticket: &str) -> bool {
        self.hash.is_some_and(|hash| keys.signed(PURPOSE, &crate::hex::of(&hash), &crate::hex::read(ticket)))
    }
}

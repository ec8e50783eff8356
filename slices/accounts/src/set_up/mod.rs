//! Set-up: what a new installation asks before anybody has an account.
use access::Code;
use kernel::{Instant, Result};
use std::sync::Arc;

/// The one-time code of this start, known to whoever reads the console.
#[derive(Clone, Default)]
pub struct SetUp {
    code: Option<Arc<[u8; 32]>>,
}

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
        Ok((Self { code: Some(Arc::new(code.hash)) }, code.text))
    }
    /// Whether somebody typed the code of this start.
    pub fn fits(&self, typed: &str) -> bool {
        self.code.as_deref() == Some(&Code::hash_of(typed))
    }
}

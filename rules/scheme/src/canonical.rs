//! The stored form of a published edition. Two files are the same edition when this is equal.
use crate::{Scheme, limits};
use kernel::{Error, Result};

impl Scheme {
    /// One JSON text per content: the same whatever the file's spelling, comments or number format.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
    /// Reads a stored edition.
    ///
    /// # Errors
    /// Internal: what we stored must be readable and within the limits.
    pub fn from_canonical(text: &str) -> Result<Self> {
        let scheme: Self = serde_json::from_str(text).map_err(Error::internal)?;
        match limits::findings(&scheme).first() {
            Some(found) => Err(Error::internal(format!("{} at {}", found.key, found.place))),
            None => Ok(scheme),
        }
    }
}

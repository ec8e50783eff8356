//! The published list and the seed that the second person's number completes.
use kernel::{Error, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Hex of SHA-256 of the codes in byte order, each followed by a line feed. Order of input does not matter.
///
/// # Errors
/// `draw-candidate-twice` with the code: a candidate that stands twice would have two chances.
pub fn candidate_hash<S: AsRef<str>>(candidates: &[S]) -> Result<String> {
    let mut sorted = BTreeSet::new();
    for code in candidates.iter().map(AsRef::as_ref) {
        if !sorted.insert(code) {
            return Err(Error::invalid("draw-candidate-twice").with("value", code));
        }
    }
    Ok(hex_of(sorted.into_iter()))
}

/// Whether a list is the one that was published.
///
/// # Errors
/// `draw-list-changed` if it is not, or the errors of [`candidate_hash`].
pub fn verify_list<S: AsRef<str>>(candidates: &[S], published: &str) -> Result<()> {
    if candidate_hash(candidates)? == published { Ok(()) } else { Err(Error::conflict("draw-list-changed")) }
}

/// What decides a draw: the published hash and the number entered afterwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seed(String);

impl Seed {
    /// Digits a number may have.
    pub const MAX_DIGITS: usize = 20;

    /// `number` is taken as entered (`007` is not `7`).
    ///
    /// # Errors
    /// `draw-number` unless it is 1 to [`Self::MAX_DIGITS`] digits.
    pub fn complete(published_hash: &str, number: &str) -> Result<Self> {
        let number = number.trim();
        let digits = (1..=Self::MAX_DIGITS).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return Err(Error::invalid("draw-number").with("value", number).with("max", Self::MAX_DIGITS).at("number"));
        }
        Ok(Self(hex_of([published_hash, number].into_iter())))
    }
    /// Hex; belongs in the record of the draw.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// A seed for the n-th part of the same draw.
    pub(crate) fn part(&self, name: &str) -> Self {
        Self(hex_of([self.as_str(), name].into_iter()))
    }
    /// The codes in drawn order.
    pub(crate) fn order<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut placed: Vec<_> = codes.into_iter().map(|code| (hex_of([self.as_str(), code].into_iter()), code)).collect();
        placed.sort();
        placed.into_iter().map(|(_, code)| code).collect()
    }
}

/// SHA-256 of texts, each followed by a line feed.
fn hex_of<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

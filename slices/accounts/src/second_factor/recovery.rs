//! Ten codes on paper for whoever has not the telephone at hand.
use super::rules::{RECOVERY_BYTES, Typed, recovery_code};
use installation::Keys;
use kernel::{AccountId, Error, Result};

const CODES: usize = 10;

/// Fresh recovery codes; made before the unit of work and shown once.
#[derive(Clone)]
pub struct Recovery {
    pub texts: Vec<String>,
    pub(super) hashes: Vec<[u8; 32]>,
}

impl Recovery {
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new(keys: &Keys, account: AccountId) -> Result<Self> {
        let (mut texts, mut hashes) = (Vec::with_capacity(CODES), Vec::with_capacity(CODES));
        for _ in 0..CODES {
            let mut bytes = [0_u8; RECOVERY_BYTES];
            getrandom::fill(&mut bytes).map_err(Error::internal)?;
            let text = recovery_code(&bytes);
            if let Typed::Recovery(plain) = Typed::read(&text) {
                hashes.push(hash(keys, account, &plain));
            }
            texts.push(text);
        }
        Ok(Self { texts, hashes })
    }
    /// Names these codes without giving them away.
    pub(super) fn mark(&self) -> String {
        self.hashes.first().map(|hash| crate::hex::of(hash)).unwrap_or_default()
    }
}

/// As it lies in the database. One keyed hash is enough: the codes are random, 80 bits each, so that nothing can be guessed, not even
/// with the key; and without the key nothing can be tried.
pub(super) fn hash(keys: &Keys, account: AccountId, plain: &str) -> [u8; 32] {
    keys.lookup(&format!("recovery_code|hash|{account}"), plain)
}

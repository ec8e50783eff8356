//! Argon2id, bounded: as many hashes at once as there are cores, a short queue, then "busy".
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Error, Kind, Result};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// OWASP's floor: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// Requests that may wait for a core; beyond them the answer is 503.
const QUEUE: usize = 200;

/// Hashes and checks passwords off the request threads.
#[derive(Clone)]
pub struct Hasher {
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    dummy: Arc<str>,
}

/// What a password must be. Length is what helps; composition rules are not.
pub struct PasswordRule;

impl PasswordRule {
    pub const MIN: usize = 8;
    pub const MAX: usize = 128;

    /// # Errors
    /// `password-short`, `password-long`, `password-login` (it is the sign-in name), at field `password`.
    pub fn check(password: &str, login: &str) -> Result<()> {
        let n = password.chars().count();
        if n < Self::MIN {
            return Err(Error::invalid("password-short").with("min", Self::MIN).at("password"));
        }
        if n > Self::MAX {
            return Err(Error::invalid("password-long").with("max", Self::MAX).at("password"));
        }
        if password.eq_ignore_ascii_case(login) { Err(Error::invalid("password-login").at("password")) } else { Ok(()) }
    }
}

impl Hasher {
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new() -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let dummy = hash("not anybody's password")?.into();
        Ok(Self { cores: Arc::new(Semaphore::new(cores)), queue: Arc::new(Semaphore::new(QUEUE)), dummy })
    }
    /// A PHC string to store.
    ///
    /// # Errors
    /// `busy` when the queue is full.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.bounded(move || hash(&password)).await
    }
    /// Whether `password` fits; `None` (no such account, or no password yet) costs the same time.
    ///
    /// # Errors
    /// `busy` when the queue is full.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_owned(), stored.is_some());
        let stored = stored.unwrap_or(&self.dummy).to_owned();
        let fits = self.bounded(move || Ok(verify(&password, &stored))).await?;
        Ok(fits && known)
    }
    async fn bounded<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let busy = || Error::new(Kind::Busy, "busy");
        let _place = self.queue.try_acquire().map_err(|_| busy())?;
        let _core = self.cores.acquire().await.map_err(|_| busy())?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

fn engine() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let salt = SaltString::encode_b64(&salt).map_err(Error::internal)?;
    Ok(engine()?.hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(stored) else { return false };
    engine().is_ok_and(|e| e.verify_password(password.as_bytes(), &parsed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_only_its_own_hash_and_nobody_s_fits_none() {
        let h = Hasher::new().unwrap();
        let stored = h.hash("长征路上的第一步").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(h.verify("长征路上的第一步", Some(&stored)).await.unwrap());
        assert!(!h.verify("长征路上的第二步", Some(&stored)).await.unwrap());
        assert!(!h.verify("not anybody's password", None).await.unwrap());
    }

    #[test]
    fn short_and_borrowed_passwords_are_refused() {
        assert_eq!(PasswordRule::check("1234567", "x").unwrap_err().key, "password-short");
        assert_eq!(PasswordRule::check("ZhangWei01", "zhangwei01").unwrap_err().key, "password-login");
        assert!(PasswordRule::check("长征路上的第一步", "zw").is_ok());
    }
}

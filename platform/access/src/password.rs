//! Argon2id, bounded: as many hashes at once as there are cores, a short queue, then "busy".
use argon2::password_hash::{Output, ParamsString, PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use kernel::{Error, Kind, Result};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// OWASP's floor: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const OUTPUT: usize = Params::DEFAULT_OUTPUT_LEN;
/// Blocks (1 KiB) asked of the allocator for a hash. Only what is used is touched; from 32 MiB up glibc maps memory of its own
/// and gives it back at once, below that each thread that ever hashed would keep its 19 MiB.
const RESERVED: usize = 33 << 10;
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

fn hash(password: &str) -> Result<String> {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).map_err(Error::internal)?;
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(Error::internal)?;
    let salt = SaltString::encode_b64(&random).map_err(Error::internal)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(Error::internal)?,
        salt: Some(salt.as_salt()),
        hash: Some(derive(password, &random, params).map_err(Error::internal)?),
    };
    Ok(phc.to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    let Ok(phc) = PasswordHash::new(stored) else { return false };
    let mut salt = [0u8; 64];
    let salt = phc.salt.and_then(|s| s.decode_b64(&mut salt).ok());
    let (Some(salt), Ok(params), Some(kept)) = (salt, Params::try_from(&phc), phc.hash) else { return false };
    let ours = phc.algorithm == Algorithm::Argon2id.ident() && phc.version == Some(Version::V0x13.into());
    // Outputs are compared in constant time.
    ours && derive(password, salt, params).is_ok_and(|found| found == kept)
}

fn derive(password: &str, salt: &[u8], params: Params) -> argon2::password_hash::Result<Output> {
    let mut memory = Vec::with_capacity(params.block_count().max(RESERVED));
    memory.resize(params.block_count(), Block::default());
    let mut out = [0u8; OUTPUT];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        &mut out,
        &mut memory,
    )?;
    Output::new(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier;

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
    fn hashes_are_argon2id_as_anybody_computes_it() {
        // From the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
        let known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(verify("password", known) && !verify("Password", known));
        let mine = hash("password").unwrap();
        let by_the_library = Argon2::default().verify_password(b"password", &PasswordHash::new(&mine).unwrap());
        assert!(by_the_library.is_ok(), "{mine}");
        for broken in ["", "password", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"] {
            assert!(!verify("password", broken), "{broken}");
        }
    }

    #[test]
    fn short_and_borrowed_passwords_are_refused() {
        assert_eq!(PasswordRule::check("1234567", "x").unwrap_err().key, "password-short");
        assert_eq!(PasswordRule::check("ZhangWei01", "zhangwei01").unwrap_err().key, "password-login");
        assert!(PasswordRule::check("长征路上的第一步", "zw").is_ok());
    }
}

//! What a password must be, and how it is kept: Argon2id. Who computes it is [`hasher`](crate::hasher)'s.
use argon2::password_hash::{Output, ParamsString, PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use kernel::{Error, Result};

/// OWASP's floor: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const OUTPUT: usize = Params::DEFAULT_OUTPUT_LEN;
/// Blocks (1 KiB) asked of the allocator for a hash. Only what is used is touched; from 32 MiB up glibc maps memory of its own
/// and gives it back at once, below that each thread that ever hashed would keep its 19 MiB.
const RESERVED: usize = 33 << 10;
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

/// A PHC string to store.
///
/// # Errors
/// `internal` if the machine gives no randomness.
pub(crate) fn hash(password: &str) -> Result<String> {
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

/// Whether it fits a PHC string of ours.
pub(crate) fn verify(password: &str, stored: &str) -> bool {
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
        assert_eq!(PasswordRule::check(&"x".repeat(129), "zw").unwrap_err().key, "password-long");
    }

    #[test]
    fn whatever_signs_it_is_made_of_a_password_of_eight_to_128_is_taken() {
        for password in ["长征路上的第一步", "qzvwxkjy", "QZVWXKJY", "58203917", "%&$#!?;=", &"x".repeat(128)] {
            assert!(PasswordRule::check(password, "zw").is_ok(), "{password}");
        }
    }
}

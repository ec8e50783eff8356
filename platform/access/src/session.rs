//! Sessions live on the server; the browser holds an opaque token, the database its hash.
use db::{Result, Tx, params};
use kernel::{AccountId, Error, Instant, SessionId};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A session ends after half an hour without use …
pub const IDLE_MINUTES: i64 = 30;
/// … and after twelve hours in any case.
pub(crate) const WHOLE_MINUTES: i64 = 12 * 60;

/// Random values of a session to be opened; made before the unit of work.
#[derive(Clone)]
pub struct NewSession {
    pub id: SessionId,
    /// What the cookie carries.
    pub token: String,
    pub csrf: String,
}

impl NewSession {
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new() -> kernel::Result<Self> {
        Ok(Self { id: SessionId::new(), token: random_hex()?, csrf: random_hex()? })
    }
}

db::row! {
    pub struct SessionLine { pub id: SessionId, pub device: String, pub begun: Instant, pub used: Instant }
}

/// 256 random bits as hex.
///
/// # Errors
/// `internal` if the machine gives no randomness.
pub(crate) fn random_hex() -> kernel::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(hex(&bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// # Errors
/// The engine's own.
pub async fn open(tx: &mut Tx<'_>, account: AccountId, new: &NewSession, device: &str, now: Instant) -> Result<()> {
    tx.exec(
        "INSERT INTO session (token, id, account, csrf, epoch, device, begun, used)
         SELECT $1, $2, id, $3, epoch, $4, $5, $5 FROM account WHERE id = $6",
        &params![&hash(&new.token), &new.id, &new.csrf, device, now, &account],
    )
    .await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn close(tx: &mut Tx<'_>, account: AccountId, session: SessionId) -> Result<u64> {
    tx.exec("DELETE FROM session WHERE account = $1 AND id = $2", &params![&account, &session]).await
}

/// Signs out everywhere: sessions and tokens of an older epoch are dead at once.
///
/// # Errors
/// The engine's own.
pub async fn close_all(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.exec("UPDATE account SET epoch = epoch + 1 WHERE id = $1", &params![&account]).await?;
    tx.exec("DELETE FROM session WHERE account = $1", &params![&account]).await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn sessions_of(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<Vec<SessionLine>> {
    tx.all(
        "SELECT s.id, s.device, s.begun, s.used FROM session s JOIN account a ON a.id = s.account AND a.epoch = s.epoch
         WHERE s.account = $1 AND s.used > $2 AND s.begun > $3 ORDER BY s.used DESC",
        &params![&account, now.plus_minutes(-IDLE_MINUTES), now.plus_minutes(-WHOLE_MINUTES)],
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn tokens_are_256_random_bits_and_none_comes_twice() {
        let all: Vec<NewSession> = (0..500).map(|_| NewSession::new().unwrap()).collect();
        let texts: Vec<&str> = all.iter().flat_map(|s| [s.token.as_str(), s.csrf.as_str()]).collect();
        assert!(texts.iter().all(|t| t.len() == 64 && t.bytes().all(|b| b.is_ascii_hexdigit())));
        assert_eq!(texts.iter().collect::<HashSet<_>>().len(), 1_000);
        let ones: u32 = texts.iter().flat_map(|t| t.chars()).map(|c| c.to_digit(16).unwrap().count_ones()).sum();
        // 128,000 of 256,000 bits, give or take 253.
        assert!((126_400..129_600).contains(&ones), "{ones}");
    }
}

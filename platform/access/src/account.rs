//! Accounts and their posts. Every function runs in the caller's unit of work or is a single look-up.
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Error, Instant, MemberId, OrgId, PostId};
use sha2::{Digest, Sha256};

/// A one-time code: 72 hours to set one's own password with. Shown once, stored as a hash.
#[derive(Clone)]
pub struct Code {
    pub text: String,
    pub hash: [u8; 32],
    pub until: Instant,
}

impl Code {
    const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";
    const HOURS: i64 = 72;

    /// Twelve characters without 0/O, 1/I/L: about 59 bits, in three groups to read aloud.
    ///
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new(now: Instant) -> kernel::Result<Self> {
        let mut text = String::new();
        while text.len() < 14 {
            let mut byte = [0_u8];
            getrandom::fill(&mut byte).map_err(Error::internal)?;
            let [byte] = byte;
            // 248 = 8 × 31: above it the remainder would favour the first letters.
            if byte < 248 {
                text.extend(Self::ALPHABET.get(usize::from(byte % 31)).map(|letter| char::from(*letter)));
                if text.len() == 4 || text.len() == 9 {
                    text.push('-');
                }
            }
        }
        Ok(Self { hash: Self::hash_of(&text), text, until: now.plus_minutes(Self::HOURS * 60) })
    }
    /// The hash of a code as somebody typed it: case, spaces and dashes do not matter.
    pub fn hash_of(typed: &str) -> [u8; 32] {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        Sha256::digest(format!("leitu-code-v1:{plain}")).into()
    }
}

db::row! {
    #[derive(Clone)]
    pub struct Account {
        pub id: AccountId,
        pub login: String,
        pub name: String,
        pub member: Option<MemberId>,
        pub epoch: i64,
        pub password: Option<String>,
        pub code: Option<Vec<u8>>,
        pub code_until: Option<Instant>,
        pub disabled: Option<Instant>,
    }
    #[derive(Clone)]
    pub struct PostLine { pub id: PostId, pub account: AccountId, pub role: String, pub org: Option<OrgId>, pub granted: Instant }
    /// A post as it was held, and still is unless `ended`.
    #[derive(Clone)]
    pub struct PostPast { pub id: PostId, pub role: String, pub org: Option<OrgId>, pub granted: Instant, by: Vec<u8>, pub ended: Option<Instant> }
}

pub struct NewAccount<'a> {
    pub id: AccountId,
    pub login: &'a str,
    pub name: &'a str,
    pub member: Option<MemberId>,
    pub code: Option<&'a Code>,
}

/// # Errors
/// `login-taken` (field `login`) if the sign-in name is in use.
pub async fn create(tx: &mut Tx<'_>, new: &NewAccount<'_>, now: Instant) -> Result<()> {
    if by_login_tx(tx, new.login).await?.is_some() {
        return Err(Error::invalid("login-taken").with("login", new.login).at("login").into());
    }
    tx.exec(
        "INSERT INTO account (id, login, name, member, epoch, password, code, code_until, disabled, created)
         VALUES ($1, $2, $3, $4, 1, NULL, $5, $6, NULL, $7)",
        &params![&new.id, new.login, new.name, new.member.as_ref(), new.code.map(|c| &c.hash), new.code.map(|c| c.until), now],
    )
    .await?;
    Ok(())
}

const ACCOUNT: &str = "SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account WHERE login = $1";

async fn by_login_tx(tx: &mut Tx<'_>, login: &str) -> Result<Option<Account>> {
    tx.opt(ACCOUNT, &params![login]).await
}

/// # Errors
/// The engine's own.
pub async fn by_login(db: &Db, login: &str) -> Result<Option<Account>> {
    Ok(db.lookup(ACCOUNT, &params![login]).await?.pop())
}

/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn by_id(tx: &mut Tx<'_>, id: AccountId) -> Result<Account> {
    tx.one("SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account WHERE id = $1", &params![&id]).await
}

/// When an account was made.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn created(tx: &mut Tx<'_>, id: AccountId) -> Result<Instant> {
    tx.one("SELECT created FROM account WHERE id = $1", &params![&id]).await
}

/// # Errors
/// The engine's own.
pub async fn by_member(tx: &mut Tx<'_>, member: MemberId) -> Result<Option<Account>> {
    tx.opt(
        "SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account WHERE member = $1 ORDER BY id LIMIT 1",
        &params![&member],
    )
    .await
}

/// Accounts in order of sign-in name, after `after` (keyset).
///
/// # Errors
/// The engine's own.
pub async fn accounts_at(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Vec<Account>> {
    tx.all(
        "SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account WHERE login > $1 ORDER BY login LIMIT $2",
        &params![after, limit],
    )
    .await
}

/// Whether nobody has an account yet; set-up runs only then.
///
/// # Errors
/// The engine's own.
pub async fn nobody(tx: &mut Tx<'_>) -> Result<bool> {
    let first: Vec<AccountId> = tx.all("SELECT id FROM account LIMIT 1", &[]).await?;
    Ok(first.is_empty())
}

/// Accounts whose sign-in name or name begins with `text`, in order of sign-in name, after `after` (keyset).
///
/// # Errors
/// The engine's own.
pub async fn accounts_like(tx: &mut Tx<'_>, text: &str, after: &str, limit: i64) -> Result<Vec<Account>> {
    let end = format!("{text}\u{10ffff}");
    let by_login = "SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account
         WHERE login >= $1 AND login < $2 AND login > $3 ORDER BY login LIMIT $4";
    let by_name = "SELECT id, login, name, member, epoch, password, code, code_until, disabled FROM account
         WHERE name >= $1 AND name < $2 AND login > $3 ORDER BY login LIMIT $4";
    let mut found: Vec<Account> = tx.all(by_login, &params![text, &end, after, limit]).await?;
    let named: Vec<Account> = tx.all(by_name, &params![text, &end, after, limit]).await?;
    found.extend(named);
    found.sort_by(|a, b| a.login.cmp(&b.login));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// A new one-time code in place of the old code and password; every session and token of the account ends.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn renew_code(tx: &mut Tx<'_>, id: AccountId, code: &Code) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE account SET code = $2, code_until = $3, password = NULL, epoch = epoch + 1 WHERE id = $1",
            &params![&id, &code.hash, code.until],
        )
        .await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// Sets the password a person chose (a PHC string); the code is used up and older sessions end.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn set_password(tx: &mut Tx<'_>, id: AccountId, phc: &str) -> Result<()> {
    let n = tx
        .exec("UPDATE account SET password = $2, code = NULL, code_until = NULL, epoch = epoch + 1 WHERE id = $1", &params![&id, phc])
        .await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn rename(tx: &mut Tx<'_>, id: AccountId, name: &str) -> Result<()> {
    let n = tx.exec("UPDATE account SET name = $2 WHERE id = $1", &params![&id, name]).await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// Disables (every session ends) or enables again.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such account.
pub async fn set_disabled(tx: &mut Tx<'_>, id: AccountId, since: Option<Instant>) -> Result<()> {
    let n = tx.exec("UPDATE account SET disabled = $2, epoch = epoch + 1 WHERE id = $1", &params![&id, since]).await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// Gives a role at an organisation (`None`: the installation). The caller has checked that the roles go together.
///
/// # Errors
/// `post-held` at `role` if the account holds exactly this already.
pub async fn give_post(tx: &mut Tx<'_>, post: &PostLine, by: &str) -> Result<()> {
    let held = posts_of(tx, post.account).await?;
    if held.iter().any(|p| p.role == post.role && p.org == post.org) {
        return Err(Error::conflict("post-held").at("role").into());
    }
    tx.exec(
        "INSERT INTO post (id, account, role, org, granted, granted_by, ended) VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        &params![&post.id, &post.account, &post.role, post.org.as_ref(), post.granted, by.as_bytes()],
    )
    .await?;
    Ok(())
}

/// # Errors
/// [`db::Error::Missing`] if it is not a post that holds now.
pub async fn end_post(tx: &mut Tx<'_>, post: PostId, at: Instant) -> Result<PostLine> {
    tx.one("UPDATE post SET ended = $2 WHERE id = $1 AND ended IS NULL RETURNING id, account, role, org, granted", &params![&post, at])
        .await
}

/// # Errors
/// The engine's own.
pub async fn posts_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<PostLine>> {
    tx.all("SELECT id, account, role, org, granted FROM post WHERE account = $1 AND ended IS NULL ORDER BY id", &params![&account]).await
}

impl PostPast {
    /// Who gave it.
    pub fn by(&self) -> String {
        String::from_utf8_lossy(&self.by).into_owned()
    }
}

/// All posts an account has had, the newest first; ended ones are kept.
///
/// # Errors
/// The engine's own.
pub async fn posts_ever(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<PostPast>> {
    let sql = "SELECT id, role, org, granted, granted_by, ended FROM post WHERE account = $1 ORDER BY id DESC";
    tx.all(sql, &params![&account]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, HashSet};

    #[test]
    fn codes_are_twelve_signs_of_thirty_one_each_as_likely_and_none_comes_twice() {
        let codes: Vec<String> = (0..2_000).map(|_| Code::new(Instant(0)).unwrap().text).collect();
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
        let mut seen: BTreeMap<char, usize> = BTreeMap::new();
        for sign in codes.iter().flat_map(|c| c.chars()).filter(|c| *c != '-') {
            *seen.entry(sign).or_default() += 1;
        }
        assert_eq!(seen.values().sum::<usize>(), 2_000 * 12);
        // 774 of each are expected, give or take 27; six times as far off is no chance.
        assert!(seen.len() == 31 && seen.values().all(|n| (610..940).contains(n)), "{seen:?}");
        assert_eq!(Code::new(Instant(0)).unwrap().until, Instant(72 * 3_600_000));
    }
}

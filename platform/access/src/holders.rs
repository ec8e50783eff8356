//! Who holds a role, and who has held it.
use db::{Db, Each, Result, Tx, params};
use kernel::{AccountId, Instant, OrgId};

db::row! {
    struct Holder { account: AccountId, name: String }
    /// Somebody who holds a role, and where.
    #[derive(Clone, Debug)]
    pub struct Bearer { pub account: AccountId, pub login: String, pub name: String, pub org: Option<OrgId> }
    /// Somebody who holds, or held, a role at an organisation; `until` is also when the account was closed.
    #[derive(Clone, Debug)]
    pub struct Tenure { pub org: OrgId, pub name: String, pub since: Instant, pub until: Option<Instant> }
}

/// Who holds a role at an organisation now, with their names.
///
/// # Errors
/// The engine's own.
pub async fn holders(tx: &mut Tx<'_>, role: &str, org: OrgId) -> Result<Vec<(AccountId, String)>> {
    let rows: Vec<Holder> = tx
        .all(
            "SELECT p.account, a.name FROM post p JOIN account a ON a.id = p.account
             WHERE p.org = $1 AND p.role = $2 AND p.ended IS NULL AND a.disabled IS NULL ORDER BY p.id",
            &params![&org, role],
        )
        .await?;
    Ok(rows.into_iter().map(|h| (h.account, h.name)).collect())
}

impl Tenure {
    pub fn at(&self, at: Instant) -> bool {
        self.since <= at && self.until.is_none_or(|until| until > at)
    }
}

/// Who holds and who has held a role at each of these organisations, in the order in which it was given.
///
/// # Errors
/// The engine's own.
pub async fn holders_ever(tx: &mut Tx<'_>, role: &str, orgs: &[OrgId]) -> Result<Vec<Tenure>> {
    let each: Each = orgs.iter().collect();
    tx.all(
        "SELECT p.org, a.name, p.granted, COALESCE(p.ended, a.disabled) FROM post p JOIN account a ON a.id = p.account
         WHERE p.org IN EACH($1) AND p.role = $2 ORDER BY p.id",
        &params![&each, role],
    )
    .await
}

/// Everybody who holds a role now, wherever, in the order of their names.
///
/// # Errors
/// The engine's own.
pub async fn bearers(tx: &mut Tx<'_>, role: &str) -> Result<Vec<Bearer>> {
    tx.all(
        "SELECT p.account, a.login, a.name, p.org FROM post p JOIN account a ON a.id = p.account
         WHERE p.role = $1 AND p.ended IS NULL AND a.disabled IS NULL ORDER BY a.name, a.login, p.id",
        &params![role],
    )
    .await
}

/// The names of those who hold a role at the installation itself now, in order of sign-in name; at most five.
///
/// # Errors
/// The engine's own.
pub async fn installed_holders(db: &Db, role: &str) -> Result<Vec<String>> {
    db.lookup(
        "SELECT a.name FROM post p JOIN account a ON a.id = p.account
         WHERE p.org IS NULL AND p.role = $1 AND p.ended IS NULL AND a.disabled IS NULL ORDER BY a.login LIMIT 5",
        &params![role],
    )
    .await
}

/// Whether anybody holds a role at an organisation: those of a new installation's administrators are held at none.
///
/// # Errors
/// The engine's own.
pub async fn anybody_at_work(db: &Db) -> kernel::Result<bool> {
    let one: Vec<i64> = db.lookup("SELECT CAST(1 AS BIGINT) FROM post WHERE ended IS NULL AND org IS NOT NULL LIMIT 1", &[]).await?;
    Ok(!one.is_empty())
}

//! 待办 items.
use crate::Addressee;
use crate::addressee::{PLACES, of, org_of};
use access::Caller;
use db::{Db, Param, Result, Tx, params};
use kernel::{AccountId, BusinessDate, Error, Instant, OrgId, TodoId};

/// `due` of what has no date: it stands last.
const UNDATED: i64 = 4_000_000;

/// A matter handed to somebody. `matter` is unique per addressee (`sheet:{id}:self`): handing it again renews it.
pub struct Todo<'a> {
    pub id: TodoId,
    pub to: Addressee,
    pub matter: &'a str,
    /// Key of its line in the catalogues, with values for its placeholders.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub href: &'a str,
    pub due: Option<BusinessDate>,
    pub by: Option<AccountId>,
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct TodoLine { pub id: TodoId, pub key: String, args: String, pub href: String, due: i64, pub created: Instant, pub done: Option<Instant>, addressee: String, filled: Option<i64>, whole: Option<i64> }
}

impl TodoLine {
    pub fn args(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.args).unwrap_or_default()
    }
    /// The organisation whose post it waits for.
    pub fn org(&self) -> Option<OrgId> {
        org_of(&self.addressee)
    }
    /// So many of so many, where somebody counts them.
    pub fn progress(&self) -> Option<(i64, i64)> {
        self.filled.zip(self.whole)
    }
    /// Where a list continues after this line.
    pub fn place(&self) -> (i64, TodoId) {
        (self.due, self.id)
    }
    pub fn due(&self) -> Option<BusinessDate> {
        (self.due != UNDATED).then(|| BusinessDate::from_number(self.due))
    }
}

/// Hands a matter over, in the unit of work that makes it somebody's.
///
/// # Errors
/// The engine's own.
pub async fn hand(tx: &mut Tx<'_>, todo: &Todo<'_>, now: Instant) -> Result<()> {
    let args = serde_json::to_string(&todo.args).map_err(Error::internal)?;
    let due = todo.due.map_or(UNDATED, BusinessDate::number);
    tx.later(
        "INSERT INTO todo (addressee, matter, id, key, args, href, due, sent_by, created, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)
         ON CONFLICT (addressee, matter) DO UPDATE SET id = excluded.id, key = excluded.key, args = excluded.args, href = excluded.href,
           due = excluded.due, sent_by = excluded.sent_by, created = excluded.created, done = NULL",
        &params![&todo.to.to_string(), todo.matter, &todo.id, todo.key, &args, todo.href, due, todo.by.as_ref(), now],
    )
    .await
}

/// How far an open matter is: so many of so many.
///
/// # Errors
/// The engine's own.
pub async fn progress(tx: &mut Tx<'_>, matter: &str, filled: usize, whole: usize) -> Result<()> {
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    tx.later("UPDATE todo SET filled = $2, whole = $3 WHERE matter = $1 AND done IS NULL", &params![matter, n(filled), n(whole)]).await
}

/// The matter is done, whoever it was addressed to.
///
/// # Errors
/// The engine's own.
pub async fn settle(tx: &mut Tx<'_>, matter: &str, now: Instant) -> Result<()> {
    tx.later("UPDATE todo SET done = $2 WHERE matter = $1 AND done IS NULL", &params![matter, now]).await
}

/// Every matter that begins with `prefix` is done (`cycle:{id}:` when a cycle ends).
///
/// # Errors
/// The engine's own.
pub async fn settle_all(tx: &mut Tx<'_>, prefix: &str, now: Instant) -> Result<()> {
    let end = format!("{prefix}\u{10ffff}");
    tx.exec("UPDATE todo SET done = $3 WHERE matter >= $1 AND matter < $2 AND done IS NULL", &params![prefix, &end, now]).await?;
    Ok(())
}

/// Reminds of an open matter, at most once a day; answers whether it was the first today.
///
/// # Errors
/// The engine's own.
pub async fn remind(tx: &mut Tx<'_>, matter: &str, to: &Addressee, day: BusinessDate) -> Result<bool> {
    let n = tx
        .exec(
            "INSERT INTO reminder (matter, addressee, day) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &params![matter, &to.to_string(), day],
        )
        .await?;
    Ok(n == 1)
}

/// Whether it was reminded of today.
///
/// # Errors
/// The engine's own.
pub async fn reminded(tx: &mut Tx<'_>, matter: &str, to: &Addressee, day: BusinessDate) -> Result<bool> {
    let sql = "SELECT COUNT(*) FROM reminder WHERE matter = $1 AND addressee = $2 AND day = $3";
    Ok(tx.one::<i64>(sql, &params![matter, &to.to_string(), day]).await? > 0)
}

/// How many open matters the caller has.
///
/// # Errors
/// The engine's own.
pub async fn count(db: &Db, caller: &Caller) -> Result<i64> {
    let to = of(caller);
    let n: Vec<i64> =
        db.lookup("SELECT COUNT(*) FROM todo WHERE addressee IN ($1, $2, $3, $4, $5, $6, $7, $8) AND done IS NULL", &places(&to)).await?;
    Ok(n.first().copied().unwrap_or(0))
}

/// The caller's open matters, late first, then by due date; a page after `(due, id)`.
///
/// # Errors
/// The engine's own.
pub async fn open(tx: &mut Tx<'_>, caller: &Caller, after: Option<(i64, TodoId)>, limit: i64) -> Result<Vec<TodoLine>> {
    let to = of(caller);
    let (due, id) = after.unwrap_or((-1, TodoId::from_bytes([0; 16])));
    let mut p = places(&to).to_vec();
    p.extend(params![due, &id, limit]);
    tx.all(
        "SELECT id, key, args, href, due, created, done, addressee, filled, whole FROM todo
         WHERE addressee IN ($1, $2, $3, $4, $5, $6, $7, $8) AND done IS NULL AND (due > $9 OR (due = $9 AND id > $10))
         ORDER BY due, id LIMIT $11",
        &p,
    )
    .await
}

/// What the caller has done lately.
///
/// # Errors
/// The engine's own.
pub async fn done(tx: &mut Tx<'_>, caller: &Caller, limit: i64) -> Result<Vec<TodoLine>> {
    let to = of(caller);
    let mut p = places(&to).to_vec();
    p.extend(params![limit]);
    tx.all(
        "SELECT id, key, args, href, due, created, done, addressee, filled, whole FROM todo
         WHERE addressee IN ($1, $2, $3, $4, $5, $6, $7, $8) AND done IS NOT NULL ORDER BY done DESC LIMIT $9",
        &p,
    )
    .await
}

/// What the caller has handed to others.
///
/// # Errors
/// The engine's own.
pub async fn sent(tx: &mut Tx<'_>, by: AccountId, limit: i64) -> Result<Vec<TodoLine>> {
    tx.all(
        "SELECT id, key, args, href, due, created, done, addressee, filled, whole FROM todo WHERE sent_by = $1 ORDER BY created DESC LIMIT $2",
        &params![&by, limit],
    )
    .await
}

fn places(to: &[String; PLACES]) -> [Param<'_>; PLACES] {
    to.each_ref().map(Param::from)
}

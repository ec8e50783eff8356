//! Asking for a job and seeing how it stands.
use db::{Db, Result, Tx, params};
use kernel::{AccountId, Instant, JobId, OrgPath};
use serde::{Deserialize, Serialize};

db::row! {
    /// How a job stands.
    #[derive(Clone, Debug)]
    pub struct Job {
        pub id: JobId,
        pub kind: String,
        /// None: the command line asked.
        pub owner: Option<AccountId>,
        pub path: OrgPath,
        /// Steps done of `total`; 0 of 0 until the worker knows.
        pub done: i64,
        pub total: i64,
        /// How often it was begun; 0 while it waits.
        pub attempt: i64,
        pub ended_at: Option<Instant>,
        /// What the worker left for the page, in the worker's own form.
        pub result: Option<String>,
        failure: Option<String>,
    }
}

/// Why a job failed: a key of the catalogues and its values.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Failure {
    pub key: String,
    pub args: Vec<(String, String)>,
}

impl From<&kernel::Error> for Failure {
    fn from(e: &kernel::Error) -> Self {
        Self { key: e.key.into(), args: e.args.iter().map(|(n, v)| ((*n).into(), v.clone())).collect() }
    }
}

impl Job {
    pub fn has_ended(&self) -> bool {
        self.ended_at.is_some()
    }
    pub fn failure(&self) -> Option<Failure> {
        let text = self.failure.as_ref()?;
        Some(serde_json::from_str(text).unwrap_or_else(|_| Failure { key: "internal".into(), args: Vec::new() }))
    }
    /// Whole percent; 100 only when it has ended well.
    pub fn percent(&self) -> i64 {
        match (&self.ended_at, &self.failure) {
            (Some(_), None) => 100,
            _ if self.total <= 0 => 0,
            _ => (self.done * 100 / self.total).clamp(0, 99),
        }
    }
}

/// Asks for a job in the unit that decides it, so that neither is without the other. `id` is made before the unit.
///
/// # Errors
/// The engine's.
pub async fn enqueue(
    tx: &mut Tx<'_>,
    id: &JobId,
    kind: &'static str,
    owner: Option<&AccountId>,
    path: &OrgPath,
    payload: &str,
) -> Result<()> {
    let sql = "INSERT INTO job (id, kind, owner, path, payload, done, total, held_until, attempt) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0)";
    tx.later(sql, &params![id, kind, owner, path, payload]).await
}

/// One job, if it is about a place within `scope`.
///
/// # Errors
/// `not-found` if there is none, or outside.
pub async fn of(db: &Db, id: &JobId, scope: &OrgPath) -> Result<Job> {
    let sql = "SELECT id, kind, owner, path, done, total, attempt, ended_at, result, failure FROM job
        WHERE id = $1 AND path >= $2 AND path < $3";
    db.lookup(sql, &params![id, scope, &scope.end()]).await?.pop().ok_or(db::Error::Missing)
}

/// One job that an account asked for itself.
///
/// # Errors
/// `not-found` if there is none, or somebody else's.
pub async fn own(db: &Db, id: &JobId, owner: &AccountId) -> Result<Job> {
    let sql = "SELECT id, kind, owner, path, done, total, attempt, ended_at, result, failure FROM job WHERE id = $1 AND owner = $2";
    db.lookup(sql, &params![id, owner]).await?.pop().ok_or(db::Error::Missing)
}

/// An account's own jobs, newest first, older than `before`.
///
/// # Errors
/// The engine's.
pub async fn owned_by(db: &Db, owner: &AccountId, before: Option<JobId>, limit: i64) -> Result<Vec<Job>> {
    let (owner, before) = (*owner, before.unwrap_or(LAST));
    db.read(async move |tx| {
        let sql = "SELECT id, kind, owner, path, done, total, attempt, ended_at, result, failure FROM job
            WHERE owner = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
        tx.all(sql, &params![&owner, &before, limit]).await
    })
    .await
}

/// The jobs about places within `scope`, newest first, older than `before`.
///
/// # Errors
/// The engine's.
pub async fn within(db: &Db, scope: &OrgPath, before: Option<JobId>, limit: i64) -> Result<Vec<Job>> {
    let sql = "SELECT id, kind, owner, path, done, total, attempt, ended_at, result, failure FROM job
        WHERE id < $1 AND path >= $2 AND path < $3 ORDER BY id DESC LIMIT $4";
    let (scope, before) = (scope.clone(), before.unwrap_or(LAST));
    db.read(async move |tx| tx.all(sql, &params![&before, &scope, &scope.end(), limit]).await).await
}

/// After every id there will be.
const LAST: JobId = JobId::from_bytes([0xff; 16]);

//! The rows: which files there are, whose, and what they prove.
use crate::{Hash, Stored};
use db::{Result, Tx, params};
use kernel::{AccountId, BusinessDate, FileId, Instant, OrgId};

db::row! {
    /// A file as it was handed in.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct FileRow {
        pub id: FileId,
        pub hash: Hash,
        pub name: String,
        pub media_type: String,
        /// Bytes.
        pub size: i64,
        /// The organisation that handed it in.
        pub org: OrgId,
        /// Who did; none for the command line and the demo.
        pub account: Option<AccountId>,
        /// The day of what it proves.
        pub effective: BusinessDate,
        /// When it was handed in.
        pub received: Instant,
    }
    /// Where a file is evidence.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Citation {
        /// As the citing slice spells it: `score/<sheet>/<indicator>`, `problem/<id>` …
        pub subject: String,
        pub org: OrgId,
    }
}

/// A row to be written. Everything in it is made before the unit of work, which may run twice.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub id: FileId,
    pub stored: Stored,
    pub org: OrgId,
    pub account: Option<AccountId>,
    pub effective: BusinessDate,
    pub received: Instant,
}

/// Names a stored file. Call it after [`Incoming::finish`](crate::Incoming::finish), in the unit of work whose event tells of it.
///
/// # Errors
/// The engine's own.
pub async fn record(tx: &mut Tx<'_>, file: &NewFile) -> Result<()> {
    tx.later(
        "INSERT INTO file (id, hash, name, media_type, size, org, account, effective, received) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &file.id,
            &file.stored.hash,
            &file.stored.name,
            file.stored.kind.media_type(),
            i64::try_from(file.stored.size).unwrap_or(i64::MAX),
            &file.org,
            file.account.as_ref(),
            file.effective,
            file.received
        ],
    )
    .await
}

/// Puts a file under a subject of organisation `org`; nothing happens if it stands there already.
///
/// # Errors
/// The engine's own, also if there is no such file.
pub async fn cite(tx: &mut Tx<'_>, file: FileId, subject: &str, org: OrgId) -> Result<()> {
    tx.later("INSERT INTO citation (subject, file, org) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", &params![subject, &file, &org]).await
}

/// Takes a file from a subject; the file stays. False if it did not stand there.
///
/// # Errors
/// The engine's own.
pub async fn uncite(tx: &mut Tx<'_>, file: FileId, subject: &str) -> Result<bool> {
    Ok(tx.exec("DELETE FROM citation WHERE subject = $1 AND file = $2", &params![subject, &file]).await? > 0)
}

/// The evidence of a subject, in the order it was handed in.
///
/// # Errors
/// The engine's own.
pub async fn cited(tx: &mut Tx<'_>, subject: &str) -> Result<Vec<FileRow>> {
    tx.all(
        "SELECT f.id, f.hash, f.name, f.media_type, f.size, f.org, f.account, f.effective, f.received \
         FROM citation c JOIN file f ON f.id = c.file WHERE c.subject = $1 ORDER BY f.received, f.id",
        &params![subject],
    )
    .await
}

/// An organisation's files, newest first, at most `limit` before the one given (从已有材料选; keyset).
///
/// # Errors
/// The engine's own.
pub async fn of_org(tx: &mut Tx<'_>, org: OrgId, before: Option<(Instant, FileId)>, limit: i64) -> Result<Vec<FileRow>> {
    let (at, id) = before.unwrap_or((Instant(i64::MAX), FileId::from_bytes([0xFF; 16])));
    tx.all(
        "SELECT id, hash, name, media_type, size, org, account, effective, received FROM file \
         WHERE org = $1 AND (received, id) < ($2, $3) ORDER BY received DESC, id DESC LIMIT $4",
        &params![&org, at, &id, limit],
    )
    .await
}

/// # Errors
/// [`db::Error::Missing`] if there is no such file.
pub async fn one(tx: &mut Tx<'_>, file: FileId) -> Result<FileRow> {
    tx.one("SELECT id, hash, name, media_type, size, org, account, effective, received FROM file WHERE id = $1", &params![&file]).await
}

/// Where a file is evidence: who may see one of these may see the file.
///
/// # Errors
/// The engine's own.
pub async fn citations(tx: &mut Tx<'_>, file: FileId) -> Result<Vec<Citation>> {
    tx.all("SELECT subject, org FROM citation WHERE file = $1 ORDER BY subject", &params![&file]).await
}

/// How many files stand under each subject that begins with `prefix`.
///
/// # Errors
/// The engine's own.
pub async fn counted(tx: &mut Tx<'_>, prefix: &str) -> Result<Vec<(String, i64)>> {
    db::row! { struct Line { subject: String, n: i64 } }
    let end = format!("{prefix}\u{10ffff}");
    let lines: Vec<Line> = tx
        .all(
            "SELECT subject, COUNT(*) FROM citation WHERE subject >= $1 AND subject < $2 GROUP BY subject ORDER BY subject",
            &params![prefix, &end],
        )
        .await?;
    Ok(lines.into_iter().map(|l| (l.subject, l.n)).collect())
}

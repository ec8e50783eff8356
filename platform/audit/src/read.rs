//! What the audit page and an object's history show.
use access::Scope;
use db::{Result, Tx, params};
use kernel::Instant;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Line { pub segment: Vec<u8>, pub seq: i64, pub at: Instant, pub actor: String, pub action: String, pub object: String, pub body: String }
}

/// The newest events before `before`, of the whole installation. The audit administrator reads all of it.
///
/// # Errors
/// The engine's own.
pub async fn lines(tx: &mut Tx<'_>, _all: &Scope, before: Instant, limit: i64) -> Result<Vec<Line>> {
    tx.all(
        "SELECT segment, seq, at, actor, action, object, body FROM event WHERE at < $1 ORDER BY at DESC LIMIT $2",
        &params![before, limit],
    )
    .await
}

/// All that happened to one object, oldest first. The caller has already been admitted to the object.
///
/// # Errors
/// The engine's own.
pub async fn history(tx: &mut Tx<'_>, object: &str, limit: i64) -> Result<Vec<Line>> {
    tx.all(
        "SELECT segment, seq, at, actor, action, object, body FROM event WHERE object = $1 ORDER BY at, seq LIMIT $2",
        &params![object, limit],
    )
    .await
}

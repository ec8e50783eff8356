//! What ships is published at the start: idempotent, and cheap when nothing is new.
use crate::{editions, schemes, shipped};
use access::System;
use db::Db;
use kernel::Result;

/// Publishes shipped regulations and schemes whose code and version the database does not have. One that is there
/// stays as it is, even if a later release ships other words: what is published never changes.
///
/// # Errors
/// The engine's own; internal, if a shipped file cannot be read.
pub async fn seed(db: &Db) -> Result<()> {
    let by = System::job("seed");
    let there = editions::published(db).await?;
    for edition in shipped::editions()? {
        let (code, version) = (edition.head.code.as_str(), edition.head.version.as_str());
        if !there.iter().any(|(_, c, v)| c == code && v == version) {
            editions::publish(db, &by, edition).await?;
        }
    }
    let there = schemes::schemes(db).await?;
    for scheme in shipped::schemes()? {
        if !there.iter().any(|line| line.code == scheme.code && line.version == scheme.version) {
            schemes::publish(db, &by, &scheme).await?;
        }
    }
    Ok(())
}

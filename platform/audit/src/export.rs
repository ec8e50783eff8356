//! The log as a file that is checked without a database (docs/formats.md).
use crate::walk::{checkpoints, events};
use chain::{PublicKey, Writer};
use db::Db;
use kernel::{Error, Result};
use std::io::{self, Write};

/// Writes checkpoints and events; what happens meanwhile may be in it too. Answers how many events there are.
///
/// # Errors
/// `file-unwritable` with the reason; the engine's own.
pub async fn export(db: &Db, key: &PublicKey, out: &mut impl Write) -> Result<u64> {
    let failed = |e: io::Error| Error::invalid("file-unwritable").with("why", e);
    let mut writer = Writer::begin(out, key).map_err(failed)?;
    checkpoints(db, |stored, heads| {
        heads.iter().try_for_each(|head| writer.head(head)).map_err(failed)?;
        writer.checkpoint(&stored.note).map(|()| true).map_err(failed)
    })
    .await?;
    events(db, |event| writer.event(&event.row()).map(|()| true).map_err(failed)).await?;
    writer.end().map_err(failed)
}

//! Checkpoints as they are shown and handed out.
use chain::{Head, Heads};
use db::{Db, Result, Tx, params};
use kernel::Instant;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Stored {
        pub number: i64,
        pub at: Instant,
        /// Events up to here.
        pub events: i64,
        pub segments: i64,
        /// The whole text, as `chain::Kept` reads it.
        pub note: String,
    }
}

/// The newest one.
///
/// # Errors
/// The engine's own.
pub async fn last(db: &Db) -> Result<Option<Stored>> {
    let newest = "SELECT number, at, events, segments, note FROM audit_checkpoint ORDER BY number DESC LIMIT 1";
    Ok(db.lookup(newest, &[]).await?.pop())
}

/// The newest first, below `before`.
///
/// # Errors
/// The engine's own.
pub async fn stored(tx: &mut Tx<'_>, before: i64, limit: i64) -> Result<Vec<Stored>> {
    tx.all(
        "SELECT number, at, events, segments, note FROM audit_checkpoint WHERE number < $1 ORDER BY number DESC LIMIT $2",
        &params![before, limit],
    )
    .await
}

/// One checkpoint and the text by which it is kept elsewhere: the note and all its heads.
///
/// # Errors
/// `not-found`; the engine's own.
pub async fn copy(tx: &mut Tx<'_>, number: i64) -> Result<(Stored, String)> {
    db::row! { struct Row { segment: Vec<u8>, seq: i64, hash: Vec<u8> } }
    let one = "SELECT number, at, events, segments, note FROM audit_checkpoint WHERE number = $1";
    let stored: Stored = tx.one(one, &params![number]).await?;
    let rows: Vec<Row> = tx
        .all(
            "SELECT h.segment, h.seq, h.hash FROM audit_head h WHERE h.number <= $1
             AND NOT EXISTS (SELECT 1 FROM audit_head l WHERE l.segment = h.segment AND l.seq > h.seq AND l.number <= $1)
             ORDER BY h.segment",
            &params![number],
        )
        .await?;
    let heads: Heads = rows.into_iter().map(|r| Head { segment: r.segment, seq: r.seq, hash: r.hash }).collect();
    let lines: String = heads.all().map(|head| head.line()).collect();
    Ok((stored.clone(), format!("{}\n{lines}", stored.note)))
}

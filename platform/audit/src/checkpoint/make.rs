//! Signing what is new.
use chain::{Checkpoint, Head, Heads, Signer};
use db::{Db, Result, params};
use kernel::{Error, Instant};

db::row! {
    /// Where a segment ends now, and where it ended in the last checkpoint.
    struct Now { segment: Vec<u8>, seq: i64, hash: Vec<u8>, signed: Option<i64> }
}
db::row! {
    struct Last { number: i64, segments: i64 }
}

/// Signs the heads of all segments, if there is an event that no checkpoint has yet; answers its number.
/// Of several processes that do so at once, one succeeds and the others answer `None`.
///
/// # Errors
/// Internal, if the log has become shorter than what was signed: nobody signs that.
#[allow(clippy::disallowed_methods, reason = "signing what was done is nobody's change: an event would be one more to sign")]
pub async fn make(db: &Db, signer: &Signer) -> kernel::Result<Option<i64>> {
    let (last, now) = standing(db).await?;
    let (number, known) = last.map_or((1, 0), |last| (last.number + 1, last.segments));
    let there = i64::try_from(now.iter().filter(|n| n.signed.is_some()).count()).unwrap_or(i64::MAX);
    if there < known || now.iter().any(|n| n.signed > Some(n.seq)) {
        return Err(Error::internal("the log is shorter than the last checkpoint; run `leitu audit verify`"));
    }
    if now.iter().all(|n| n.signed == Some(n.seq)) {
        return Ok(None);
    }
    let heads = heads(&now);
    let checkpoint = Checkpoint::sign(signer, number, Instant::now(), &heads);
    let note = checkpoint.note();
    let new: Vec<Now> = now.into_iter().filter(|n| n.signed != Some(n.seq)).collect();
    let written = db.write(async move |tx| {
        let sql = "INSERT INTO audit_checkpoint (number, at, events, segments, note) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (number) DO NOTHING";
        if tx.exec(sql, &params![number, checkpoint.at, checkpoint.events, checkpoint.segments, &note]).await? == 0 {
            return Ok(None);
        }
        for Now { segment, seq, hash, .. } in &new {
            tx.later("INSERT INTO audit_head (segment, seq, hash, number) VALUES ($1, $2, $3, $4)", &params![segment, *seq, hash, number])
                .await?;
        }
        Ok(Some(number))
    });
    Ok(written.await?)
}

fn heads(now: &[Now]) -> Heads {
    now.iter().map(|n| Head { segment: n.segment.clone(), seq: n.seq, hash: n.hash.clone() }).collect()
}

/// Where the log ends now, signed or not: the heads of all its segments.
///
/// # Errors
/// The engine's own.
pub async fn ends(db: &Db) -> kernel::Result<Heads> {
    Ok(heads(&standing(db).await?.1))
}

/// The last checkpoint and the heads of one moment: a later checkpoint never has an earlier head.
/// Each segment costs a few look-ups by primary key, however long it is.
async fn standing(db: &Db) -> Result<(Option<Last>, Vec<Now>)> {
    db.read(async |tx| {
        let last = tx.opt("SELECT number, segments FROM audit_checkpoint ORDER BY number DESC LIMIT 1", &[]).await?;
        let now = tx
            .all(
                "WITH RECURSIVE each_one (segment) AS (
                   SELECT (SELECT segment FROM event ORDER BY segment LIMIT 1)
                   UNION ALL
                   SELECT (SELECT e.segment FROM event e WHERE e.segment > each_one.segment ORDER BY e.segment LIMIT 1)
                   FROM each_one WHERE each_one.segment IS NOT NULL
                 )
                 SELECT s.segment,
                   (SELECT e.seq FROM event e WHERE e.segment = s.segment ORDER BY e.seq DESC LIMIT 1),
                   (SELECT e.hash FROM event e WHERE e.segment = s.segment ORDER BY e.seq DESC LIMIT 1),
                   (SELECT h.seq FROM audit_head h WHERE h.segment = s.segment ORDER BY h.seq DESC LIMIT 1)
                 FROM each_one s WHERE s.segment IS NOT NULL",
                &[],
            )
            .await?;
        Ok((last, now))
    })
    .await
}

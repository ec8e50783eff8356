//! All there is, page by page: memory stays bounded however long the log is.
use crate::checkpoint::Stored;
use chain::{Broken, Columns, Head, Kept, Row, unlike};
use db::{Db, params};
use kernel::Result;

/// Rows read at once.
const PAGE: i64 = 2_000;

db::row! {
    pub(crate) struct Event {
        segment: Vec<u8>, seq: i64, at: i64, actor: String, action: String, object: String, org: Option<Vec<u8>>, body: String,
        hash: Vec<u8>,
    }
}

impl Event {
    pub(crate) fn row(&self) -> Row<'_> {
        Row { segment: &self.segment, seq: self.seq, hash: &self.hash, body: self.body.as_bytes() }
    }
    /// Its columns against its body.
    pub(crate) fn says_what_was_chained(&self) -> std::result::Result<(), Broken> {
        let Event { at, actor, action, object, org, .. } = self;
        let columns = Columns { at: *at, actor, action, object, org: org.as_deref() };
        let segment = || self.segment.iter().map(|b| format!("{b:02x}")).collect();
        unlike(&columns, &self.body).map_or(Ok(()), |column| Err(Broken::Column { segment: segment(), seq: self.seq, column }))
    }
}

impl Stored {
    /// Its columns against its note.
    pub(crate) fn says_what_was_signed(&self) -> std::result::Result<(), Broken> {
        let signed = Kept::parse(&self.note).map(|copy| copy.checkpoint);
        let same = signed.is_ok_and(|c| (c.number, c.at, c.events, c.segments) == (self.number, self.at, self.events, self.segments));
        if same { Ok(()) } else { Err(Broken::Record { number: self.number }) }
    }
}

db::row! {
    struct NewHead { segment: Vec<u8>, seq: i64, hash: Vec<u8>, number: i64 }
}

/// Checkpoints by number, each with the heads that are new in it, until `each` has seen enough.
pub(crate) async fn checkpoints(db: &Db, mut each: impl FnMut(Stored, Vec<Head>) -> Result<bool>) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let (page, heads): (Vec<Stored>, Vec<NewHead>) = db
            .read(async move |tx| {
                let page: Vec<Stored> = tx
                    .all(
                        "SELECT number, at, events, segments, note FROM audit_checkpoint WHERE number > $1 ORDER BY number LIMIT $2",
                        &params![after, PAGE],
                    )
                    .await?;
                let to = page.last().map_or(after, |last| last.number);
                let heads = "SELECT segment, seq, hash, number FROM audit_head WHERE number > $1 AND number <= $2 ORDER BY number, segment";
                Ok((page, tx.all(heads, &params![after, to]).await?))
            })
            .await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.number;
        let mut heads = heads.into_iter().peekable();
        for stored in page {
            let mut new = Vec::new();
            while let Some(NewHead { segment, seq, hash, .. }) = heads.next_if(|h| h.number <= stored.number) {
                new.push(Head { segment, seq, hash });
            }
            if !each(stored, new)? {
                return Ok(());
            }
        }
    }
}

/// Events by segment and number, until `each` has seen enough.
pub(crate) async fn events(db: &Db, mut each: impl FnMut(Event) -> Result<bool>) -> Result<()> {
    let (mut segment, mut seq) = (Vec::new(), i64::MIN);
    loop {
        let after = (segment.clone(), seq);
        let rows: Vec<Event> = db
            .read(async move |tx| {
                tx.all(
                    "SELECT segment, seq, at, actor, action, object, org, body, hash FROM event
                     WHERE segment > $1 OR (segment = $1 AND seq > $2) ORDER BY segment, seq LIMIT $3",
                    &params![&after.0, after.1, PAGE],
                )
                .await
            })
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        (segment, seq) = (last.segment.clone(), last.seq);
        for event in rows {
            if !each(event)? {
                return Ok(());
            }
        }
    }
}

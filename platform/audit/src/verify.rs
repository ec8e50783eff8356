//! Checking the chain, in the database or in a file that was taken from it.
use crate::{Link, link};
use db::{Db, params};
use kernel::{Error, Result};
use serde_json::json;
use std::io::{BufRead, Write};

/// Events checked and segments found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    pub events: u64,
    pub segments: u64,
}

/// The first row that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub segment: String,
    pub seq: i64,
}

db::row! {
    struct Row { segment: Vec<u8>, seq: i64, body: String, hash: Vec<u8> }
}

/// Rows read at once; memory stays bounded however long the chain is.
const PAGE: i64 = 2_000;

struct Checker {
    whole: Whole,
    segment: Vec<u8>,
    seq: i64,
    head: Vec<u8>,
}

impl Checker {
    fn new() -> Self {
        Self { whole: Whole::default(), segment: Vec::new(), seq: 0, head: Vec::new() }
    }
    fn take(&mut self, row: &Link) -> std::result::Result<(), Broken> {
        if row.segment != self.segment {
            self.whole.segments += 1;
            (self.segment, self.seq, self.head) = (row.segment.clone(), 0, row.segment.clone());
        }
        if row.seq != self.seq + 1 || link(&row.segment, row.seq, &self.head, &row.body) != row.hash {
            return Err(Broken { segment: hex(&row.segment), seq: row.seq });
        }
        self.whole.events += 1;
        (self.seq, self.head) = (row.seq, row.hash.clone());
        Ok(())
    }
}

/// Recomputes every segment.
///
/// # Errors
/// `internal` if the rows cannot be read. A broken chain is not an error but the inner `Err`.
pub async fn verify(db: &Db) -> Result<std::result::Result<Whole, Broken>> {
    let mut checker = Checker::new();
    let mut broken = None;
    walk(db, |row| {
        broken = checker.take(&row).err();
        Ok(broken.is_none())
    })
    .await?;
    Ok(broken.map_or(Ok(checker.whole), Err))
}

/// Writes the chain as one JSON object a line: segment, seq, body, hash.
///
/// # Errors
/// `file-unwritable` with the reason.
pub async fn export(db: &Db, out: &mut impl Write) -> Result<u64> {
    let mut n = 0;
    walk(db, |row| {
        n += 1;
        let line = json!({ "segment": hex(&row.segment), "seq": row.seq, "body": row.body, "hash": hex(&row.hash) });
        writeln!(out, "{line}").map(|()| true).map_err(|e| Error::invalid("file-unwritable").with("why", e))
    })
    .await?;
    Ok(n)
}

/// Checks an exported file; needs no database.
///
/// # Errors
/// `audit-file` with the line that is not of this form.
pub fn verify_file(file: impl BufRead) -> Result<std::result::Result<Whole, Broken>> {
    let mut checker = Checker::new();
    for (i, line) in file.lines().enumerate() {
        let bad = || Error::invalid("audit-file").with("line", i + 1);
        let value: serde_json::Value = serde_json::from_str(&line.map_err(|_| bad())?).map_err(|_| bad())?;
        let text = |name: &str| value[name].as_str().map(str::to_owned).ok_or_else(bad);
        let row = Link {
            segment: unhex(&text("segment")?).ok_or_else(bad)?,
            seq: value["seq"].as_i64().ok_or_else(bad)?,
            body: text("body")?,
            hash: unhex(&text("hash")?).ok_or_else(bad)?,
        };
        if let Err(broken) = checker.take(&row) {
            return Ok(Err(broken));
        }
    }
    Ok(Ok(checker.whole))
}

async fn walk(db: &Db, mut each: impl FnMut(Link) -> Result<bool>) -> Result<()> {
    let (mut segment, mut seq) = (Vec::new(), 0);
    loop {
        let after = (segment.clone(), seq);
        let rows: Vec<Row> = db
            .read(async move |tx| {
                tx.all(
                    "SELECT segment, seq, body, hash FROM event WHERE segment > $1 OR (segment = $1 AND seq > $2)
                     ORDER BY segment, seq LIMIT $3",
                    &params![&after.0, after.1, PAGE],
                )
                .await
            })
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        (segment, seq) = (last.segment.clone(), last.seq);
        for r in rows {
            if !each(Link { segment: r.segment, seq: r.seq, body: r.body, hash: r.hash })? {
                return Ok(());
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()));
    digits.collect()
}

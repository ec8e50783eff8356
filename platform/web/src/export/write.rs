//! Writing a table while it is read: the next chunk is fetched while the last one is written.
use super::rows::{Reading, Row};
use futures_util::TryStreamExt;
use kernel::{Error, Result};
use std::path::PathBuf;
use tabular::{Column, Format, Note, Sheet};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// What is written, and where.
pub(super) struct Written {
    pub format: Format,
    pub title: String,
    pub columns: Vec<Column>,
    pub note: Note,
    pub path: PathBuf,
}

/// Answers how many rows there are. `told` hears how many are on their way after each chunk.
///
/// # Errors
/// What reading fails with; `table-out-rows`, `internal` if the file cannot be written.
pub(super) async fn write(out: Written, rows: Reading, told: impl FnMut(usize) + Send) -> Result<usize> {
    // One chunk waits beside the one that is written and the one that is read.
    let (send, receive) = mpsc::channel(1);
    // Writing blocks: a hundred thousand rows take seconds.
    let writing = tokio::task::spawn_blocking(move || all(out, receive));
    let read = hand_over(rows, send, told).await;
    let written = writing.await.map_err(Error::internal)?;
    let n = read?;
    written.map(|()| n)
}

/// The last word is nothing: a reader that was cut off says none, and its table is not finished.
async fn hand_over(mut rows: Reading, to: Sender<Option<Vec<Row>>>, mut told: impl FnMut(usize)) -> Result<usize> {
    let mut n = 0;
    while let Some(chunk) = rows.try_next().await? {
        n += chunk.len();
        if to.send(Some(chunk)).await.is_err() {
            // The writer has failed and says why.
            return Ok(n);
        }
        told(n);
    }
    to.send(None).await.ok();
    Ok(n)
}

fn all(out: Written, mut from: Receiver<Option<Vec<Row>>>) -> Result<()> {
    let mut sheet = Sheet::create(&out.path, out.format, &out.title, out.columns)?;
    loop {
        match from.blocking_recv() {
            Some(Some(chunk)) => chunk.iter().try_for_each(|row| sheet.row(row))?,
            Some(None) => return sheet.finish(&out.note),
            None => return Err(Error::internal("the rows of a table ended before its end")),
        }
    }
}

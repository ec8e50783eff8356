//! The rows of a table, read a chunk after the other, so that no more of a long one lies in memory than a chunk.
use futures_util::stream::{self, BoxStream, StreamExt};
use kernel::Result;
use std::future::Future;
use tabular::Cell;

/// Rows that are read at once for a file: a list has as many as there are.
pub const CHUNK: i64 = 2_000;

pub type Row = Vec<Cell>;

pub(super) type Reading = BoxStream<'static, Result<Vec<Row>>>;

/// How the rows of a list are read, within the reach of whoever asks. They can be read again from their beginning.
pub struct Rows(Box<dyn Fn() -> Reading + Send + Sync>);

impl Rows {
    /// `next` reads what stands behind a place, and says behind which place to go on; nothing where there is no more. A chunk
    /// may be empty.
    pub fn behind<S, F, Fut>(start: S, next: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Option<(Vec<Row>, S)>>> + Send + 'static,
    {
        Self(Box::new(move || stream::try_unfold(start.clone(), next.clone()).boxed()))
    }
    /// Few rows that have been read already.
    pub fn read(rows: Vec<Row>) -> Self {
        Self(Box::new(move || once(rows.clone())))
    }
    pub(super) fn begin(&self) -> Reading {
        (self.0)()
    }
}

pub(super) fn once(rows: Vec<Row>) -> Reading {
    stream::iter([Ok(rows)]).boxed()
}

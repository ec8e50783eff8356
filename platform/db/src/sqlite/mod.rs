//! SQLite: one writer thread, a few readers, a thread that keeps the log short.
mod checkpoint;
mod conn;
mod migrate;
#[cfg(test)]
mod tests;
mod writer;
pub(crate) use conn::{Conn, patiently};
pub(crate) use migrate::{create_privately, run as migrate};

use crate::{
    Error, Migration, Result, Tx, trust,
    unit::{Unit, ask},
    value::FromRow,
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
};
use tokio::sync::Semaphore;

/// Units that may wait; at some ten thousand a second this is well under a second's work.
const QUEUE: usize = 8192;
/// Reads that run at once. They share two or four cores with everything else, so more would only take memory.
const READERS: usize = 8;

/// What the threads of one database tell each other.
#[derive(Default)]
pub(crate) struct State {
    /// A commit was not made durable: the page cache may claim to hold what the disk does not,
    /// so nothing is acknowledged until a restart has read the truth from the disk.
    failed: AtomicBool,
    #[cfg(test)]
    pub(crate) fail_next_commit: AtomicBool,
}

impl State {
    fn check(&self) -> Result<()> {
        if self.failed.load(Ordering::Acquire) { Err(Error::Storage("storage-failed")) } else { trust::check() }
    }
    fn fail(&self, cause: &Error) {
        if !self.failed.swap(true, Ordering::AcqRel) {
            tracing::error!(%cause, "the disk did not take a commit; read-only until a restart");
        }
    }
}

pub(crate) struct Engine {
    queue: Option<SyncSender<Box<dyn Unit>>>,
    writer: Option<JoinHandle<()>>,
    free: Mutex<Vec<Conn>>,
    reading: Arc<Semaphore>,
    pub(crate) state: Arc<State>,
    pub(crate) path: PathBuf,
}

impl Engine {
    pub fn open(path: &Path) -> Result<Engine> {
        let conn = Conn::writing(path)?;
        let state = Arc::<State>::default();
        let nudge = checkpoint::start(Conn::writing(path)?, state.clone())?;
        let (queue, waiting) = sync_channel(QUEUE);
        let writer = writer::start(conn, waiting, nudge, state.clone(), path)?;
        Ok(Engine {
            queue: Some(queue),
            writer: Some(writer),
            free: Mutex::default(),
            reading: Arc::new(Semaphore::new(READERS)),
            state,
            path: path.into(),
        })
    }

    pub async fn write<T: Send + 'static>(&self, work: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        self.state.check()?;
        let (unit, answer) = ask(work);
        match self.queue.as_ref().map(|q| q.try_send(unit)) {
            Some(Ok(())) => answer.await.map_err(|_| Error::Closed)?,
            Some(Err(TrySendError::Full(_))) => Err(Error::Busy),
            Some(Err(TrySendError::Disconnected(_))) | None => Err(Error::Closed),
        }
    }

    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let turn = self.reading.clone().acquire_owned().await.map_err(|_| Error::Closed)?;
        let me = self.clone();
        let read = move || {
            let _turn = turn;
            me.with_reader(|c| {
                c.exec("BEGIN", &[])?;
                let end = c.run(async |tx| work(tx).await);
                c.exec("ROLLBACK", &[])?;
                end
            })
        };
        tokio::task::spawn_blocking(read).await.map_err(|e| if e.is_panic() { Error::Panicked } else { Error::Closed })?
    }

    pub fn lookup<T: FromRow>(&self, sql: &'static str, params: &[crate::Param<'_>]) -> Result<Vec<T>> {
        self.with_reader(|c| {
            let mut list = Vec::new();
            c.each(sql, params, &mut |row| {
                list.push(T::from_row(row)?);
                Ok(())
            })?;
            Ok(list)
        })
    }

    pub fn migrate(&self, list: &[Migration]) -> Result<()> {
        migrate(&self.path, list)
    }

    pub fn scrub(&self) -> Result<()> {
        self.state.check()?;
        let conn = Conn::writing(&self.path)?;
        match checkpoint::emptied(&conn) {
            Ok(true) => {}
            Ok(false) => tracing::warn!("somebody reads for long: the log still holds what was deleted"),
            end => checkpoint::tell(&self.state, end.map(drop)),
        }
        self.state.check()
    }

    pub fn plan(&self, sql: &str) -> Result<Vec<String>> {
        let text = format!("EXPLAIN QUERY PLAN {}", crate::statement::statement(sql, crate::dialect::Engine::Sqlite));
        self.with_reader(|c| {
            let mut statement = c.raw.prepare(&text)?;
            Ok(statement.raw_query().mapped(|row| row.get(3)).collect::<rusqlite::Result<_>>()?)
        })
    }

    pub fn with_reader<T>(&self, read: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut conn = free.map_or_else(|| Conn::reading(&self.path), Ok)?;
        let end = read(&mut conn);
        // One that is still in a transaction would show its next user an old snapshot.
        if conn.raw.is_autocommit() {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            if free.len() < READERS {
                free.push(conn);
            }
        }
        end
    }
}

/// The writer finishes what has queued up, and SQLite folds its log into the file when the last connection closes.
impl Drop for Engine {
    fn drop(&mut self) {
        self.queue.take();
        if let Some(writer) = self.writer.take()
            && writer.thread().id() != std::thread::current().id()
        {
            let _ = writer.join();
        }
    }
}

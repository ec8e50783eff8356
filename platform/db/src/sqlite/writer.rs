//! The writer: whatever has queued up shares one transaction and one fsync; each unit is answered only after it.
use super::{
    Conn, State, checkpoint,
    conn::{PATIENCE, is_busy, wait_for_others},
};
use crate::{
    Error, Result,
    planted::{self, Defect},
    unit::Unit,
};
use rusqlite::ErrorCode;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Units in one commit at most; a longer group would only make the first of it wait.
const GROUP: usize = 256;
/// Above this the writer makes the log start again from its beginning. Passive checkpoints alone let it grow for as
/// long as somebody reads.
const LOG_LIMIT: u64 = 64 << 20;
/// How long the restart may hold the writer up, and how long before it tries again.
const RESTART_PATIENCE: Duration = Duration::from_millis(50);
const RESTART_PAUSE: Duration = Duration::from_secs(1);
/// After so long without a pause the writer lets go of the file for the time of a [`GAP`], so that another process (the command
/// line beside a program that serves) comes to write as well.
const TURN: Duration = Duration::from_millis(200);
const GAP: Duration = Duration::from_millis(3);

struct Writer {
    conn: Conn,
    nudge: SyncSender<()>,
    state: Arc<State>,
    log: PathBuf,
    next_restart: Instant,
}

type Done = Vec<(Box<dyn Unit>, Result<()>)>;

pub(super) fn start(
    conn: Conn,
    queue: Receiver<Box<dyn Unit>>,
    nudge: SyncSender<()>,
    state: Arc<State>,
    path: &Path,
) -> Result<JoinHandle<()>> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let mut writer = Writer { conn, nudge, state, log: log.into(), next_restart: Instant::now() };
    let run = move || {
        let mut rested = Instant::now();
        loop {
            if rested.elapsed() > TURN {
                std::thread::sleep(GAP);
                rested = Instant::now();
            }
            let idle = Instant::now();
            let Ok(first) = queue.recv() else { return };
            if idle.elapsed() > GAP {
                rested = Instant::now();
            }
            writer.group(first, &queue);
            writer.restart_log();
        }
    };
    std::thread::Builder::new().name("db-writer".into()).spawn(run).map_err(|_| Error::Closed)
}

impl Writer {
    fn group(&mut self, first: Box<dyn Unit>, queue: &Receiver<Box<dyn Unit>>) {
        let head = self.conn.chain.clone();
        let mut done = Vec::new();
        let filled = self.fill(first, queue, &mut done);
        if filled.is_ok() && Defect::AnswerFirst.is_on() {
            answer(std::mem::take(&mut done));
            std::thread::sleep(planted::LATE);
        }
        let end = filled.and_then(|()| self.commit());
        let Err(e) = end else {
            return answer(done);
        };
        self.take_back(head);
        if matches!(e, Error::Storage(_)) || done.len() == 1 {
            return self.refuse(done, &e);
        }
        // One unit spoilt the transaction for all (a statement that filled the disk): each gets one of its own.
        for (unit, _) in done {
            self.alone(unit);
        }
    }
    fn alone(&mut self, unit: Box<dyn Unit>) {
        let head = self.conn.chain.clone();
        let mut done = Vec::new();
        match self.begin().and_then(|()| self.one(unit, &mut done)).and_then(|()| self.commit()) {
            Ok(()) => answer(done),
            Err(e) => {
                self.take_back(head);
                self.refuse(done, &e);
            }
        }
    }

    fn fill(&mut self, first: Box<dyn Unit>, queue: &Receiver<Box<dyn Unit>>, done: &mut Done) -> Result<()> {
        if let Err(e) = self.begin() {
            done.push((first, Ok(())));
            return Err(e);
        }
        let mut next = Some(first);
        while let Some(unit) = next.take() {
            if !unit.is_abandoned() {
                self.one(unit, done)?;
            }
            if done.len() < GROUP {
                next = queue.try_recv().ok();
            }
        }
        Ok(())
    }
    /// Another process (the command line) may hold the lock; it lets go, or its death does.
    fn begin(&mut self) -> Result<()> {
        loop {
            self.state.check()?;
            match self.conn.exec("BEGIN IMMEDIATE", &[]) {
                Err(e) if is_busy(&e) => tracing::warn!(seconds = PATIENCE.as_secs(), "another process holds the database"),
                end => return end.map(drop),
            }
        }
    }
    /// A unit that fails takes back only itself.
    fn one(&mut self, mut unit: Box<dyn Unit>, done: &mut Done) -> Result<()> {
        let head = self.conn.chain.clone();
        let mut end = self.conn.exec("SAVEPOINT unit", &[]).map(drop);
        if end.is_ok() {
            end = self.conn.run(async |tx| unit.run(tx).await);
        }
        // A volume that can only be read is nobody's mistake.
        end = end.map_err(|e| if e.sqlite() == Some(ErrorCode::ReadOnly) { Error::Storage("storage-failed") } else { e });
        if let Some(e) = end.as_ref().err().filter(|e| e.is_sync()) {
            self.state.fail(e);
        }
        let failed = end.is_err();
        done.push((unit, end));
        // SQLite gives up the whole transaction when the disk is full or does not answer.
        if self.conn.raw.is_autocommit() {
            return Err(Error::Busy);
        }
        if failed {
            self.conn.exec("ROLLBACK TO unit", &[])?;
            self.conn.chain = head;
        }
        self.conn.exec("RELEASE unit", &[]).map(drop)
    }
    fn commit(&mut self) -> Result<()> {
        let end = self.committed();
        let _ = self.nudge.try_send(());
        match end {
            Ok(()) => Ok(()),
            Err(_) if Defect::IgnoreFailure.is_on() => {
                self.take_back(None);
                Ok(())
            }
            Err(e) => match e.sqlite() {
                // Nothing of the group is in the log, and nothing was synced: there may be room again soon.
                Some(ErrorCode::DiskFull) => Err(Error::Storage("storage-full")),
                Some(ErrorCode::ConstraintViolation | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Err(e),
                _ => {
                    self.state.fail(&e);
                    Err(Error::Storage("storage-failed"))
                }
            },
        }
    }
    fn committed(&mut self) -> Result<()> {
        #[cfg(test)]
        if self.state.fail_next_commit.swap(false, std::sync::atomic::Ordering::AcqRel) {
            return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC), None).into());
        }
        self.conn.exec("COMMIT", &[]).map(drop)?;
        if self.is_read_only() {
            return Err(Error::Storage("storage-failed"));
        }
        Ok(())
    }
    /// A file system that has found an error of its own and let nobody write since (`errors=remount-ro`) says of a sync that
    /// it succeeded, and brings nothing to the disk.
    fn is_read_only(&self) -> bool {
        rustix::fs::statvfs(&self.log).is_ok_and(|volume| volume.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY))
    }
    fn take_back(&mut self, head: Option<crate::chain::Segment>) {
        if !self.conn.raw.is_autocommit() {
            let _ = self.conn.exec("ROLLBACK", &[]);
        }
        self.conn.chain = head;
    }
    fn refuse(&self, done: Done, cause: &Error) {
        for (unit, end) in done {
            unit.answer(end.and_then(|()| Err(cause.echo())));
        }
    }

    fn restart_log(&mut self) {
        if std::fs::metadata(&self.log).map_or(0, |m| m.len()) < LOG_LIMIT || Instant::now() < self.next_restart {
            return;
        }
        let _ = self.conn.raw.busy_timeout(RESTART_PATIENCE);
        checkpoint::tell(&self.state, checkpoint::checkpoint(&self.conn, "RESTART"));
        let _ = wait_for_others(&self.conn.raw);
        self.next_restart = Instant::now() + RESTART_PAUSE;
    }
}

fn answer(done: Done) {
    for (unit, end) in done {
        unit.answer(end);
    }
}

//! Carries the log into the database file beside the writer. SQLite would do it inside a commit: pauses up to half a second.
use super::{
    Conn, State,
    conn::{PATIENCE, is_busy},
};
use crate::{Error, Result};
use std::{
    sync::{
        Arc,
        mpsc::{SyncSender, sync_channel},
    },
    time::{Duration, Instant},
};

/// Between two rounds; a busy writer fills some megabytes of log meanwhile.
const PAUSE: Duration = Duration::from_millis(250);
/// Between two tries to empty the log.
const AGAIN: Duration = Duration::from_millis(10);

/// The thread sleeps until it is nudged (something was committed) and ends when the nudging end is dropped.
pub(super) fn start(conn: Conn, state: Arc<State>) -> Result<SyncSender<()>> {
    let (nudge, nudged) = sync_channel(1);
    let run = move || {
        while nudged.recv().is_ok() {
            if state.check().is_ok() {
                tell(&state, checkpoint(&conn, "PASSIVE"));
            }
            std::thread::sleep(PAUSE);
        }
    };
    std::thread::Builder::new().name("db-checkpoint".into()).spawn(run).map_err(|_| Error::Closed)?;
    Ok(nudge)
}

pub(super) fn checkpoint(conn: &Conn, mode: &str) -> Result<()> {
    Ok(conn.raw.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(()))?)
}

/// Carries over what is in the log and cuts it off. Of two checkpoints at once the second is refused without waiting, and one goes on
/// beside us; so it is tried for a while. False if somebody still read what stood there.
pub(super) fn emptied(conn: &Conn) -> Result<bool> {
    let until = Instant::now() + PATIENCE;
    loop {
        match conn.raw.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0)).map_err(Error::from) {
            Ok(true) => return Ok(true),
            Err(e) if !is_busy(&e) => return Err(e),
            _ if Instant::now() > until => return Ok(false),
            _ => std::thread::sleep(AGAIN),
        }
    }
}

/// The log may be overwritten once its pages are in the file. If syncing that file failed, they may not be there
/// although a second try succeeds; so that counts as a failed commit.
pub(super) fn tell(state: &State, end: Result<()>) {
    match end {
        Err(e) if !is_busy(&e) && e.sqlite() != Some(rusqlite::ErrorCode::DiskFull) => state.fail(&e),
        _ => {}
    }
}

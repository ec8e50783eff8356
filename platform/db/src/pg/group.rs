//! Units of work on a lane: as many as have queued up in one transaction, or one by one when that fails.
use super::{Work, session::Session};
use crate::{
    Error, Inner, Result, Tx,
    planted::{self, Defect},
    unit::{Unit, nobody},
};
use std::{
    hash::{BuildHasher, Hasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

const BEGIN: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
/// Runs of one unit before its caller is told to come again; the pauses between them add to about a second at most.
const TRIES: u32 = 20;

/// Runs of a group that met another, before the last one.
const GROUP_TRIES: u32 = 2;

/// Why a whole group came to nothing.
pub(super) enum Failure {
    /// It is certainly rolled back.
    Undone(Error),
    /// The connection broke while COMMIT was on its way.
    Unknown,
}

/// One transaction for all. An error of the database, or of a unit that had already written, fails the group;
/// a unit that refuses before it wrote has nothing to take back.
pub(super) async fn together(session: &mut Session, units: &mut [Box<dyn Unit>]) -> std::result::Result<Vec<Result<()>>, Failure> {
    let head = session.chain.clone();
    let mut tx = Tx(Inner::Pg(Work::new(session, BEGIN)));
    let end = fill(&mut tx, units).await;
    let Inner::Pg(work) = tx.0 else { return Err(Failure::Undone(Error::Closed)) };
    let client = work.client();
    if let Ok(ends) = &end
        && Defect::AnswerFirst.is_on()
    {
        for (unit, _) in units.iter_mut().zip(ends).filter(|(_, end)| end.is_ok()) {
            std::mem::replace(unit, nobody()).answer(Ok(()));
        }
        tokio::time::sleep(planted::LATE).await;
    }
    let failure = match end {
        Ok(ends) => match work.finish().await {
            Ok(()) => return Ok(ends),
            Err(e) if e.is_lost() => Failure::Unknown,
            Err(e) => Failure::Undone(e),
        },
        Err(e) => {
            // Nobody takes the answers of what is still on its way any more.
            drop(work);
            Failure::Undone(e)
        }
    };
    // A connection that does not even take this is found closed at its next use.
    let _ = client.batch_execute("ROLLBACK").await;
    session.chain = head;
    Err(failure)
}

async fn fill(tx: &mut Tx<'_>, units: &mut [Box<dyn Unit>]) -> Result<Vec<Result<()>>> {
    let mut ends = Vec::with_capacity(units.len());
    for unit in units {
        let Inner::Pg(work) = &mut tx.0 else { return Err(Error::Closed) };
        let head = work.session.chain.clone();
        work.wrote = false;
        let end = unit.run(tx).await;
        let Inner::Pg(work) = &mut tx.0 else { return Err(Error::Closed) };
        match end {
            Ok(()) if work.failed => return Err(work.settle().await.err().unwrap_or(Error::Swallowed)),
            Ok(()) => ends.push(Ok(())),
            Err(e) if e.is_own() && !work.wrote && !work.failed => {
                work.session.chain = head;
                ends.push(Err(e));
            }
            Err(e) if e.is_own() && !work.failed => return Err(e),
            Err(e) => return Err(work.settle().await.err().unwrap_or(e)),
        }
    }
    Ok(ends)
}

/// As [`together`]; a group that met another lane's is tried again as a group before each of its units would take a commit of
/// its own.
pub(super) async fn together_again(
    session: &mut Session,
    units: &mut [Box<dyn Unit>],
    again: &AtomicU64,
) -> std::result::Result<Vec<Result<()>>, Failure> {
    for tried in 0..GROUP_TRIES {
        match together(session, units).await {
            Err(Failure::Undone(e)) if e.again() => {
                again.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(pause(tried)).await;
            }
            end => return end,
        }
    }
    together(session, units).await
}

/// One unit in a transaction of its own, again and again while others get in its way.
pub(super) async fn alone(session: &mut Session, unit: &mut Box<dyn Unit>, again: &AtomicU64) -> Result<()> {
    for tried in 0..TRIES {
        match together(session, std::slice::from_mut(unit)).await {
            Ok(ends) => return ends.into_iter().next().unwrap_or(Err(Error::Closed)),
            Err(Failure::Unknown) => return Err(Error::Closed),
            Err(Failure::Undone(e)) if e.again() || e.is_stale() => {
                again.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(pause(tried)).await;
            }
            Err(Failure::Undone(e)) => return Err(e),
        }
    }
    Err(Error::Busy)
}

/// Doubles up to 64 ms, each a random part of it: two lanes that met must not meet again.
fn pause(tried: u32) -> Duration {
    let most = 1000_u64 << tried.min(6);
    let random = RandomState::new().build_hasher().finish();
    Duration::from_micros(most / 2 + random % (most / 2 + 1))
}

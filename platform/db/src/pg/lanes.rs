//! Lanes: each one connection and one thread; what has queued up by the time a lane is free shares one COMMIT.
use super::{
    group::{Failure, alone, together_again},
    session::{Open, Session},
};
use crate::{Error, Result, unit::Unit};
use deadpool::managed::Manager;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{
    Mutex,
    mpsc::{Receiver, Sender, channel, error::TrySendError},
};

/// Units in one transaction at most: the longer it is, the likelier it meets another lane.
const GROUP: usize = 64;
const QUEUE: usize = 8192;

type Waiting = Arc<Mutex<Receiver<Box<dyn Unit>>>>;

/// Ends its threads when dropped, after what has queued up.
pub(super) struct Lanes(Sender<Box<dyn Unit>>);

impl Lanes {
    pub fn open(open: &Open, count: usize, again: &Arc<AtomicU64>) -> Result<Lanes> {
        let (queue, waiting) = channel(QUEUE);
        let waiting: Waiting = Arc::new(Mutex::new(waiting));
        for number in 0..count {
            let mut lane = Lane { open: open.clone(), session: None, again: again.clone() };
            let waiting = waiting.clone();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|_| Error::Closed)?;
            let run = move || runtime.block_on(lane.run(&waiting));
            std::thread::Builder::new().name(format!("db-lane{number}")).spawn(run).map_err(|_| Error::Closed)?;
        }
        Ok(Lanes(queue))
    }
    pub fn queue(&self, unit: Box<dyn Unit>) -> Result<()> {
        self.0.try_send(unit).map_err(|e| match e {
            TrySendError::Full(_) => Error::Busy,
            TrySendError::Closed(_) => Error::Closed,
        })
    }
}

struct Lane {
    open: Open,
    session: Option<Session>,
    again: Arc<AtomicU64>,
}

impl Lane {
    async fn run(&mut self, waiting: &Waiting) {
        let mut units = Vec::new();
        while waiting.lock().await.recv_many(&mut units, GROUP).await > 0 {
            units.retain(|u| !u.is_abandoned());
            if !units.is_empty() {
                self.group(&mut units).await;
            }
        }
    }
    async fn group(&mut self, units: &mut Vec<Box<dyn Unit>>) {
        let again = self.again.clone();
        let end = match self.session().await {
            Ok(session) => together_again(session, units, &again).await,
            Err(e) => return answer(units, || Err(refusal(&e))),
        };
        match end {
            Ok(ends) => {
                for (unit, end) in units.drain(..).zip(ends) {
                    unit.answer(end);
                }
            }
            Err(Failure::Unknown) => answer(units, || Err(Error::Closed)),
            Err(Failure::Undone(_)) => {
                again.fetch_add(1, Ordering::Relaxed);
                for mut unit in units.drain(..) {
                    let end = self.alone(&mut unit).await;
                    unit.answer(end);
                }
            }
        }
    }
    async fn alone(&mut self, unit: &mut Box<dyn Unit>) -> Result<()> {
        let again = self.again.clone();
        alone(self.session().await?, unit, &again).await
    }
    /// The lane's connection; a new one starts a new segment of the chain.
    async fn session(&mut self) -> Result<&mut Session> {
        if self.session.as_ref().is_none_or(|s| s.client.is_closed()) {
            self.session = None;
        }
        match &mut self.session {
            Some(session) => Ok(session),
            empty => Ok(empty.insert(self.open.create().await?)),
        }
    }
}

fn answer(units: &mut Vec<Box<dyn Unit>>, end: impl Fn() -> Result<()>) {
    for unit in units.drain(..) {
        unit.answer(end());
    }
}

/// The error itself goes to the log once, not to each of those who waited.
fn refusal(e: &Error) -> Error {
    tracing::warn!(cause = %e, "no connection to PostgreSQL");
    Error::Closed
}

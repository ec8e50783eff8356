//! The loop that a process runs: claim, work, say that it lives, finish.
use crate::claim::{Claim, claim};
use db::Db;
use futures_util::FutureExt;
use kernel::{Error, Result};
use std::{future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// A worker's work; the text is for the job's page.
pub type Running = Pin<Box<dyn Future<Output = Result<String>> + Send>>;

/// A slice's kind of job; wired by `leitu`.
pub trait Worker: Send + Sync {
    /// The kind given to [`enqueue`](crate::enqueue).
    fn kind(&self) -> &'static str;
    /// May be begun again after it was cut off anywhere, and is dropped when another process has taken the job over.
    fn run(&self, db: Db, job: Claim) -> Running;
}

/// How often things are done; tests hurry.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// After this long without a sign of life a job is taken over.
    pub hold: Duration,
    /// Between two looks for work.
    pub look: Duration,
    /// Jobs at once.
    pub at_once: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { hold: Duration::from_secs(30), look: Duration::from_millis(500), at_once: 2 }
    }
}

/// Works for as long as it is polled; dropping it stops its jobs where they are, for another process to take over.
pub async fn run(db: Db, workers: Vec<Box<dyn Worker>>) {
    run_at(Pace::default(), db, workers).await;
}

/// [`run`] at a pace.
pub async fn run_at(pace: Pace, db: Db, workers: Vec<Box<dyn Worker>>) {
    let workers: Vec<Arc<dyn Worker>> = workers.into_iter().map(Arc::from).collect();
    let mut running = JoinSet::new();
    loop {
        while running.try_join_next().is_some() {}
        let mut begun = false;
        for worker in &workers {
            if running.len() >= pace.at_once {
                break;
            }
            match claim(&db, worker.kind(), pace.hold).await {
                Ok(Some(job)) => {
                    running.spawn(work(db.clone(), worker.clone(), job, pace.hold));
                    begun = true;
                }
                Ok(None) => {}
                Err(e) => tracing::warn!(cause = %e, "jobs cannot be looked for"),
            }
        }
        if !begun || running.len() >= pace.at_once {
            tokio::time::sleep(pace.look).await;
        }
    }
}

async fn work(db: Db, worker: Arc<dyn Worker>, job: Claim, hold: Duration) {
    let end = if job.is_hopeless() {
        Some(Err(Error::conflict("job-gave-up")))
    } else {
        // A panic is this job's failure, not the loop's.
        let work = async { AssertUnwindSafe(worker.run(db.clone(), job.clone())).catch_unwind().await };
        tokio::select! {
            end = work => Some(end.unwrap_or_else(|_| Err(Error::internal("the worker panicked")))),
            () = lost(&db, &job, hold) => None,
        }
    };
    let Some(end) = end else {
        return tracing::warn!(job = %job.id, "another process has taken the job over");
    };
    if let Err(e) = &end {
        tracing::warn!(job = %job.id, kind = worker.kind(), cause = %e, "the job failed");
    }
    if let Err(e) = job.finish(&db, end).await {
        tracing::error!(job = %job.id, cause = %e, "the job's end was not recorded; it will be begun again");
    }
}

/// Says that the job lives, three times in each hold; returns when it is not this process's any more.
async fn lost(db: &Db, job: &Claim, hold: Duration) {
    loop {
        tokio::time::sleep(hold / 3).await;
        match job.beat(db, hold).await {
            Ok(true) => {}
            Ok(false) => return,
            // A database that is away for a moment does not end the work; being late does, at the next beat.
            Err(e) => tracing::warn!(job = %job.id, cause = %e, "no sign of life could be given"),
        }
    }
}

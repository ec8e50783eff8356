//! Passwords are hashed by threads of their own, as many as there are cores: more of them would be slower together and need
//! 19 MiB each. A short queue stands before them; whoever finds it full is told to come again.
use crate::password::{hash, verify};
use db::planted::Defect;
use kernel::{Error, Kind, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Requests in the queue, those being served among them; beyond them the answer is 503.
const QUEUE: usize = 200;
/// How the system shows the threads.
const NAME: &str = "password";
/// Of the planted defect: enough to be more than a machine of proofs has cores.
const EAGER: usize = 16;

type Job = Box<dyn FnOnce() + Send>;

/// Hashes and checks passwords off the request threads. Its threads end with the last clone.
#[derive(Clone)]
pub struct Hasher {
    queue: Arc<Semaphore>,
    jobs: Sender<Job>,
    dummy: Arc<str>,
}

/// A place in the queue: whoever has one is served.
pub struct Place {
    hasher: Hasher,
    _permit: OwnedSemaphorePermit,
}

impl Hasher {
    /// # Errors
    /// `internal` if the machine gives no randomness or no threads.
    pub fn new() -> Result<Self> {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let (threads, places) = if Defect::HashEagerly.is_on() { (EAGER, Semaphore::MAX_PERMITS) } else { (cores, QUEUE) };
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = waiting.clone();
            thread::Builder::new().name(NAME.into()).spawn(move || serve(&waiting)).map_err(Error::internal)?;
        }
        Ok(Self { queue: Arc::new(Semaphore::new(places)), jobs, dummy: hash("not anybody's password")?.into() })
    }
    /// A place for one password. Taken before anything is written or counted, so that who is sent away leaves nothing.
    ///
    /// # Errors
    /// `busy` when the queue is full.
    pub fn place(&self) -> Result<Place> {
        let permit = self.queue.clone().try_acquire_owned().map_err(|_| Error::new(Kind::Busy, "busy"))?;
        Ok(Place { hasher: self.clone(), _permit: permit })
    }
    /// A PHC string to store.
    ///
    /// # Errors
    /// `busy` when the queue is full.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (place, password) = (self.place()?, password.to_owned());
        place.done(move || hash(&password)).await
    }
}

impl Place {
    /// Whether `password` fits; `None` (no such account, or no password yet) costs the same time.
    ///
    /// # Errors
    /// `internal` if a thread broke.
    pub async fn verify(self, password: &str, stored: Option<&str>) -> Result<bool> {
        let (password, known) = (password.to_owned(), stored.is_some());
        if !known && Defect::NameTells.is_on() {
            return Ok(false);
        }
        let stored = stored.unwrap_or(&self.hasher.dummy).to_owned();
        let fits = self.done(move || Ok(verify(&password, &stored))).await?;
        Ok(fits && known)
    }
    async fn done<T: Send + 'static>(self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job = move || {
            // Whoever has gone away meanwhile costs nothing more.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.hasher.jobs.send(Box::new(job)).map_err(Error::internal)?;
        answered.await.map_err(Error::internal)?
    }
}

/// One thread's life: the next job, until there is no hasher any more.
fn serve(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // Whatever happens in it, the thread goes on: it is one of few.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_only_its_own_hash_and_nobody_s_fits_none() {
        let h = Hasher::new().unwrap();
        let stored = h.hash("长征路上的第一步").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (password, stored, fits) in [
            ("长征路上的第一步", Some(&*stored), true),
            ("长征路上的第二步", Some(&*stored), false),
            ("not anybody's password", None, false),
        ] {
            assert_eq!(h.place().unwrap().verify(password, stored).await.unwrap(), fits, "{password}");
        }
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_sent_away_and_a_place_that_was_left_is_free_again() {
        let h = Hasher::new().unwrap();
        let mut places: Vec<Place> = (0..QUEUE).map(|_| h.place().unwrap()).collect();
        assert_eq!(h.place().err().unwrap().kind, Kind::Busy);
        assert_eq!(h.hash("长征路上的第一步").await.unwrap_err().kind, Kind::Busy);
        places.pop();
        assert!(h.hash("长征路上的第一步").await.is_ok());
    }

    #[tokio::test]
    async fn a_job_that_panics_takes_no_thread_with_it() {
        let h = Hasher::new().unwrap();
        for _ in 0..64 {
            let broken: Result<()> = h.place().unwrap().done(|| panic!("on purpose")).await;
            assert_eq!(broken.unwrap_err().kind, Kind::Internal);
        }
        assert!(h.hash("长征路上的第一步").await.is_ok());
    }
}

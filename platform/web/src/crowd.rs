//! Who is connected, and who makes room when all places are taken: whoever has kept us waiting the longest.
//!
//! An address has no limit of its own. An office of five hundred behind one address would pay for it, and whoever wants to keep
//! others out comes from many. A connection costs little while it waits; it is sent away only when its place is
//! needed, and never while its request is being worked on. A browser whose idle connection is closed opens another.
use db::planted::Defect;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::sync::Notify;

/// Of so many connections one is sent away at a time, so that each newcomer need not look through all.
const SHARE: usize = 64;

/// All connections.
#[derive(Clone)]
pub(crate) struct Crowd(Arc<Mutex<Inside>>);

struct Inside {
    begun: Instant,
    next: u64,
    open: HashMap<u64, Arc<Pulse>>,
}

/// One connection's place; left when it is dropped.
pub(crate) struct Standing {
    crowd: Crowd,
    number: u64,
    pub(crate) pulse: Arc<Pulse>,
}

/// What a connection is doing.
pub(crate) struct Pulse {
    begun: Instant,
    /// Milliseconds since `begun` when bytes last moved, in either direction.
    moved: AtomicU64,
    /// A request has arrived and is not answered, and nothing more is waited for from the client.
    working: AtomicBool,
    leave: Notify,
}

impl Crowd {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Inside { begun: Instant::now(), next: 0, open: HashMap::new() })))
    }
    pub(crate) fn join(&self) -> Standing {
        let mut inside = self.inside();
        let number = inside.next;
        inside.next += 1;
        let pulse = Arc::new(Pulse { begun: inside.begun, moved: 0.into(), working: false.into(), leave: Notify::new() });
        pulse.moves();
        inside.open.insert(number, pulse.clone());
        Standing { crowd: self.clone(), number, pulse }
    }
    /// All places are taken: some of those that wait for their clients are asked to leave, the longest silent first.
    pub(crate) fn make_room(&self) {
        if Defect::HoldOn.is_on() {
            return;
        }
        let inside = self.inside();
        let mut waiting: Vec<(u64, &Arc<Pulse>)> =
            inside.open.values().filter(|p| !p.is_working()).map(|p| (p.moved.load(Ordering::Relaxed), p)).collect();
        let some = (inside.open.len() / SHARE).max(1).min(waiting.len());
        if some < waiting.len() {
            waiting.select_nth_unstable_by_key(some, |(moved, _)| *moved);
        }
        waiting.iter().take(some).for_each(|(_, pulse)| pulse.leave.notify_one());
    }
    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.crowd.inside().open.remove(&self.number);
    }
}

impl Pulse {
    /// Bytes have moved.
    pub(crate) fn moves(&self) {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.moved.store(now, Ordering::Relaxed);
    }
    /// Ready when the place is needed and nothing is being worked on.
    pub(crate) async fn asked_to_leave(&self) {
        loop {
            self.leave.notified().await;
            if !self.is_working() {
                return;
            }
        }
    }
    /// For as long as the guard lives.
    pub(crate) fn work(self: &Arc<Self>) -> Working {
        self.working.store(true, Ordering::Relaxed);
        Working(self.clone())
    }
    fn is_working(&self) -> bool {
        self.working.load(Ordering::Relaxed)
    }
}

/// A request is being worked on.
pub(crate) struct Working(Arc<Pulse>);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.working.store(false, Ordering::Relaxed);
    }
}

/// A request's body: while more of it is waited for, it is the client who keeps us waiting.
pub(crate) struct Awaited {
    body: Incoming,
    pulse: Arc<Pulse>,
}

impl Awaited {
    pub(crate) fn new(body: Incoming, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl Body for Awaited {
    type Data = <Incoming as Body>::Data;
    type Error = <Incoming as Body>::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        self.pulse.working.store(polled.is_ready(), Ordering::Relaxed);
        polled
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pulse: &Pulse) -> bool {
        let waker = std::task::Waker::noop();
        let mut leaving = std::pin::pin!(pulse.asked_to_leave());
        leaving.as_mut().poll(&mut Context::from_waker(waker)).is_ready()
    }

    #[test]
    fn whoever_was_silent_longest_makes_room_and_nobody_whose_request_is_worked_on() {
        let crowd = Crowd::new();
        let all: Vec<Standing> = (0..4).map(|_| crowd.join()).collect();
        for (standing, moved) in all.iter().zip([7, 1, 3, 2]) {
            standing.pulse.moved.store(moved, Ordering::Relaxed);
        }
        let working = all[1].pulse.work();
        crowd.make_room();
        let left: Vec<bool> = all.iter().map(|s| asked(&s.pulse)).collect();
        assert_eq!(left, [false, false, false, true]);
        drop(working);
        crowd.make_room();
        assert!(asked(&all[1].pulse) && !asked(&all[0].pulse));
    }

    #[test]
    fn who_begins_to_work_after_having_been_asked_stays() {
        let crowd = Crowd::new();
        let only = crowd.join();
        crowd.make_room();
        let working = only.pulse.work();
        assert!(!asked(&only.pulse));
        drop(working);
        assert!(!asked(&only.pulse), "the question was answered");
        crowd.make_room();
        assert!(asked(&only.pulse));
    }

    #[test]
    fn of_many_some_leave_at_once_and_those_who_left_are_forgotten() {
        let crowd = Crowd::new();
        let mut all: Vec<Standing> = (0..640).map(|_| crowd.join()).collect();
        for (moved, standing) in all.iter().enumerate() {
            standing.pulse.moved.store(moved as u64, Ordering::Relaxed);
        }
        crowd.make_room();
        let left: Vec<usize> = (0..all.len()).filter(|n| asked(&all[*n].pulse)).collect();
        assert_eq!(left, (0..10).collect::<Vec<_>>());
        all.clear();
        assert_eq!(crowd.inside().open.len(), 0);
    }
}

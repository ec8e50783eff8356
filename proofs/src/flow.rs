//! People who work on while something happens to the disk or the database; the program itself is not killed.
use crate::check::{Found, There};
use crate::deep;
use crate::kill9::{adopt, send, serve};
use crate::program::{Make, Program, data};
use crate::stage::Hand;
use crate::work::{Gate, Journal, Known};
use db::Db;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// How long anybody is waited for before the proof says that the program does not answer any more.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Flow {
    pub make: Make,
    pub hands: Vec<Hand>,
    pub known: Vec<Known>,
    pub found: Found,
    programs: Vec<Option<Program>>,
    /// One for the people of each program.
    gates: Vec<Arc<Gate>>,
    people: Vec<JoinHandle<()>>,
}

impl Flow {
    /// The program serves, everybody works.
    pub fn start(make: Make, hands: Vec<Hand>) -> Flow {
        Self::start_many(make, hands, 1)
    }
    /// Several processes serve the same data, and each person is at one of them.
    pub fn start_many(make: Make, hands: Vec<Hand>, processes: usize) -> Flow {
        let known: Vec<Known> = hands.iter().map(|_| Known::default()).collect();
        let programs: Vec<Program> = (0..processes).map(|_| serve(&make)).collect();
        let gates: Vec<Arc<Gate>> = programs.iter().map(|p| Gate::to(&p.address, true)).collect();
        let people = send(&hands, &known, &gates, 0);
        Flow { make, hands, known, found: Found::default(), programs: programs.into_iter().map(Some).collect(), gates, people }
    }
    /// The first program that serves now.
    pub fn program(&mut self) -> &mut Program {
        self.programs[0].as_mut().expect("a serving program")
    }
    pub fn addresses(&self) -> Vec<String> {
        self.programs.iter().flatten().map(|p| p.address.clone()).collect()
    }
    pub fn kill(&mut self, which: usize) {
        if let Some(program) = self.programs[which].take() {
            program.kill();
        }
    }
    /// A program is killed and starts again, on another port: its people find it there.
    pub fn restart(&mut self, which: usize) {
        self.kill(which);
        let program = serve(&self.make);
        self.gates[which].move_to(&program.address);
        self.programs[which] = Some(program);
    }
    /// Another sheet may be handed in by every eighth person.
    pub fn turn(&self, turn: usize) {
        for (person, known) in self.known.iter().enumerate() {
            known.lock().may_hand_in += usize::from((person + turn).is_multiple_of(8));
        }
    }
    pub fn journals(&self) -> Vec<Journal> {
        self.known.iter().map(Known::copy).collect()
    }
    pub fn acknowledged(&self) -> u64 {
        self.known.iter().map(|k| k.lock().tally.acknowledged).sum()
    }
    /// Nobody begins anything; answers when nothing is on its way, or `false` when something stays without an end.
    pub async fn rest(&self) -> bool {
        self.gates.iter().for_each(|g| g.rest.store(true, Ordering::Relaxed));
        self.until(|person| self.people[person].is_finished() || self.known[person].lock().pending.is_none()).await.is_some()
    }
    pub fn go_on(&self) {
        self.gates.iter().for_each(|g| g.rest.store(false, Ordering::Relaxed));
    }
    /// How long it takes until everybody has had something acknowledged once more; `None` if somebody never has.
    pub async fn everybody_again(&self) -> Option<Duration> {
        let before: Vec<u64> = self.known.iter().map(|k| k.lock().tally.acknowledged).collect();
        let took = self.until(|person| self.people[person].is_finished() || self.known[person].lock().tally.acknowledged > before[person]);
        took.await.filter(|_| !self.people.iter().any(JoinHandle::is_finished))
    }
    /// Waits until it holds for everybody.
    async fn until(&self, holds: impl Fn(usize) -> bool) -> Option<Duration> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if (0..self.people.len()).all(&holds) {
                return Some(start.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        None
    }
    /// Compares what is at `url` with what was acknowledged when this was called.
    pub async fn compare(&mut self, url: &str, adopting: bool) {
        let floor = self.journals();
        let db = Db::open(url).await.expect("the database");
        let there = There::read(&db).await.expect("what is there");
        let ceiling = self.journals();
        self.found.add(there.compare(&self.hands, &floor, &ceiling));
        if adopting {
            adopt(&there, &self.hands, &self.known);
        }
    }
    /// Looks at everything at `url`, whose evidence is in the program's own data directory.
    pub async fn look(&mut self, url: &str) {
        let db = Db::open(url).await.expect("the database");
        self.found.add(deep::look(&db, &data(&self.make.home).join("files")).await.expect("a look"));
    }
    /// Sends everybody home.
    pub async fn leave(&mut self) {
        self.gates.iter().for_each(|g| g.leave.store(true, Ordering::Relaxed));
        for person in self.people.drain(..) {
            person.await.expect("a person");
        }
    }
}

//! What a program and the children it starts hold, looked at all the while.
use crate::probe::Memory;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two looks: who holds much has not come by it sooner.
const PAUSE: Duration = Duration::from_millis(2);

/// The command that reads a log; the proof runs it itself.
const VERIFIER: &str = "verify";

pub struct Scales {
    id: u32,
    /// What the program held when nobody had done anything yet, MiB.
    idle: u64,
    child: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    watching: Option<JoinHandle<()>>,
}

impl Scales {
    pub fn new(id: u32) -> Scales {
        let (child, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (most, end) = (child.clone(), over.clone());
        let watching = std::thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                let all = children(id, tabular::SUB_COMMAND).chain(children(std::process::id(), VERIFIER)).map(Memory::own_peak_of).sum();
                most.fetch_max(all, Ordering::Relaxed);
                std::thread::sleep(PAUSE);
            }
        });
        Scales { id, idle: Memory::of(id).idle(), child, over, watching: Some(watching) }
    }
    /// From now on peaks count anew.
    pub fn begin(&self) -> Memory {
        self.child.store(0, Ordering::Relaxed);
        Memory::of(self.id)
    }
    /// By how much it was more than at that beginning, MiB, children and all.
    pub fn end(&self, begun: &Memory) -> u64 {
        begun.more() + self.child.load(Ordering::Relaxed)
    }
    /// By how much the program alone holds more than when it had done nothing yet.
    pub fn kept(&self) -> u64 {
        Memory::of(self.id).idle().saturating_sub(self.idle)
    }
}

impl Drop for Scales {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(watching) = self.watching.take() {
            let _ = watching.join();
        }
    }
}

/// Children with a word in their command line. Until they have it, they are still their parent, with all that it holds.
fn children(id: u32, word: &str) -> impl Iterator<Item = u32> {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let ids: Vec<u32> = lists.flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect();
    let has =
        move |id: &u32| fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.split(|b| *b == 0).any(|w| w == word.as_bytes()));
    ids.into_iter().filter(has)
}

//! Somebody who looks at a page again and again while something else goes on, and what the program costs meanwhile.
use crate::client::Client;
use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);
/// Whoever waits longer has had no answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is looked at, by whom.
#[derive(Clone, Debug)]
pub struct Sight {
    pub address: String,
    pub session: String,
    pub path: &'static str,
    /// Over one connection, or each time over a new one.
    pub kept: bool,
}

/// Looks until it is told to end.
pub struct Probe {
    over: Arc<AtomicBool>,
    looking: JoinHandle<Looks>,
}

/// How long the looks took.
#[derive(Debug, Default)]
pub struct Looks {
    took: Vec<Duration>,
    /// No answer, or one that is no page.
    pub failed: usize,
}

impl Probe {
    pub fn start(sight: Sight) -> Probe {
        let over = Arc::new(AtomicBool::new(false));
        let looking = tokio::spawn(look(sight, over.clone()));
        Probe { over, looking }
    }
    pub async fn end(self) -> Looks {
        self.over.store(true, Ordering::Relaxed);
        self.looking.await.expect("whoever looked")
    }
}

impl Looks {
    /// In milliseconds; what had no answer counts as long as it was waited for.
    pub fn p95(&self) -> String {
        let mut all = self.took.clone();
        all.sort_unstable();
        let at = all.get(all.len().saturating_sub(1) * 95 / 100).copied().unwrap_or_default();
        format!("{}ms", at.as_millis())
    }
    pub fn number(&self) -> usize {
        self.took.len()
    }
}

async fn look(sight: Sight, over: Arc<AtomicBool>) -> Looks {
    let (mut looks, mut kept) = (Looks::default(), None);
    while !over.load(Ordering::Relaxed) {
        let start = Instant::now();
        let done = timeout(PATIENCE, once(&sight, kept.take())).await;
        looks.took.push(start.elapsed());
        match done {
            Ok(Ok(client)) => kept = sight.kept.then_some(client),
            Ok(Err(e)) => looks.fail(&e.to_string()),
            Err(_) => looks.fail("no answer"),
        }
        sleep(PAUSE).await;
    }
    looks
}

impl Looks {
    fn fail(&mut self, why: &str) {
        if self.failed < 3 {
            eprintln!("  a look failed: {why}");
        }
        self.failed += 1;
    }
}

async fn once(sight: &Sight, kept: Option<Client>) -> io::Result<Client> {
    let mut client = match kept {
        Some(client) => client,
        None => Client::connect(&sight.address, &sight.session).await?,
    };
    let reply = client.get(sight.path).await?;
    if reply.status == 200 { Ok(client) } else { Err(io::Error::other(format!("answered {}", reply.status))) }
}

/// What a process holds, in MiB.
pub struct Memory {
    id: u32,
    idle: u64,
    /// Of that, what is read of files: the program's own, and the database's.
    files: u64,
}

impl Memory {
    /// From now on its peak is remembered anew.
    pub fn of(id: u32) -> Memory {
        // If the system refuses, the peak of the start counts too.
        let _ = fs::write(format!("/proc/{id}/clear_refs"), "5");
        Memory { id, idle: line(id, "VmRSS:"), files: line(id, "RssFile:") }
    }
    pub fn idle(&self) -> u64 {
        self.idle
    }
    /// The most it has held since.
    pub fn peak(&self) -> u64 {
        line(self.id, "VmHWM:")
    }
    /// The most any process has held, MiB.
    pub fn peak_of(id: u32) -> u64 {
        line(id, "VmHWM:")
    }
    /// The same without what is read from files: of a program that runs already it costs nothing.
    pub fn own_peak_of(id: u32) -> u64 {
        line(id, "VmHWM:").saturating_sub(line(id, "RssFile:"))
    }
    /// By how much that is more than at the beginning.
    pub fn more(&self) -> u64 {
        self.peak().saturating_sub(self.idle)
    }
    /// The same of what is its own: pages of files are the system's to take back, and an unoptimised program has many.
    pub fn own_more(&self) -> u64 {
        Self::own_peak_of(self.id).saturating_sub(self.idle.saturating_sub(self.files))
    }
}

fn line(id: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How many threads of a process go by a name.
pub fn named_threads(id: u32, name: &str) -> usize {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    tasks.filter(|t| fs::read_to_string(t.path().join("comm")).is_ok_and(|comm| comm.trim() == name)).count()
}

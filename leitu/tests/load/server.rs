//! The real binary: the one that was built with the tests, or the one that `LEITU_BIN` names.
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
}

pub fn binary() -> String {
    std::env::var("LEITU_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_leitu").into())
}

impl Server {
    /// Serves and answers once the address is printed.
    pub fn start(home: &Path, more: &[&str]) -> Server {
        let mut command = Command::new(binary());
        command.current_dir(home).args(["serve", "--listen", "127.0.0.1:0"]).args(more);
        for name in ["LEITU_DATABASE_URL", "LEITU_DATA_DIR", "LEITU_KEY_DIR", "LEITU_LISTEN"] {
            command.env_remove(name);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut first = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut first).expect("a line");
        let address = first.split("://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let address = address.unwrap_or_else(|| panic!("no address in {first:?}")).to_owned();
        Server { child, address }
    }
    pub fn id(&self) -> u32 {
        self.child.id()
    }
    /// SIGKILL: nothing of the process runs any more.
    pub fn kill(mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }
    /// Memory that is really used, in MiB; 0 where the system does not say.
    pub fn memory_mib(&self) -> u64 {
        self.held("VmRSS:")
    }
    /// The most of its own since its start, or since [`forget_peak`](Server::forget_peak): pages of files are the system's to
    /// take back, and each connection to the database maps them once more.
    pub fn peak_mib(&self) -> u64 {
        self.held("VmHWM:").saturating_sub(self.held("RssFile:"))
    }
    pub fn own_mib(&self) -> u64 {
        self.held("RssAnon:")
    }
    pub fn forget_peak(&self) {
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.id()), "5");
    }
    /// Processor time it has used, all threads together; to a hundredth of a second.
    pub fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).unwrap_or_default();
        // The name in brackets may hold spaces.
        let after = stat.rsplit(") ").next().unwrap_or_default();
        let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }
    /// Waits until it has done what it does after a start (jobs, dates that wait for a calendar).
    pub fn settle(&self) {
        let mut before = Duration::MAX;
        while self.cpu().abs_diff(before) > Duration::from_millis(20) {
            before = self.cpu();
            std::thread::sleep(Duration::from_secs(2));
        }
    }
    fn held(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status.lines().find(|l| l.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

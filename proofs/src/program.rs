//! The built program as a process: as it ships (`LEITU_BIN`), or with the planted defects (`LEITU_PLANTED_BIN`).
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// Open files that the program keeps for itself; the others are places for connections.
pub const OURS: usize = 200;

/// Which program, on which database.
#[derive(Clone, Debug, Default)]
pub struct Make {
    /// The defect to switch on; the program as it ships if there is none.
    pub defect: Option<&'static str>,
    /// The embedded database if there is none.
    pub url: Option<String>,
    /// Where the data directory is.
    pub home: PathBuf,
    /// What the program writes to standard error is appended here.
    pub log: PathBuf,
}

impl Make {
    fn binary(&self) -> String {
        let variable = if self.defect.is_some() { "LEITU_PLANTED_BIN" } else { "LEITU_BIN" };
        std::env::var(variable).unwrap_or_else(|_| panic!("proofs need the built program in {variable}: use `cargo xtask`"))
    }
    fn command(&self) -> Command {
        self.prepared(Command::new(self.binary()))
    }
    fn prepared(&self, mut command: Command) -> Command {
        command.current_dir(&self.home).env("RUST_BACKTRACE", "0");
        for name in ["LEITU_DATABASE_URL", "LEITU_DATA_DIR", "LEITU_KEY_DIR", "LEITU_LISTEN", "LEITU_PLANTED"] {
            command.env_remove(name);
        }
        command.envs(self.defect.map(|name| ("LEITU_PLANTED", name)));
        command.envs(self.url.as_ref().map(|url| ("LEITU_DATABASE_URL", url)));
        command
    }
    /// Serves; answers once the address is printed.
    ///
    /// # Errors
    /// What the program said before it ended instead.
    pub fn serve(&self) -> Result<Program, String> {
        self.started(self.command())
    }
    /// The same where the system gives no more than so many open files.
    ///
    /// # Errors
    /// As [`Self::serve`].
    pub fn serve_within(&self, files: usize) -> Result<Program, String> {
        let mut command = Command::new("prlimit");
        command.arg(format!("--nofile={files}:{files}")).arg(self.binary());
        self.started(self.prepared(command))
    }
    /// The same, saying as much as it can say, with a folder of its own for what is temporary.
    ///
    /// # Errors
    /// As [`Self::serve`].
    pub fn serve_talking(&self, temporary: &Path) -> Result<Program, String> {
        std::fs::create_dir_all(temporary).map_err(|e| e.to_string())?;
        let mut command = self.command();
        command.env("RUST_LOG", "trace").env("TMPDIR", temporary);
        self.started(command)
    }
    /// The same where nothing is there yet, without a demo.
    ///
    /// # Errors
    /// As [`Self::serve`].
    pub fn serve_empty(&self) -> Result<Program, String> {
        let mut command = self.command();
        command.args(["serve", "--empty"]);
        self.answering(command)
    }
    /// Begins a command and does not wait for it.
    pub fn begin(&self, words: &[&str]) -> Child {
        let log = File::options().create(true).append(true).open(&self.log).expect("a log");
        self.command().args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().expect("the program starts")
    }
    fn started(&self, mut command: Command) -> Result<Program, String> {
        command.arg("serve");
        self.answering(command)
    }
    fn answering(&self, mut command: Command) -> Result<Program, String> {
        let log = File::options().create(true).append(true).open(&self.log).map_err(|e| e.to_string())?;
        let before = log.metadata().map_or(0, |m| m.len());
        command.args(["--listen", "127.0.0.1:0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().map_err(|e| e.to_string())?;
        let mut first = String::new();
        if let Some(out) = child.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut first);
        }
        let address = first.split("://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let Some(address) = address.map(str::to_owned) else {
            let _ = child.kill();
            let _ = child.wait();
            let said = std::fs::read_to_string(&self.log).unwrap_or_default();
            return Err(said.get(usize::try_from(before).unwrap_or(0)..).unwrap_or_default().trim().to_owned());
        };
        Ok(Program { child, address })
    }
    /// Runs a command of the program to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command().args(words).stdin(Stdio::null()).output().expect("the program starts")
    }
    /// How often the program has panicked so far.
    pub fn panics(&self) -> usize {
        std::fs::read_to_string(&self.log).unwrap_or_default().matches("panicked at").count()
    }
}

/// A serving program; killed when dropped.
pub struct Program {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
}

impl Program {
    pub fn id(&self) -> u32 {
        self.child.id()
    }
    /// Whether it still runs.
    pub fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
    /// SIGTERM, and the program's own end.
    pub fn stop(mut self) {
        let id = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a process to stop");
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a process to stop");
        self.child.wait().expect("its end");
    }
    /// SIGKILL: nothing of the process runs any more.
    pub fn kill(mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether this process may mount and make devices.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether a program can be found.
pub fn found(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from)).any(|folder| folder.join(name).is_file())
}

/// Runs a command that must succeed; answers what it printed.
///
/// # Errors
/// What it said instead.
pub fn run(words: &[&str]) -> Result<String, String> {
    let (program, args) = words.split_first().ok_or("nothing to run")?;
    let done = Command::new(program).args(args).stdin(Stdio::null()).output().map_err(|e| format!("{program}: {e}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if done.status.success() { Ok(text(&done.stdout)) } else { Err(format!("{}: {}", words.join(" "), text(&done.stderr))) }
}

/// The data directory below a home, as the program finds it by itself.
pub fn data(home: &Path) -> PathBuf {
    home.join("data")
}

//! What reads files and paths, fuzzed by what of it runs: a target for each (`fuzz/`), begun from the corpus that is kept. None ends
//! but by its time. The control begins from nothing.
use crate::Size;
use crate::report::Row;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const TARGETS: [&str; 5] = ["scheme", "csv", "xlsx", "audit", "path"];
const TOOL: &str = "0.13.2";
/// What is longer is not kept in the corpus, bytes.
const KEPT: u64 = 2 << 10;
/// The control's defect must be found within so many seconds.
const FOUND: u64 = 120;

/// `--times` are the seconds for each.
pub fn rows(size: Size) -> Vec<Row> {
    let name = |target: &str| format!("fuzzed parsers, {target}");
    let tool = match Tool::installed().and_then(|tool| tool.build(&[]).map(|()| tool)) {
        Ok(tool) => tool,
        Err(why) => return TARGETS.iter().map(|target| Row::not_run(name(target), &why)).collect(),
    };
    let seconds = size.of(5, 600) as u64;
    let one = |target: &str| fuzzed(&name(target), &tool, target, seconds, size == Size::Long);
    // Each keeps one core busy.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut rows = Vec::new();
    for together in TARGETS.chunks(cores) {
        std::thread::scope(|all| {
            let running: Vec<_> = together.iter().map(|target| all.spawn(|| one(target))).collect();
            rows.extend(running.into_iter().map(|run| run.join().expect("a target's end")));
        });
    }
    rows.push(control(&format!("{}, control: quotation marks within a cell are lost", name("csv")), &tool));
    rows
}

fn fuzzed(name: &str, tool: &Tool, target: &str, seconds: u64, keeps: bool) -> Row {
    let place = tempfile::tempdir().expect("a folder");
    let (kept, corpus) = (fuzz().join("corpus").join(target), place.path().join("corpus"));
    std::fs::create_dir(&corpus).expect("a folder");
    let before = files(&kept);
    // The first folder takes what is found; the others are only read.
    let run = tool.run(target, &[&corpus, &kept], seconds, None);
    if keeps && run.held {
        tool.keep(target, &kept, &corpus);
    }
    let text = format!(
        "seconds={} runs={} edges={} crashes={} corpus={before} found={} kept={}",
        run.took.as_secs(),
        run.runs,
        run.edges,
        usize::from(!run.held),
        files(&corpus),
        files(&kept),
    );
    // A target that ended before its time did not do what was asked, whatever it says.
    let whole = run.held && run.took + Duration::from_secs(1) >= Duration::from_secs(seconds) && run.runs > 1_000 && before > 0;
    let first = run.words.filter(|_| !whole).map_or(String::new(), |words| format!(": {}", words.replace('|', "/")));
    Row::of(name, text + &first, whole)
}

fn control(name: &str, tool: &Tool) -> Row {
    if let Err(why) = tool.build(&["--features", "planted", "csv"]) {
        return Row::not_run(name, why);
    }
    let place = tempfile::tempdir().expect("a folder");
    let empty = place.path().join("corpus");
    std::fs::create_dir(&empty).expect("a folder");
    let run = tool.run("csv", &[&empty], FOUND, Some("lose-quotes"));
    let found = !run.held && run.words.as_ref().is_some_and(|words| words.contains("another table"));
    let text = format!("seconds={} of {FOUND} runs={} crashes={}", run.took.as_secs(), run.runs, usize::from(!run.held));
    let first = run.words.map_or(String::new(), |words| format!(": {}", words.replace('|', "/")));
    Row::of(name, text + &first, found)
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

struct Tool {
    /// Where it is, and what it builds.
    folder: PathBuf,
}

struct Run {
    held: bool,
    took: Duration,
    runs: u64,
    edges: u64,
    /// What the target said as it ended before its time.
    words: Option<String>,
}

impl Tool {
    /// # Errors
    /// What is not on this machine.
    fn installed() -> Result<Tool, String> {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
        std::fs::create_dir_all(&target).map_err(|e| e.to_string())?;
        let folder = target.canonicalize().map_err(|e| e.to_string())?.join("fuzz");
        done(Command::new("rustup").args(["run", "nightly", "cargo", "--version"])).map_err(|e| format!("no nightly compiler: {e}"))?;
        let tool = Tool { folder };
        let found = done(tool.cargo().args(["fuzz", "--version"])).is_ok_and(|said| said.trim().ends_with(TOOL));
        if !found {
            let mut install = tool.cargo();
            install.args(["install", "cargo-fuzz", "--locked", "--quiet", "--version", TOOL, "--root"]).arg(tool.folder.join("tool"));
            done(&mut install).map_err(|e| format!("cargo-fuzz cannot be installed: {e}"))?;
        }
        Ok(tool)
    }
    /// The nightly cargo, which finds the tool.
    fn cargo(&self) -> Command {
        let mut command = Command::new("rustup");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let places = std::iter::once(self.folder.join("tool/bin")).chain(std::env::split_paths(&path));
        command.args(["run", "nightly", "cargo"]).env("PATH", std::env::join_paths(places).unwrap_or(path));
        // Those of the cargo that may have started us are for another compiler.
        for (name, _) in
            std::env::vars().filter(|(name, _)| name.starts_with("CARGO") && name != "CARGO_HOME" || name == "RUSTUP_TOOLCHAIN")
        {
            command.env_remove(name);
        }
        command.current_dir(fuzz().join(".."));
        command
    }
    /// # Errors
    /// The targets do not build.
    fn build(&self, more: &[&str]) -> Result<(), String> {
        // Our own code has no `unsafe`: what is looked for are panics, hangs and memory, and the sanitizers halve the speed.
        let mut command = self.cargo();
        command.args(["fuzz", "build", "--sanitizer", "none", "--target-dir"]).arg(&self.folder).args(more);
        done(&mut command).map(drop).map_err(|e| format!("the targets do not build: {e}"))
    }
    fn target(&self, name: &str) -> Command {
        let triple = done(Command::new("rustup").args(["run", "nightly", "rustc", "--print", "host-tuple"])).expect("a compiler");
        Command::new(self.folder.join(triple.trim()).join("release").join(name))
    }
    fn run(&self, name: &str, corpus: &[&Path], seconds: u64, defect: Option<&str>) -> Run {
        let mut command = self.target(name);
        let artifacts = self.folder.join("artifacts");
        std::fs::create_dir_all(&artifacts).expect("a folder");
        command.args(corpus).arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/{name}-", artifacts.display()));
        command.args(["-timeout=60", "-rss_limit_mb=1024", "-print_final_stats=1", "-max_len=32768"]).env("RUST_BACKTRACE", "0");
        command.env_remove("LEITU_PLANTED").envs(defect.map(|defect| ("LEITU_PLANTED", defect)));
        let start = Instant::now();
        let out = command.stdin(Stdio::null()).output().expect("a target starts");
        let (took, said) = (start.elapsed(), String::from_utf8_lossy(&out.stderr).into_owned());
        let number = |before: &str| {
            let found = said.lines().rev().find_map(|line| line.split_once(before)?.1.split_whitespace().next()?.parse().ok());
            found.unwrap_or_default()
        };
        // A panic says why below its first line; what else ends a target has a line of its own.
        let mut lines = said.lines().skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR: libFuzzer"));
        let words: Vec<&str> = lines.by_ref().take(2).collect();
        let words = (!out.status.success()).then(|| words.join(" ").chars().take(300).collect());
        Run { held: out.status.success(), took, runs: number("number_of_executed_units:"), edges: number(" cov: "), words }
    }
    /// What was found, is short and reaches more of the code goes into the corpus; how often it gets there does not count.
    fn keep(&self, name: &str, kept: &Path, found: &Path) {
        for file in std::fs::read_dir(found).expect("a folder").flatten() {
            if file.metadata().is_ok_and(|about| about.len() > KEPT) {
                std::fs::remove_file(file.path()).expect("a file");
            }
        }
        let out = self.target(name).args(["-merge=1", "-use_counters=0"]).args([kept, found]).stdin(Stdio::null()).output();
        assert!(out.is_ok_and(|out| out.status.success()), "what was found cannot be kept");
    }
}

/// Runs it to its end; answers what it printed.
fn done(command: &mut Command) -> Result<String, String> {
    let out = command.stdin(Stdio::null()).output().map_err(|e| e.to_string())?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let error = text(&out.stderr).lines().find(|line| line.contains("error")).unwrap_or("it failed").to_owned();
    if out.status.success() { Ok(text(&out.stdout)) } else { Err(error) }
}

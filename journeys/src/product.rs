//! The product as a person gets it: the built program, on a data directory of its own.
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::time::Duration;

use crate::kept::Kept;

/// How long a first start with the demo may take on a machine that runs other journeys meanwhile, on PostgreSQL too.
const START: Duration = Duration::from_secs(400);

/// A running product; dropped, it is stopped and its data removed.
pub struct Product {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    kept: Kept,
    data: tempfile::TempDir,
}

impl Product {
    /// A new data directory; `args` are those of `leitu serve`, like `--empty`.
    pub fn start(args: &[&str]) -> Self {
        Self::start_on(tempfile::tempdir().unwrap(), args)
    }

    /// The demo province. It is loaded once per build of the program and copied for every caller, so
    /// that each journey has one of its own.
    pub fn demo() -> Self {
        let data = tempfile::tempdir().unwrap();
        copy(&province(), data.path());
        Self::start_on(data, &[])
    }

    /// The demo province loaded into a new database of the PostgreSQL server at `url`, where tests may make databases.
    pub fn demo_in(url: &str) -> Self {
        Self::start(&["--demo", "--database-url", url])
    }

    /// By a command that a README tells, on free ground.
    pub fn by(command: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        // As from a reader's own shell, not as from a test: some libraries are built anew for another caller.
        let callers = std::env::vars().map(|(name, _)| name).filter(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"));
        let forgotten: Vec<String> = callers.map(|name| format!("--unset={name}")).collect();
        let words: Vec<&str> =
            ["-C", root].into_iter().chain(forgotten.iter().map(String::as_str)).chain(command.split_whitespace()).chain(["--"]).collect();
        let (kept, address) = started("env", &words, data.path());
        Self { address, kept, data }
    }

    fn start_on(data: tempfile::TempDir, args: &[&str]) -> Self {
        let (kept, address) = serve(data.path(), args);
        Self { address, kept, data }
    }

    /// Waits for a line on standard output and returns what `pick` takes from it (a one-time code).
    pub fn printed<T>(&self, pick: impl Fn(&str) -> Option<T>) -> T {
        self.kept.wait_for(START, pick).unwrap_or_else(|| panic!("the product did not print it; it printed:\n{}", self.kept.said()))
    }

    /// Runs another command of the program on the same data, beside the server.
    pub fn command(&self, args: &[&str]) -> Output {
        Command::new(program()).args(args).arg("--data-dir").arg(self.data.path()).output().unwrap()
    }

    /// The same, which must succeed; what it printed, as JSON if it is that.
    pub fn done(&self, args: &[&str]) -> serde_json::Value {
        let output = self.command(args);
        assert!(output.status.success(), "leitu {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }

    /// A file in the product's own folder, for what is brought in.
    pub fn file(&self, name: &str, text: &str) -> String {
        let file = self.data.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_string_lossy().into_owned()
    }

    pub fn data(&self) -> &Path {
        self.data.path()
    }
}

fn program() -> String {
    std::env::var("LEITU_BIN").unwrap_or_else(|_| {
        panic!("journeys need the built program in LEITU_BIN, a browser and its driver: run `cargo xtask test --only journeys`")
    })
}

fn serve(data: &Path, args: &[&str]) -> (Kept, String) {
    let words = ["serve"].into_iter().chain(args.iter().copied()).collect::<Vec<_>>();
    started(&program(), &words, data)
}

fn started(program: &str, words: &[&str], data: &Path) -> (Kept, String) {
    let data = data.to_string_lossy();
    let words = [words, &["--listen", "127.0.0.1:0", "--data-dir", &data]].concat();
    let kept = Kept::start(program, &words, None);
    let address = kept.wait_for(START, address);
    let address = address.unwrap_or_else(|| panic!("the product printed no address; it printed:\n{}", kept.said()));
    (kept, address)
}

/// `http://127.0.0.1:PORT` out of the line that tells it.
fn address(line: &str) -> Option<String> {
    let rest = &line[line.find("http://127.0.0.1:")?..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !":/.".contains(c)).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('/').to_owned())
}

/// A data directory with the demo loaded and the program stopped in order.
fn province() -> PathBuf {
    static LOADING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = LOADING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let built = std::fs::metadata(program()).unwrap_or_else(|e| panic!("{}: {e}", program())).modified().unwrap();
    let stamp = built.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let provinces = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/journeys");
    let ready = provinces.join(format!("demo-{stamp}"));
    if !ready.exists() {
        let _ = std::fs::remove_dir_all(&provinces); // those of older builds
        let loading = provinces.join("loading");
        std::fs::create_dir_all(&loading).unwrap();
        let (kept, _) = serve(&loading, &["--demo"]);
        drop(kept);
        std::fs::rename(&loading, &ready).unwrap();
    }
    ready
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_the_line_that_tells_it() {
        for line in ["打开 http://127.0.0.1:4711", "open http://127.0.0.1:4711/ (demo)", "http://127.0.0.1:4711。"] {
            assert_eq!(address(line).as_deref(), Some("http://127.0.0.1:4711"), "{line}");
        }
        assert_eq!(address("code 123"), None);
    }
}

//! A process that ends with us, however we end: a small shell stops it when our end of a pipe
//! closes.
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use tempfile::TempDir;

const SCRIPT: &str = r#"trap '' INT
"$@" & server=$!
read -r _
kill -TERM "$server"
wait "$server" 2>/dev/null
[ -z "$KEPT_FOLDER" ] || rm -rf "$KEPT_FOLDER""#;

pub struct Kept {
    shell: Child,
    pipe: Option<ChildStdin>,
    lines: Arc<(Mutex<Lines>, Condvar)>,
}

#[derive(Default)]
struct Lines {
    said: Vec<String>,
    ended: bool,
}

impl Kept {
    /// Starts a program; its standard output is kept, its standard error goes to ours. A temporary
    /// folder of its own is removed after it.
    pub fn start(program: &str, args: &[&str], temporary: Option<TempDir>) -> Self {
        let folder = temporary.map(TempDir::keep);
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "keeper", program])
            .args(args)
            .env("TMPDIR", folder.clone().unwrap_or_else(std::env::temp_dir))
            .env("KEPT_FOLDER", folder.unwrap_or_default())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("sh does not start: {e}"));
        let pipe = shell.stdin.take();
        let out = shell.stdout.take().unwrap();
        let lines = Arc::<(Mutex<Lines>, Condvar)>::default();
        let writer = Arc::clone(&lines);
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                writer.0.lock().unwrap().said.push(line);
                writer.1.notify_all();
            }
            writer.0.lock().unwrap().ended = true;
            writer.1.notify_all();
        });
        Self { shell, pipe, lines }
    }

    /// The first line that `pick` takes something from, within the time; `None` when it ended first.
    pub fn wait_for<T>(&self, time: Duration, pick: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = |lines: &Lines| lines.said.iter().find_map(|line| pick(line));
        let lines = self.lines.0.lock().unwrap();
        let (lines, _) = self.lines.1.wait_timeout_while(lines, time, |l| !l.ended && found(l).is_none()).unwrap();
        found(&lines)
    }

    /// Everything said so far.
    pub fn said(&self) -> String {
        self.lines.0.lock().unwrap().said.join("\n")
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.shell.wait();
    }
}

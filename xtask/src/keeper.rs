//! A process that never outlives us: a small shell keeps it and stops it when our end of a pipe
//! closes, which happens however we end (return, panic, Ctrl-C, kill).
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

/// Runs the prepared part, starts the server in the background as `$server`, says `kept`, waits
/// for the end of its input, then stops the server and cleans up.
pub struct Kept {
    shell: Child,
    pipe: Option<ChildStdin>,
    /// What the script printed before `kept`.
    pub said: Vec<String>,
}

impl Kept {
    /// `script` must leave the server's process id in `$server`, and in `$signal` what ends it if
    /// that is not TERM; `ending` runs after it has gone.
    /// `wrapper` is a command line to put before the shell (another user), or empty.
    pub fn start(wrapper: &[&str], script: &str, ending: &str, args: &[&str]) -> Result<Self, String> {
        let whole = format!(
            "trap '' INT\nsignal=TERM\n{script}\necho kept\nread -r _\nkill -s \"$signal\" \"$server\"\nwait \"$server\" 2>/dev/null\n{ending}\n"
        );
        let mut words: Vec<&str> = wrapper.to_vec();
        words.extend(["sh", "-c", &whole, "keeper"]);
        words.extend(args);
        let mut shell = Command::new(words[0])
            .args(&words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0) // Ctrl-C reaches us, not the server, which then ends in order
            .spawn()
            .map_err(|e| format!("{} does not start: {e}", words[0]))?;
        let pipe = shell.stdin.take();
        let mut said = Vec::new();
        for line in shell.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok) {
            if line == "kept" {
                return Ok(Self { shell, pipe, said });
            }
            said.push(line);
        }
        let _ = shell.wait();
        Err(format!("the server could not be prepared: {}", said.join(" ")))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_runs_until_the_keeper_is_dropped_and_is_gone_then() {
        let kept = Kept::start(&[], "tail -f /dev/null >/dev/null & server=$!\necho \"$server\"", "", &[]).unwrap();
        let id = kept.said[0].clone();
        let alive = || std::path::Path::new("/proc").join(&id).exists();
        assert!(alive());
        drop(kept);
        assert!(!alive());
    }

    #[test]
    fn a_failing_preparation_is_an_error_with_what_it_said() {
        let failed = Kept::start(&[], "echo no room; exit 3", "", &[]);
        assert_eq!(failed.err().as_deref(), Some("the server could not be prepared: no room"));
    }
}

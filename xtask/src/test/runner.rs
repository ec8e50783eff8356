//! `cargo test`, shown as it runs and summed up from its own closing lines.
use std::fmt;
use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::Stdio;

use crate::cargo::cargo;

/// Lines kept of what one failed test said.
const SAID: usize = 30;

/// Tests over all runners.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Sums {
    pub passed: usize,
    pub failed: usize,
    /// What the failed ones said, to be shown once more at the end: a long run has scrolled by.
    said: Vec<String>,
    /// How many lines of the failure that is being read are still kept.
    keeps: usize,
}

impl Sums {
    /// A run without a single test proves nothing.
    pub fn is_good(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// Adds what a line like `test result: ok. 3 passed; 0 failed; …` says, and keeps what stands below
    /// `---- some_test stdout ----`, up to the stack.
    fn read(&mut self, line: &str) {
        if line.starts_with("---- ") && line.ends_with(" stdout ----") {
            self.keeps = SAID;
        } else if line == "stack backtrace:" || line == "failures:" {
            self.keeps = 0;
        }
        if self.keeps > 0 {
            self.said.push(line.to_owned());
            self.keeps -= 1;
        }
        if let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|l| l.split_once(". ")) {
            let count = |word: &str| counts.split("; ").find_map(|c| c.strip_suffix(word)?.trim().parse::<usize>().ok()).unwrap_or(0);
            self.passed += count("passed");
            self.failed += count("failed");
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.said.extend(other.said);
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.said {
            writeln!(f, "{line}")?;
        }
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Builds the tests of the chosen packages, so that their time is their own.
pub fn cargo_build(args: &[&str]) -> Result<(), String> {
    let built = cargo().args(["test", "--no-run", "--quiet", "--locked"]).args(args).status();
    // What does not build is told, and counted, when it is run.
    built.map(|_| ()).map_err(|e| format!("cargo does not start: {e}"))
}

/// Lets a test that compiles something itself do so once: the crates it stands on are built by then, and what it says counts
/// when it is run with the others.
pub fn cargo_prepare(args: &[&str]) -> Result<(), String> {
    let prepared = cargo().args(["test", "--quiet", "--locked"]).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    prepared.map(|_| ()).map_err(|e| format!("cargo does not start: {e}"))
}

/// Runs the tests of the chosen packages. A runner that breaks off without a failed test (it does
/// not compile, it crashes) counts as one failure.
pub fn cargo_test(args: &[&str], environment: &[(&str, String)]) -> Result<Sums, String> {
    let mut runner = cargo()
        .args(["test", "--no-fail-fast", "--locked"])
        .args(args)
        .envs(environment.iter().map(|(name, value)| (*name, value)))
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    let mut sums = Sums::default();
    for line in runner.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok) {
        println!("{line}");
        sums.read(&line);
    }
    let status = runner.wait().map_err(|e| format!("cargo test was lost: {e}"))?;
    if !status.success() && sums.failed == 0 {
        sums.failed = 1;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up_and_other_lines_are_not() {
        let mut sums = Sums::default();
        for line in [
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            "test a ... ok",
            "5 passed; 5 failed",
        ] {
            sums.read(line);
        }
        assert_eq!(sums.to_string(), "15 passed, 2 failed");
    }

    #[test]
    fn what_failed_is_said_once_more_without_its_stack() {
        let mut sums = Sums::default();
        for line in ["failures:", "", "---- a stdout ----", "thread 'a' panicked at b.rs:1:1:", "left: 1", "stack backtrace:", "   0: x"] {
            sums.read(line);
        }
        for line in ["failures:", "    a", "test result: FAILED. 0 passed; 1 failed; 0 ignored"] {
            sums.read(line);
        }
        assert_eq!(sums.to_string(), "---- a stdout ----\nthread 'a' panicked at b.rs:1:1:\nleft: 1\n0 passed, 1 failed");
    }

    #[test]
    fn a_run_without_tests_or_with_a_failure_is_not_good() {
        assert!(!Sums::default().is_good());
        assert!(!Sums { passed: 5, failed: 1, ..Sums::default() }.is_good());
        assert!(Sums { passed: 1, ..Sums::default() }.is_good());
    }
}

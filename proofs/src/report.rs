//! One line a row, printed as it comes and kept in docs/proof.md: the last run of each.
use std::fmt::Write;
use std::path::Path;

/// What a row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Held,
    Failed,
    /// Why it could not be tried here.
    NotRun,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Row {
    name: String,
    text: String,
    end: End,
}

impl Row {
    /// A row that holds or not.
    pub fn of(name: impl Into<String>, text: impl Into<String>, holds: bool) -> Row {
        Self { name: name.into(), text: text.into(), end: if holds { End::Held } else { End::Failed } }.printed()
    }
    /// What a proof needs is not on this machine; it has proved nothing.
    pub fn not_run(name: impl Into<String>, why: impl Into<String>) -> Row {
        Self { name: name.into(), text: format!("not run: {}", why.into()), end: End::NotRun }.printed()
    }
    fn printed(self) -> Row {
        println!("{}: {}{}", self.name, self.text, if self.end == End::Failed { " FAILED" } else { "" });
        keep(&self);
        self
    }
    /// Did not fail. One that was not run has not failed, and says that it was not run.
    pub fn is_good(&self) -> bool {
        self.end != End::Failed
    }
}

/// Whether it matters how long something takes: an unoptimised build is not what people use.
pub fn is_timed() -> bool {
    std::env::var("LEITU_PROOF_BUILD").is_ok_and(|build| build == "release")
}

const HEAD: &str = "\
# Proofs

What the last run of each row of `cargo xtask proof` printed. A row named *control* is the same program with a defect planted
on purpose: it must lose, or the row above it proves nothing.

| proof | what it printed | run on |
|---|---|---|
";

/// Puts the row in the place of its last run, in the file that `LEITU_PROOF_OUT` names.
fn keep(row: &Row) {
    let Some(file) = std::env::var_os("LEITU_PROOF_OUT") else { return };
    let old = std::fs::read_to_string(&file).unwrap_or_default();
    if let Err(e) = std::fs::write(&file, kept(&old, std::slice::from_ref(row), &machine())) {
        eprintln!("{} cannot be written: {e}", Path::new(&file).display());
    }
}

fn kept(old: &str, rows: &[Row], machine: &str) -> String {
    let mut lines: Vec<String> = old.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| proof ")).map(str::to_owned).collect();
    for row in rows {
        let (start, failed) = (format!("| {} | ", row.name), if row.end == End::Failed { " FAILED" } else { "" });
        let line = format!("{start}{}{failed} | {machine} |", row.text);
        match lines.iter_mut().find(|l| l.starts_with(&start)) {
            Some(place) => *place = line,
            None => lines.push(line),
        }
    }
    lines.into_iter().fold(HEAD.to_owned(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    })
}

/// The day, the cores, the file system and how the program was built.
fn machine() -> String {
    let days = kernel::Instant::now().0.div_euclid(86_400_000);
    let day = kernel::BusinessDate::of(1970, 1, 1).map(|d| d.plus_days(days).to_string()).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let asked = std::process::Command::new("df").arg("--output=fstype").arg(std::env::temp_dir()).output();
    let disk = asked.map(|o| String::from_utf8_lossy(&o.stdout).lines().last().unwrap_or_default().trim().to_owned()).unwrap_or_default();
    let build = std::env::var("LEITU_PROOF_BUILD").unwrap_or_else(|_| "unknown".into());
    format!("{day}, {cores} cores, {disk}, {build} build")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_takes_the_place_of_its_last_run_and_the_others_stay() {
        let first = kept("", &[Row::of("a", "lost=0", true), Row::of("b", "lost=0", true)], "m1");
        let second = kept(&first, &[Row::of("a", "lost=2", false), Row::not_run("c", "no root")], "m2");
        let lines: Vec<&str> = second.lines().filter(|l| l.starts_with("| ")).skip(1).collect();
        assert_eq!(lines, ["| a | lost=2 FAILED | m2 |", "| b | lost=0 | m1 |", "| c | not run: no root | m2 |"]);
    }
}

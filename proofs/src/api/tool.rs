//! schemathesis, in the versions of `schemathesis/requirements.txt`, in a folder of its own below `target`; and what it saw.
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A round with one seed asks each operation so often at most; then another seed is taken.
const AT_ONCE: usize = 400;
/// About so many operations there are: only how large a round becomes hangs on it.
const OPERATIONS: usize = 31;
/// Rounds that bring no cases are no reason to go on for ever.
const ROUNDS: u64 = 60;

pub struct Tool {
    program: PathBuf,
}

/// What was asked and answered.
#[derive(Default)]
pub struct Told {
    /// By operation and status.
    seen: BTreeMap<String, BTreeMap<u16, usize>>,
    wrong: BTreeMap<String, usize>,
    words: Vec<String>,
    /// Rounds in which schemathesis found something wrong itself: the type of an answer, its shape.
    pub failures: usize,
}

fn ours() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemathesis")
}

impl Tool {
    /// The one that is there, or one installed just now.
    ///
    /// # Errors
    /// What is not on this machine.
    pub fn installed() -> Result<Tool, String> {
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
        let (folder, wanted) = (target.join("schemathesis"), ours().join("requirements.txt"));
        let (program, done) = (folder.join("bin/schemathesis"), folder.join("requirements.txt"));
        let read = |file: &Path| std::fs::read(file).unwrap_or_default();
        if !program.is_file() || read(&done) != read(&wanted) {
            let _ = std::fs::remove_dir_all(&folder);
            run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).map_err(|e| format!("no python3 with venv: {e}"))?;
            let mut pip = Command::new(folder.join("bin/python"));
            pip.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "-r",
            ]);
            run(pip.arg(&wanted)).map_err(|e| format!("pip installs no schemathesis: {e}"))?;
            // Last: what was broken off is begun anew.
            std::fs::copy(&wanted, &done).map_err(|e| format!("the folder of schemathesis: {e}"))?;
        }
        Ok(Tool { program })
    }
    /// Asks as one person until there were so many cases.
    ///
    /// # Errors
    /// schemathesis does not start, or has nothing to say.
    pub fn ask(&self, address: &str, token: Option<&str>, words: &Path, cases: usize) -> Result<Told, String> {
        let mut told = Told::default();
        for seed in 1..=ROUNDS {
            let left = cases.saturating_sub(told.cases());
            if left == 0 {
                break;
            }
            told.add(self.round(address, token, words, (seed, left))?);
        }
        Ok(told)
    }
    fn round(&self, address: &str, token: Option<&str>, words: &Path, (seed, left): (u64, usize)) -> Result<Told, String> {
        let folder = words.with_file_name("schemathesis");
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let seen = folder.join("seen.json");
        let mut command = Command::new(&self.program);
        command.args(["run", &format!("http://{address}/api/openapi.json"), "--seed", &seed.to_string()]);
        command.args(["--max-examples", &(left / OPERATIONS).clamp(1, AT_ONCE).to_string()]);
        // Without the body of a first failure shrunk, and with the rest of the cases after it.
        command.args(["--phases", if seed == 1 { "examples,coverage,fuzzing" } else { "fuzzing" }, "--no-shrink", "--continue-on-failure"]);
        command.args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"]);
        command.args(["--suppress-health-check", "all", "--generation-database", "none", "--no-color", "--warnings", "off"]);
        command.args(["--generation-with-security-parameters", "false", "--max-redirects", "0", "--request-timeout", "30"]);
        if let Some(token) = token {
            command.args(["-H", &format!("Authorization: Bearer {token}")]);
        }
        command.envs([("SCHEMATHESIS_HOOKS", "hooks"), ("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONHASHSEED", "0")]);
        command.env("PYTHONPATH", ours()).env("LEITU_FUZZ_WORDS", words).env("LEITU_FUZZ_SEEN", &seen);
        let out = command.current_dir(&folder).stdin(Stdio::null()).output().map_err(|e| format!("schemathesis: {e}"))?;
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let mut told = std::fs::read_to_string(&seen)
            .ok()
            .and_then(|t| Told::read(&t))
            .ok_or_else(|| format!("schemathesis says nothing of its cases: {text}{}", String::from_utf8_lossy(&out.stderr)))?;
        let _ = std::fs::remove_file(&seen);
        if !out.status.success() {
            told.failures += 1;
            told.words
                .extend(text.lines().skip_while(|l| !l.contains("= FAILURES") && !l.contains("= ERRORS")).take(60).map(str::to_owned));
        }
        Ok(told)
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let out = command.stdin(Stdio::null()).output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&out.stderr).trim().lines().next_back().unwrap_or_default().to_owned();
    if out.status.success() { Ok(()) } else { Err(said) }
}

impl Told {
    fn read(text: &str) -> Option<Told> {
        let all: Value = serde_json::from_str(text).ok()?;
        let mut told = Told::default();
        for (operation, answers) in all["seen"].as_object()? {
            let answers = answers.as_object()?.iter();
            let counted = answers.filter_map(|(status, n)| Some((status.parse().ok()?, usize::try_from(n.as_u64()?).ok()?)));
            told.seen.insert(operation.clone(), counted.collect());
        }
        for one in all["wrong"].as_array()? {
            let what = one[0].as_str()?.to_owned();
            told.words.extend(one[1].as_str().filter(|words| !words.is_empty()).map(|words| format!("{what}: {words}")));
            *told.wrong.entry(what).or_default() += 1;
        }
        Some(told)
    }
    pub fn add(&mut self, other: Told) {
        for (operation, answers) in other.seen {
            let all = self.seen.entry(operation).or_default();
            answers.into_iter().for_each(|(status, n)| *all.entry(status).or_default() += n);
        }
        other.wrong.into_iter().for_each(|(what, n)| *self.wrong.entry(what).or_default() += n);
        self.words.extend(other.words);
        self.failures += other.failures;
    }
    /// Operations of the description that were asked.
    pub fn operations(&self) -> BTreeSet<&str> {
        self.seen.keys().map(String::as_str).filter(|operation| operation.contains(" /")).collect()
    }
    /// Those that did what was asked at least once.
    pub fn done(&self) -> impl Iterator<Item = &str> {
        let done = |answers: &BTreeMap<u16, usize>| answers.keys().any(|status| (200..300).contains(status));
        self.seen
            .iter()
            .filter(move |(operation, answers)| operation.contains(" /") && done(answers))
            .map(|(operation, _)| operation.as_str())
    }
    pub fn cases(&self) -> usize {
        self.seen.values().flat_map(BTreeMap::values).sum()
    }
    /// Cases that a handler answered, with what was asked or with a reason. "Missing" is not counted: a door says it too.
    pub fn reached(&self) -> usize {
        let past = |status: &u16| matches!(status, 200..400 | 409 | 422);
        let described = self.seen.iter().filter(|(operation, _)| operation.contains(" /"));
        described.flat_map(|(_, answers)| answers.iter().filter(|(s, _)| past(s)).map(|(_, n)| n)).sum()
    }
    pub fn wrong(&self, what: &str) -> usize {
        self.wrong.get(what).copied().unwrap_or_default()
    }
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.words.iter()
    }
    /// How often each status came.
    pub fn in_short(&self) -> String {
        let mut all: BTreeMap<u16, usize> = BTreeMap::new();
        self.seen.values().flatten().for_each(|(status, n)| *all.entry(*status).or_default() += n);
        all.iter().map(|(status, n)| format!("{status}×{n}")).collect::<Vec<_>>().join(" ")
    }
}

//! What the repository holds, read once: every committed or about to be committed file.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One text file of the repository.
pub struct Source {
    /// Relative to the top, with `/`.
    pub path: String,
    pub text: String,
}

/// All text files, and the names of all files and folders.
#[derive(Default)]
pub struct Sources {
    pub files: Vec<Source>,
    pub paths: BTreeSet<String>,
}

/// Endings of files that checks read; everything else only counts as existing.
const READ: [&str; 14] = ["rs", "html", "js", "mjs", "css", "sql", "md", "ftl", "toml", "txt", "json", "sh", "yml", "csv"];

/// The top of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

impl Sources {
    /// Reads the files git knows or would add. Errors when git does not answer.
    pub fn read() -> Result<Self, String> {
        let root = root();
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .map_err(|e| format!("git does not start ({e}); install git"))?;
        if !listed.status.success() {
            return Err("git ls-files failed; run this inside a clone".into());
        }
        let mut sources = Self::default();
        for path in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|p| !p.is_empty()) {
            let whole = root.join(path);
            if !whole.is_file() {
                continue; // deleted, not yet committed
            }
            let text = if is_read(path) { std::fs::read_to_string(&whole).ok() } else { None };
            sources.add(path, text);
        }
        Ok(sources)
    }

    /// Adds a file; `None` when its text is of no interest.
    pub fn add(&mut self, path: &str, text: Option<String>) {
        for (at, _) in path.match_indices('/') {
            self.paths.insert(path[..at].to_owned());
        }
        self.paths.insert(path.to_owned());
        if let Some(text) = text {
            self.files.push(Source { path: path.to_owned(), text });
        }
    }

    /// Text files with one of these endings.
    pub fn ending<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = &'a Source> {
        self.files.iter().filter(|f| endings.iter().any(|e| f.ending() == Some(e)))
    }
}

impl Source {
    pub fn ending(&self) -> Option<&str> {
        Path::new(&self.path).extension().and_then(|e| e.to_str())
    }

    /// The crate's folder: `kernel`, `leitu`, `journeys`, `xtask`, or two parts like `platform/web`.
    pub fn home(&self) -> &str {
        let mut parts = self.path.split('/');
        let first = parts.next().unwrap_or_default();
        match (first, parts.next()) {
            ("rules" | "platform" | "slices", Some(second)) => &self.path[..first.len() + 1 + second.len()],
            _ => first,
        }
    }

    /// A file of tests alone: `tests/…`, `tests.rs`, `…_tests.rs`, and the proofs, which look at the product from outside.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("proofs/")
            || self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("_tests.rs")
    }

    /// The 1-based line of a byte offset.
    pub fn line_at(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count() + 1
    }
}

fn is_read(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == "run" || READ.iter().any(|e| Path::new(name).extension().is_some_and(|x| x == *e))
}

#[cfg(test)]
pub fn planted(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path, Some((*text).to_owned()));
    }
    sources
}

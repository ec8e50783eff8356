//! The files themselves, in a folder of the data directory that nobody else on the machine reads. They may hold ID numbers
//! in the clear, so each lies there only as long as it is needed, and a day at most.
use crate::import::Report;
use files::Landing;
use jobs::Failure;
use kernel::{Error, ImportId, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bad cells kept for the page; the file of bad rows has them all.
const SHOWN: usize = 200;
const KEPT: Duration = Duration::from_secs(24 * 3600);

#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// What a page says of a file that was not in order.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
pub struct Found {
    /// The file was refused before its rows were read.
    pub whole: Option<Failure>,
    pub cells: Vec<BadCell>,
    /// Rows that could not be carried over, or taken back, and why.
    pub changed: Vec<(u64, Failure)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BadCell {
    pub row: u64,
    pub column: String,
    pub value: String,
    pub remedy: Failure,
}

impl Found {
    pub fn of(report: &Report) -> Self {
        let cell = |b: &tabular::BadRow| {
            let remedy = Failure::from(&b.error);
            BadCell { row: b.row, column: b.column.clone(), value: b.value.chars().take(100).collect(), remedy }
        };
        let changed = report.changed.iter().take(SHOWN).map(|(row, e)| (*row, Failure::from(e))).collect();
        Self { whole: None, cells: report.bad().take(SHOWN).map(cell).collect(), changed }
    }
    pub fn whole(error: &Error) -> Self {
        Self { whole: Some(Failure::from(error)), ..Self::default() }
    }
}

impl Folder {
    pub fn new(data_dir: &Path) -> Self {
        Self(data_dir.join("imports"))
    }
    /// Where a file that is handed in goes. Makes the folder if need be.
    ///
    /// # Errors
    /// `storage-full`; `file-store`: the data directory cannot be written.
    pub fn file(&self, id: ImportId) -> Result<PathBuf> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(files::refusal)?;
        Ok(self.0.join(id.to_string()))
    }
    /// A file on its way in.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub fn begin(&self, id: ImportId) -> Result<Landing> {
        Landing::at(self.file(id)?)
    }
    pub fn bad_rows(&self, id: ImportId) -> PathBuf {
        self.0.join(format!("{id}.bad"))
    }
    fn notes(&self, id: ImportId) -> PathBuf {
        self.0.join(format!("{id}.json"))
    }
    /// # Errors
    /// As [`Self::file`].
    pub fn note(&self, id: ImportId, found: &Found) -> Result<()> {
        let text = serde_json::to_vec(found).map_err(Error::internal)?;
        std::fs::write(self.notes(id), text).map_err(files::refusal)
    }
    /// What was noted; nothing once it has been swept away.
    pub fn noted(&self, id: ImportId) -> Option<Found> {
        serde_json::from_slice(&std::fs::read(self.notes(id)).ok()?).ok()
    }
    /// What an earlier step was refused for is not so any more.
    pub fn unnote(&self, id: ImportId) {
        std::fs::remove_file(self.notes(id)).ok();
        std::fs::remove_file(self.bad_rows(id)).ok();
    }
    /// The file itself is not needed any more.
    pub fn forget(&self, id: ImportId) {
        // What cannot be removed now is swept away later.
        std::fs::remove_file(self.0.join(id.to_string())).ok();
    }
    /// Removes what has lain here for a day.
    pub fn sweep(&self) {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return };
        for entry in entries.flatten() {
            let age = entry.metadata().ok().and_then(|m| m.modified().ok()).and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > KEPT) {
                std::fs::remove_file(entry.path()).ok();
            }
        }
    }
}

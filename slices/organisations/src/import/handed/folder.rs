//! The files themselves, in a folder of the data directory that nobody else on the machine reads. They may hold ID numbers
//! in the clear, so each lies there only as long as it is needed, and a day at most. What is kept of one that was refused
//! shows no number in full and is sealed where it must hold one.
use crate::import::Report;
use files::Landing;
use installation::Keys;
use jobs::Failure;
use kernel::{Error, ImportId, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;
use web::T;

/// Bad cells kept for the page; the file of bad rows has them all.
const SHOWN: usize = 200;
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// The ending of a file of bad rows while it is made, which takes a few seconds at most.
const OPEN: &str = "open";
const BEING_SEALED: Duration = Duration::from_secs(600);

fn place(id: ImportId) -> String {
    format!("import|bad-rows|{id}")
}

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
    fn sealed(&self, id: ImportId) -> PathBuf {
        self.0.join(format!("{id}.bad"))
    }
    pub fn has_bad_rows(&self, id: ImportId) -> bool {
        self.sealed(id).exists()
    }
    /// Keeps the file of bad rows, sealed: a number with a wrong digit is still somebody's. `t` says what is wrong with each.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub fn keep_bad_rows(&self, keys: &Keys, id: ImportId, report: &Report, t: T) -> Result<()> {
        let open = self.0.join(format!("{id}.{OPEN}"));
        let kept = report.write_bad(&open, |e| t.of(e).to_string()).and_then(|()| std::fs::read(&open).map_err(files::refusal));
        std::fs::remove_file(&open).ok();
        std::fs::write(self.sealed(id), keys.seal_bytes(&place(id), &kept?)?).map_err(files::refusal)
    }
    /// The file of bad rows, to be mended by its owner.
    ///
    /// # Errors
    /// `not-found` once it has been swept away.
    pub fn bad_rows(&self, keys: &Keys, id: ImportId) -> Result<Vec<u8>> {
        let sealed = std::fs::read(self.sealed(id)).map_err(|_| Error::not_found())?;
        keys.unseal_bytes(&place(id), &sealed)
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
        std::fs::remove_file(self.sealed(id)).ok();
    }
    /// The file itself is not needed any more.
    pub fn forget(&self, id: ImportId) {
        // What cannot be removed now is swept away later.
        std::fs::remove_file(self.0.join(id.to_string())).ok();
    }
    /// Removes what has lain here for a day, and what a killed process had not yet sealed.
    pub fn sweep(&self) {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return };
        for entry in entries.flatten() {
            let age = entry.metadata().ok().and_then(|m| m.modified().ok()).and_then(|at| at.elapsed().ok());
            let kept = if entry.path().extension().is_some_and(|e| e == OPEN) { BEING_SEALED } else { KEPT };
            if age.is_some_and(|age| age > kept) {
                std::fs::remove_file(entry.path()).ok();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_lain_for_a_day_is_swept_away_and_what_was_not_sealed_sooner() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let begun = folder.file(ImportId::new()).unwrap();
        let names = [("new", 0), ("a.bad", 23), ("b.json", 25), ("c", 49), ("d.open", 1), ("e.open", 0)];
        for (name, hours) in names {
            let file = std::fs::File::create(begun.with_file_name(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
        }
        folder.sweep();
        let left: Vec<_> = names.iter().map(|(name, _)| *name).filter(|name| begun.with_file_name(name).exists()).collect();
        assert_eq!(left, ["new", "a.bad", "e.open"]);
    }
}

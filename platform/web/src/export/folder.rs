//! Files that are made in the background, in a folder of the data directory that nobody else on the machine reads. One is
//! written under another name and held by a lock meanwhile: a process that was killed holds nothing, so whoever looks sees
//! that the file was broken off, and what it had written is never offered.
use access::Held;
use jobs::Failure;
use kernel::{AccountId, Error, Instant, Result};
use serde::{Deserialize, Serialize};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

kernel::id! {
    /// A file of a list that is made in the background.
    ExportId;
}

const KEPT: Duration = Duration::from_secs(24 * 3600);
/// Files kept of one account, so that whoever asks for list after list does not fill the disk of all.
pub(super) const MOST: usize = 5;
/// What is known of it is kept longer, so that a notice still leads to a sentence.
const KNOWN: Duration = Duration::from_secs(30 * 24 * 3600);
const NOTED: &str = "json";
const PART: &str = "part";

#[derive(Clone, Debug)]
pub struct ExportFolder(PathBuf);

/// What is known of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Noted {
    /// Who has asked for it, and is the only one who sees it.
    account: String,
    /// By which posts: whoever has left one of them does not see what it showed.
    posts: Vec<String>,
    pub title: String,
    /// As it is called when it is taken.
    pub name: String,
    pub media: String,
    /// Where it was asked for.
    pub address: String,
    /// Read so far; in the end, all.
    pub rows: usize,
    made: Option<i64>,
    pub failure: Option<Failure>,
}

impl Noted {
    pub fn new(account: AccountId, posts: &[Held], title: &str, name: String, media: &str, address: &str) -> Self {
        let (account, posts) = (account.to_string(), posts.iter().map(post).collect());
        let (title, media, address) = (title.into(), media.into(), address.into());
        Self { account, posts, title, name, media, address, rows: 0, made: None, failure: None }
    }
    /// Until when it is kept; nothing while it is not whole.
    pub fn until(&self) -> Option<Instant> {
        Some(Instant(self.made? + i64::try_from(KEPT.as_millis()).ok()?))
    }
}

fn post(held: &Held) -> String {
    format!("{}@{}", held.role, held.org.map(|org| org.to_string()).unwrap_or_default())
}

/// How a file stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stand {
    Making,
    Ready,
    Failed,
    /// The process that made it is gone.
    BrokenOff,
    /// Kept no longer.
    Gone,
}

/// The file while it is made. Dropped, it is held no longer.
pub(super) struct Part {
    folder: ExportFolder,
    id: ExportId,
    pub noted: Noted,
    held: File,
}

impl ExportFolder {
    pub fn new(data_dir: &Path) -> Self {
        Self(data_dir.join("exports"))
    }
    fn of(&self, id: ExportId, ending: &str) -> PathBuf {
        self.0.join(format!("{id}.{ending}"))
    }
    /// Where the whole file lies.
    pub(super) fn whole(&self, id: ExportId) -> PathBuf {
        self.0.join(id.to_string())
    }
    /// Takes the place of a file. Makes the folder if need be.
    ///
    /// # Errors
    /// `storage-full`; `file-store`: the data directory cannot be written.
    pub(super) fn begin(&self, id: ExportId, noted: Noted) -> Result<Part> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(files::refusal)?;
        let held = private(&self.of(id, PART)).map_err(files::refusal)?;
        held.try_lock().map_err(Error::internal)?;
        let part = Part { folder: self.clone(), id, noted, held };
        part.note()?;
        Ok(part)
    }
    /// What this account has asked for by posts that it still holds; anything else is as if it were not there.
    ///
    /// # Errors
    /// `not-found`.
    pub(super) fn one(&self, id: ExportId, account: AccountId, held: &[Held]) -> Result<(Noted, Stand)> {
        let noted = self.noted(id)?;
        let now: Vec<String> = held.iter().map(post).collect();
        if noted.account != account.to_string() || !noted.posts.iter().all(|post| now.contains(post)) {
            return Err(Error::not_found());
        }
        let stand = self.stand(id, &noted);
        Ok((noted, stand))
    }
    fn noted(&self, id: ExportId) -> Result<Noted> {
        let text = std::fs::read(self.of(id, NOTED)).map_err(|_| Error::not_found())?;
        serde_json::from_slice(&text).map_err(Error::internal)
    }
    fn stand(&self, id: ExportId, noted: &Noted) -> Stand {
        if noted.failure.is_some() {
            Stand::Failed
        } else if self.is_held(id) {
            Stand::Making
        } else if self.whole(id).exists() {
            Stand::Ready
        } else if noted.made.is_some() {
            Stand::Gone
        } else {
            Stand::BrokenOff
        }
    }
    fn is_held(&self, id: ExportId) -> bool {
        let part = File::open(self.of(id, PART));
        part.is_ok_and(|part| matches!(part.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
    /// Of more than [`MOST`] files of an account the oldest go.
    fn thin(&self, account: &str) {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return };
        let ids = entries.flatten().filter_map(|entry| ExportId::parse(entry.file_name().to_str()?).ok());
        let mut kept: Vec<(Option<i64>, ExportId)> = ids
            .filter_map(|id| Some((id, self.noted(id).ok()?)))
            .filter(|(_, noted)| noted.account == account)
            .map(|(id, noted)| (noted.made, id))
            .collect();
        kept.sort();
        for (_, id) in kept.iter().rev().skip(MOST) {
            // What cannot be removed now is swept away later.
            std::fs::remove_file(self.whole(*id)).ok();
        }
    }
    /// Removes files that have lain here for a day, half ones too, and in the end what was known of them.
    pub fn sweep(&self) {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return };
        for entry in entries.flatten() {
            let age = entry.metadata().ok().and_then(|m| m.modified().ok()).and_then(|at| at.elapsed().ok());
            let kept = if entry.path().extension().is_some_and(|e| e == NOTED) { KNOWN } else { KEPT };
            if age.is_some_and(|age| age > kept) {
                std::fs::remove_file(entry.path()).ok();
            }
        }
    }
}

impl Part {
    pub fn path(&self) -> PathBuf {
        self.folder.of(self.id, PART)
    }
    /// # Errors
    /// As [`ExportFolder::begin`].
    pub fn note(&self) -> Result<()> {
        let (new, text) = (self.folder.of(self.id, "new"), serde_json::to_vec(&self.noted).map_err(Error::internal)?);
        std::fs::remove_file(&new).ok();
        private(&new).and_then(|mut file| file.write_all(&text)).map_err(files::refusal)?;
        // Whoever reads it meanwhile reads the one before.
        std::fs::rename(new, self.folder.of(self.id, NOTED)).map_err(files::refusal)
    }
    /// What is written lies on the disk.
    ///
    /// # Errors
    /// As [`ExportFolder::begin`].
    pub fn keep(&self) -> Result<()> {
        self.held.sync_all().map_err(files::refusal)
    }
    /// It is whole and can be taken.
    ///
    /// # Errors
    /// As [`ExportFolder::begin`].
    pub fn finish(mut self, rows: usize, made: Instant) -> Result<()> {
        (self.noted.rows, self.noted.made) = (rows, Some(made.0));
        self.note()?;
        std::fs::rename(self.path(), self.folder.whole(self.id)).map_err(files::refusal)?;
        self.folder.thin(&self.noted.account);
        Ok(())
    }
    /// It could not be made, and why.
    pub fn fail(mut self, why: &Error) {
        self.noted.failure = Some(Failure::from(why));
        // What cannot be removed now is swept away later; what cannot be noted is seen as broken off.
        std::fs::remove_file(self.path()).ok();
        self.note().ok();
    }
}

fn private(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_is_held_while_it_is_made_and_whoever_lets_go_of_it_before_its_end_has_broken_it_off() {
        let home = tempfile::tempdir().unwrap();
        let (folder, id, who) = (ExportFolder::new(home.path()), ExportId::new(), AccountId::new());
        let noted = || Noted::new(who, &[], "台账", "ledger.xlsx".into(), "text/csv", "/ledger/file?format=xlsx");
        let part = folder.begin(id, noted()).unwrap();
        std::fs::write(part.path(), "half").unwrap();
        assert_eq!(folder.one(id, who, &[]).unwrap().1, Stand::Making);
        assert_eq!(folder.one(id, AccountId::new(), &[]).unwrap_err().key, "not-found");
        drop(part); // as when its process is killed
        assert_eq!(folder.one(id, who, &[]).unwrap().1, Stand::BrokenOff);
        assert!(!folder.whole(id).exists());
        let whole = ExportId::new();
        folder.begin(whole, noted()).unwrap().finish(7, Instant::now()).unwrap();
        let (kept, stand) = folder.one(whole, who, &[]).unwrap();
        assert_eq!((kept.rows, stand), (7, Stand::Ready));
        for file in [folder.whole(whole), folder.of(whole, NOTED)] {
            assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn of_an_account_the_last_few_files_are_kept_and_nobody_else_s_is_touched() {
        let home = tempfile::tempdir().unwrap();
        let (folder, who, other) = (ExportFolder::new(home.path()), AccountId::new(), AccountId::new());
        let made = |who: AccountId, at: i64| {
            let id = ExportId::new();
            let noted = Noted::new(who, &[], "台账", "ledger.xlsx".into(), "text/csv", "/ledger/file");
            folder.begin(id, noted).unwrap().finish(1, Instant(at)).unwrap();
            id
        };
        let theirs = made(other, 0);
        let mine: Vec<ExportId> = (1..=7).map(|at| made(who, at)).collect();
        let stands: Vec<Stand> = mine.iter().map(|id| folder.one(*id, who, &[]).unwrap().1).collect();
        assert_eq!(stands[..2], [Stand::Gone; 2]);
        assert_eq!(stands[2..], [Stand::Ready; MOST]);
        assert_eq!(folder.one(theirs, other, &[]).unwrap().1, Stand::Ready);
    }

    #[test]
    fn what_has_lain_for_a_day_is_swept_away_and_what_is_known_of_it_is_not() {
        let home = tempfile::tempdir().unwrap();
        let (folder, who) = (ExportFolder::new(home.path()), AccountId::new());
        let made = |hours: u64| {
            let id = ExportId::new();
            let noted = Noted::new(who, &[], "台账", "ledger.xlsx".into(), "text/csv", "/ledger/file");
            folder.begin(id, noted).unwrap().finish(1, Instant::now()).unwrap();
            let at = std::time::SystemTime::now() - Duration::from_secs(hours * 3600);
            for file in [folder.whole(id), folder.of(id, NOTED)] {
                File::open(file).unwrap().set_modified(at).unwrap();
            }
            id
        };
        let (new, old, older) = (made(23), made(25), made(31 * 24));
        folder.sweep();
        assert_eq!(folder.one(new, who, &[]).unwrap().1, Stand::Ready);
        assert_eq!(folder.one(old, who, &[]).unwrap().1, Stand::Gone);
        assert_eq!(folder.one(older, who, &[]).unwrap_err().key, "not-found");
    }
}

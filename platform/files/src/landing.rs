//! A file that is handed in to be worked on, not kept as evidence: it lies under a name of the program's own, and is durable
//! before anybody is told that it was taken.
use crate::store::{failed, unsynced};
use kernel::{Error, Result};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file on its way in. Dropped before [`Landing::finish`], it leaves nothing.
pub struct Landing {
    path: PathBuf,
    /// `None` once it has landed.
    file: Option<fs::File>,
}

impl Landing {
    /// Begins the file; its folder must be there.
    ///
    /// # Errors
    /// `storage-full`; `storage-failed` if the disk can only be read; `file-store`.
    pub fn at(path: PathBuf) -> Result<Self> {
        let file = fs::File::create(&path).map_err(failed)?;
        Ok(Self { path, file: Some(file) })
    }
    /// Takes a chunk, into the page cache.
    ///
    /// # Errors
    /// As [`Landing::at`].
    pub fn write(&mut self, chunk: &[u8]) -> Result<()> {
        self.file.as_mut().map_or(Ok(()), |f| f.write_all(chunk)).map_err(failed)
    }
    /// Content and name are on the disk when this returns.
    ///
    /// # Errors
    /// `storage-failed` if the disk did not take it: then nothing else is acknowledged either.
    pub async fn finish(self) -> Result<()> {
        tokio::task::spawn_blocking(move || self.settle()).await.map_err(Error::internal)?
    }
    fn settle(mut self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        file.sync_all().map_err(unsynced)?;
        // The name is data of the folder, and the folder's of the one above it.
        let above = self.path.ancestors().skip(1).take(2).filter(|folder| folder.as_os_str() != "");
        above.map(Path::to_owned).try_for_each(|folder| fs::File::open(folder)?.sync_all()).map_err(unsynced)?;
        self.file = None;
        Ok(())
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if self.file.is_some() {
            // What cannot be removed now is for the folder's own sweep.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_has_landed_stays_and_what_was_broken_off_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let (kept, left) = (home.path().join("kept"), home.path().join("left"));
        let mut landing = Landing::at(kept.clone()).unwrap();
        landing.write(b"one, ").unwrap();
        landing.write(b"two").unwrap();
        landing.finish().await.unwrap();
        let mut broken = Landing::at(left.clone()).unwrap();
        broken.write(b"one, ").unwrap();
        drop(broken);
        assert_eq!((fs::read(&kept).unwrap(), left.exists()), (b"one, two".to_vec(), false));
    }

    #[test]
    fn a_full_disk_is_said_to_be_full() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        std::os::unix::fs::symlink("/dev/full", &path).unwrap();
        let refused = Landing::at(path).unwrap().write(b"a").unwrap_err();
        assert_eq!((refused.kind, refused.key), (kernel::Kind::Busy, "storage-full"));
    }
}

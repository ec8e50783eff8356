//! Content from one store to another, as a backup takes it along and a restore brings it back.
use crate::{Hash, Store, store::failed};
use db::{Result as DbResult, Tx};
use kernel::Result;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// What became of one file's content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Copied {
    /// Its bytes.
    Whole(u64),
    /// It is not where it should be.
    Missing,
    /// What lies there is something else.
    Damaged,
}

/// Content that some row names, each once.
///
/// # Errors
/// The engine's own.
pub async fn named(tx: &mut Tx<'_>) -> DbResult<Vec<Hash>> {
    tx.all("SELECT DISTINCT hash FROM file ORDER BY hash", &[]).await
}

/// Carries content over; [`Carrier::end`] brings the names of all of it to the disk.
pub struct Carrier {
    from: Store,
    to: Store,
    folders: BTreeSet<PathBuf>,
}

impl Carrier {
    pub fn new(from: Store, to: Store) -> Self {
        Self { from, to, folders: BTreeSet::new() }
    }
    /// Copies what lies under the hash if it is what the hash says.
    ///
    /// # Errors
    /// `storage-full`; `file-store` if it cannot be read or written.
    pub fn carry(&mut self, hash: &Hash) -> Result<Copied> {
        let (source, target) = (self.from.place(hash), self.to.place(hash));
        let mut source = match fs::File::open(&source) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Copied::Missing),
            opened => opened.map_err(failed)?,
        };
        let folder = target.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed)?;
        let mut copy = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&target).map_err(failed)?;
        let (mut sum, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 << 10]);
        loop {
            let n = source.read(&mut buffer).map_err(failed)?;
            if n == 0 {
                break;
            }
            let chunk = buffer.get(..n).unwrap_or_default();
            sum.update(chunk);
            copy.write_all(chunk).map_err(failed)?;
            bytes += n as u64;
        }
        if sum.finalize().as_slice() != hash {
            fs::remove_file(&target).map_err(failed)?;
            return Ok(Copied::Damaged);
        }
        copy.sync_all().map_err(failed)?;
        self.folders.extend(folder.ancestors().take(3).map(Path::to_owned));
        Ok(Copied::Whole(bytes))
    }
    /// # Errors
    /// `file-store` if the disk did not take the names.
    pub fn end(self) -> Result<()> {
        self.folders.iter().try_for_each(|folder| fs::File::open(folder)?.sync_all()).map_err(failed)
    }
}

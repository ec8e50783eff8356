//! The store: content under its SHA-256, two levels of folders. A file is whole and on disk before anybody may name it.
use crate::{Kind, name};
use kernel::{Error, Kind as Failure, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of one evidence file.
pub const MAX_BYTES: u64 = 20 << 20;
/// Half-received files are swept away after a day: no upload takes so long.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// SHA-256 of the content.
pub type Hash = [u8; 32];

/// The folder with all evidence; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

/// Content that lies in the store, durable, not yet named by any row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    pub hash: Hash,
    pub size: u64,
    pub kind: Kind,
    /// The name it may be shown under, at most 120 characters.
    pub name: String,
}

/// A file on its way in. Dropped before [`Incoming::finish`], it leaves nothing.
pub struct Incoming {
    store: Store,
    path: PathBuf,
    file: Option<fs::File>,
    hash: Sha256,
    size: u64,
    name: String,
}

impl Store {
    /// Opens (and if need be makes) the folder, and sweeps away what interrupted uploads left more than a day ago.
    ///
    /// # Errors
    /// `file-store` if the folder cannot be written.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self> {
        let store = Self { root: root.into() };
        fs::create_dir_all(store.incoming()).and_then(|()| store.sweep()).map_err(failed)?;
        Ok(store)
    }
    /// The folder as it is, for whoever only carries content in or out.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.incoming())? {
            let entry = entry?;
            let age = entry.metadata().and_then(|m| m.modified()).map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
            if age.is_ok_and(|age| age > STALE) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
    /// Begins a file that the browser calls `name`; its chunks go to [`Incoming::write`].
    ///
    /// # Errors
    /// `file-store` if the folder cannot be written.
    pub fn begin(&self, name: &str) -> Result<Incoming> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
        let path = self.incoming().join(format!("{}-{now}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
        Ok(Incoming { store: self.clone(), path, file: Some(file), hash: Sha256::new(), size: 0, name: name.to_owned() })
    }
    /// Receives all of `input`.
    ///
    /// # Errors
    /// As [`Incoming::write`] and [`Incoming::finish`]; `file-broken-off` if the input fails.
    pub async fn receive(&self, name: &str, mut input: impl AsyncRead + Unpin) -> Result<Stored> {
        let mut incoming = self.begin(name)?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            let n = input.read(&mut buffer).await.map_err(|_| Error::invalid("file-broken-off"))?;
            if n == 0 {
                return incoming.finish().await;
            }
            incoming.write(buffer.get(..n).unwrap_or_default())?;
        }
    }
    /// Opens content for reading.
    ///
    /// # Errors
    /// `file-lost` if it is not there: the folder is not the one that belongs to the database, or was damaged.
    pub async fn read(&self, hash: &Hash) -> Result<tokio::fs::File> {
        let lost = |e: io::Error| Error { detail: e.to_string(), ..Error::new(Failure::Internal, "file-lost") };
        tokio::fs::File::open(self.place(hash)).await.map_err(lost)
    }
    /// Whether the content is there.
    pub fn has(&self, hash: &Hash) -> bool {
        self.place(hash).is_file()
    }
    /// Where the content lies, or would.
    pub fn place(&self, hash: &Hash) -> PathBuf {
        let hex = hash.iter().fold(String::new(), |mut out, b| {
            // Writing to a string does not fail.
            let _ = write!(out, "{b:02x}");
            out
        });
        self.root.join(&hex[..2]).join(&hex[2..4]).join(hex)
    }
}

impl Incoming {
    /// Takes a chunk. It lands in the page cache, so it does not hold the thread for longer than copying takes.
    ///
    /// # Errors
    /// `file-too-large` beyond [`MAX_BYTES`]; `storage-full`; `file-store` if the disk is broken.
    pub fn write(&mut self, chunk: &[u8]) -> Result<()> {
        self.size += chunk.len() as u64;
        if self.size > MAX_BYTES {
            return Err(Error::invalid("file-too-large").with("max", MAX_BYTES >> 20));
        }
        self.hash.update(chunk);
        self.file.as_mut().map_or(Ok(()), |f| f.write_all(chunk)).map_err(failed)
    }
    /// Makes it durable under its hash: file, name and folders are on disk when this returns.
    ///
    /// # Errors
    /// `file-empty`; `file-kind` for what is not taken as evidence; `storage-full`; `storage-failed` if the disk did not take
    /// it: then nothing else is acknowledged either; `file-store`.
    pub async fn finish(self) -> Result<Stored> {
        tokio::task::spawn_blocking(move || self.settle()).await.map_err(Error::internal)?
    }
    fn settle(mut self) -> Result<Stored> {
        if self.size == 0 {
            return Err(Error::invalid("file-empty"));
        }
        if let Some(file) = self.file.take() {
            file.sync_all().map_err(unsynced)?;
        }
        let content = fs::read(&self.path).map_err(failed)?;
        let kind = Kind::of(&content, &self.name).ok_or_else(|| Error::invalid("file-kind"))?;
        drop(content);
        let hash: Hash = std::mem::take(&mut self.hash).finalize().into();
        self.keep(&self.store.place(&hash))?;
        Ok(Stored { hash, size: self.size, kind, name: name::plain(&self.name, kind) })
    }
    /// Renames into place. The same content may be there already, or come in at this moment: then one of two equals stays.
    fn keep(&self, place: &Path) -> Result<()> {
        let second = place.parent().unwrap_or(&self.store.root);
        let first = second.parent().unwrap_or(&self.store.root);
        fs::create_dir_all(second).and_then(|()| fs::rename(&self.path, place)).map_err(failed)?;
        // The names of the file and of its folders are data of the folders above them.
        [second, first, &self.store.root].iter().try_for_each(|folder| fs::File::open(folder)?.sync_all()).map_err(unsynced)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // After a rename there is nothing under this name; what cannot be removed is swept away tomorrow.
        let _ = fs::remove_file(&self.path);
    }
}

/// A disk that is full now may have room soon, and one that cannot be written is not the visitor's fault: come again.
pub(crate) fn failed(e: io::Error) -> Error {
    let (kind, key) = match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (Failure::Busy, "storage-full"),
        io::ErrorKind::ReadOnlyFilesystem => (Failure::Busy, "storage-failed"),
        _ => (Failure::Internal, "file-store"),
    };
    Error { detail: e.to_string(), ..Error::new(kind, key) }
}

/// What was written did not get to the disk, and no second try can tell whether it has.
pub(crate) fn unsynced(e: io::Error) -> Error {
    db::distrust(&e);
    Error { detail: e.to_string(), ..Error::new(Failure::Busy, "storage-failed") }
}

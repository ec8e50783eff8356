//! A disk with a cache that forgets. What was written since the last flush may be on the plates or not, sector by sector and
//! in any order; what was flushed is. A power cut keeps a random part of what was not.
use crate::dice::Dice;
use crate::fuse::{Mounted, Serve};
use crate::program::run;
use crate::volume::{Cut, Disk, unmount};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of the disk; it is kept in memory.
const SIZE: usize = 320 << 20;
/// What the disk writes as a whole.
const SECTOR: usize = 4096;

struct Plates {
    kept: Vec<u8>,
    /// Since the last flush, in the order of writing.
    cached: Vec<(usize, Vec<u8>)>,
    dice: Dice,
    /// Writes that were in play at some cut.
    played: usize,
}

struct Cache(Mutex<Plates>);

impl Cache {
    fn lock(&self) -> MutexGuard<'_, Plates> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Serve for Cache {
    fn size(&self) -> u64 {
        SIZE as u64
    }
    fn read(&self, at: u64, len: usize) -> Vec<u8> {
        let plates = self.lock();
        let at = (at as usize).min(SIZE);
        let end = (at + len).min(SIZE);
        let mut out = plates.kept[at..end].to_vec();
        for (start, data) in &plates.cached {
            let (from, to) = ((*start).max(at), (start + data.len()).min(end));
            if from < to {
                out[from - at..to - at].copy_from_slice(&data[from - start..to - start]);
            }
        }
        out
    }
    fn write(&self, at: u64, data: &[u8]) {
        self.lock().cached.push((at as usize, data.to_vec()));
    }
    fn sync(&self) {
        let plates = &mut *self.lock();
        for (at, data) in plates.cached.drain(..) {
            plates.kept[at..at + data.len()].copy_from_slice(&data);
        }
    }
}

impl Plates {
    /// What is on the plates after the power has gone.
    fn remains(&mut self) -> Vec<u8> {
        let mut image = self.kept.clone();
        for (at, data) in &self.cached {
            for (n, sector) in data.chunks(SECTOR).enumerate() {
                if self.dice.below(2) == 0 {
                    let start = at + n * SECTOR;
                    image[start..start + sector.len()].copy_from_slice(sector);
                }
            }
        }
        self.played += self.cached.len();
        image
    }
}

pub struct Volatile {
    cache: Arc<Cache>,
    folder: tempfile::TempDir,
    device: String,
    mounted: Option<Mounted>,
}

impl Volatile {
    /// # Errors
    /// No FUSE, no loop device, no right to mount.
    pub fn make() -> Result<Volatile, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).map_err(|e| e.to_string())?;
        for part in ["fuse", "disk", "cut"] {
            std::fs::create_dir(folder.path().join(part)).map_err(|e| e.to_string())?;
        }
        let image = folder.path().join("new.img");
        run(&["truncate", "-s", &SIZE.to_string(), &image.to_string_lossy()])?;
        run(&["mkfs.ext4", "-q", "-F", &image.to_string_lossy()])?;
        let kept = std::fs::read(&image).map_err(|e| e.to_string())?;
        let _ = std::fs::remove_file(&image);
        let plates = Plates { kept, cached: Vec::new(), dice: Dice::new(23), played: 0 };
        let cache = Arc::new(Cache(Mutex::new(plates)));
        let mut volatile = Volatile { cache: cache.clone(), folder, device: String::new(), mounted: None };
        let mounted = Mounted::at(&volatile.folder.path().join("fuse"), cache)?;
        volatile.device = run(&["losetup", "-f", "--show", &mounted.file().to_string_lossy()])?;
        volatile.mounted = Some(mounted);
        run(&["mount", &volatile.device, &volatile.disk().to_string_lossy()])?;
        Ok(volatile)
    }
    /// Writes that could have been lost at one of the cuts.
    pub fn played(&self) -> usize {
        self.cache.lock().played
    }
    fn image(&self) -> PathBuf {
        self.folder.path().join("cut.img")
    }
}

impl Disk for Volatile {
    fn disk(&self) -> PathBuf {
        self.folder.path().join("disk")
    }
    fn outside(&self) -> &Path {
        self.folder.path()
    }
    fn cut(&self) -> Result<(), String> {
        let image = self.cache.lock().remains();
        let file = std::fs::File::create(self.image()).map_err(|e| e.to_string())?;
        file.set_len(SIZE as u64).map_err(|e| e.to_string())?;
        let sectors = image.chunks(1 << 16).enumerate().filter(|(_, s)| s.iter().any(|b| *b != 0));
        for (n, sector) in sectors {
            file.write_all_at(sector, (n << 16) as u64).map_err(|e| e.to_string())?;
        }
        Ok(())
    }
    fn after_cut(&self) -> Result<Cut, String> {
        Cut::mount(&self.image(), &self.folder.path().join("cut"))
    }
}

impl Drop for Volatile {
    fn drop(&mut self) {
        unmount(&self.disk());
        if !self.device.is_empty() {
            let _ = run(&["losetup", "-d", &self.device]);
        }
        drop(self.mounted.take());
    }
}

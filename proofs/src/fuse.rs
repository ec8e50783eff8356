//! As much of the kernel's FUSE protocol as one file needs: the kernel asks, [`Serve`] answers. No library, no helper program.
//! The numbers are those of `linux/fuse.h`.
use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};
use std::ffi::CString;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is behind the file.
pub trait Serve: Send + Sync + 'static {
    fn size(&self) -> u64;
    fn read(&self, at: u64, len: usize) -> Vec<u8>;
    fn write(&self, at: u64, data: &[u8]);
    fn sync(&self);
}

/// The file `disk.img` below the place where it is mounted; gone when dropped.
pub struct Mounted {
    at: PathBuf,
    thread: Option<std::thread::JoinHandle<()>>,
}

const NAME: &[u8] = b"disk.img\0";
const ROOT: u64 = 1;
const FILE: u64 = 2;
/// Bytes of one write at most, and room for its head.
const WRITE: usize = 1 << 20;
const HEAD: usize = 40;
const ENOENT: i32 = 2;
const ENOSYS: i32 = 38;
/// Past the kernel's cache: every read and write of the loop device comes here.
const DIRECT: u32 = 1;

impl Mounted {
    /// # Errors
    /// No FUSE in this kernel, no right to mount.
    pub fn at(place: &Path, disk: Arc<dyn Serve>) -> Result<Mounted, String> {
        let device = File::options().read(true).write(true).open("/dev/fuse").map_err(|e| format!("/dev/fuse: {e}"))?;
        let how = format!("fd={},rootmode=40000,user_id=0,group_id=0,allow_other", device.as_raw_fd());
        let how = CString::new(how).map_err(|e| e.to_string())?;
        mount("leitu-proof", place, "fuse", MountFlags::empty(), Some(how.as_c_str())).map_err(|e| format!("fuse: {e}"))?;
        let thread = std::thread::spawn(move || serve(&device, &*disk));
        Ok(Mounted { at: place.into(), thread: Some(thread) })
    }
    pub fn file(&self) -> PathBuf {
        self.at.join("disk.img")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = unmount(&self.at, UnmountFlags::DETACH);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Until it is unmounted.
fn serve(device: &File, disk: &dyn Serve) {
    let mut buffer = vec![0; WRITE + 4096];
    loop {
        let mut device = device;
        let n = match device.read(&mut buffer) {
            Ok(n) => n,
            // The kernel took a request back.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound || e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        let request = Request(&buffer[..n]);
        let Some(answer) = answer(&request, disk) else { continue };
        let (error, body) = match answer {
            Ok(body) => (0, body),
            Err(error) => (-error, Vec::new()),
        };
        let mut whole = Vec::with_capacity(16 + body.len());
        whole.extend((16 + body.len() as u32).to_le_bytes());
        whole.extend(error.to_le_bytes());
        whole.extend(request.u64(8).to_le_bytes());
        whole.extend(body);
        let _ = device.write(&whole);
    }
}

struct Request<'b>(&'b [u8]);

impl Request<'_> {
    fn u32(&self, at: usize) -> u32 {
        self.0.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
    }
    fn u64(&self, at: usize) -> u64 {
        self.0.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
    }
}

/// `None` where the kernel wants no answer.
fn answer(request: &Request<'_>, disk: &dyn Serve) -> Option<Result<Vec<u8>, i32>> {
    let (code, node) = (request.u32(4), request.u64(16));
    Some(match code {
        // FORGET, INTERRUPT, BATCH_FORGET
        2 | 36 | 42 => return None,
        // LOOKUP
        1 if node == ROOT && &request.0[HEAD..] == NAME => Ok([u64s(&[FILE, 0, 3600, 3600, 0]), attributes(FILE, disk)].concat()),
        1 => Err(ENOENT),
        // GETATTR, SETATTR
        3 | 4 => Ok([u64s(&[3600, 0]), attributes(node, disk)].concat()),
        // OPEN, OPENDIR
        14 | 27 => Ok([u64s(&[0]), u32s(&[DIRECT, 0])].concat()),
        // READ
        15 => Ok(disk.read(request.u64(HEAD + 8), request.u32(HEAD + 16) as usize)),
        // WRITE
        16 => {
            let len = request.u32(HEAD + 16);
            disk.write(request.u64(HEAD + 8), request.0.get(HEAD + 40..HEAD + 40 + len as usize).unwrap_or_default());
            Ok(u32s(&[len, 0]))
        }
        // FSYNC
        20 => {
            disk.sync();
            Ok(Vec::new())
        }
        // STATFS
        17 => Ok(vec![0; 80]),
        // RELEASE, FLUSH, RELEASEDIR, ACCESS, DESTROY
        18 | 25 | 29 | 34 | 38 => Ok(Vec::new()),
        // INIT: version 7.31, no extras but big writes
        26 => {
            let (readahead, flags, background, write, grain) = (0, 1 << 5 | 1 << 22, 64 | 48 << 16, WRITE as u32, 1);
            let pages = WRITE as u32 / 4096;
            Ok([u32s(&[7, 31, readahead, flags, background, write, grain, pages]), vec![0; 32]].concat())
        }
        _ => Err(ENOSYS),
    })
}

/// `struct fuse_attr`
fn attributes(node: u64, disk: &dyn Serve) -> Vec<u8> {
    let (mode, size) = if node == FILE { (0o100_600, disk.size()) } else { (0o040_755, 0) };
    [u64s(&[node, size, size / 512, 0, 0, 0]), u32s(&[0, 0, 0, mode, 1, 0, 0, 0, 4096, 0])].concat()
}

fn u64s(all: &[u64]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn u32s(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_le_bytes()).collect()
}

//! A disk whose power can be cut. An ext4 image lies on an XFS that can share blocks; a shared copy of the image is the
//! state of the disk at one instant, without anything the system still held in memory.
use crate::program::{found, is_root, run};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Bytes of the disk and of what it lies on; both are sparse files.
const DISK: &str = "3G";
const HOST: &str = "16G";

pub struct Volume {
    folder: tempfile::TempDir,
    device: String,
}

/// What this needs and the machine has not; empty if all is there.
pub fn lacking() -> Option<String> {
    if !is_root() {
        return Some("needs root and loop devices".into());
    }
    let missing: Vec<&str> = ["mkfs.xfs", "mkfs.ext4", "losetup", "mount"].into_iter().filter(|p| !found(p)).collect();
    (!missing.is_empty()).then(|| format!("needs {}", missing.join(", ")))
}

impl Volume {
    /// # Errors
    /// No loop device, no right to mount.
    pub fn make() -> Result<Volume, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).map_err(|e| e.to_string())?;
        let mut volume = Volume { folder, device: String::new() };
        volume.set_up()?;
        Ok(volume)
    }
    fn set_up(&mut self) -> Result<(), String> {
        for part in ["host", "disk", "cut"] {
            std::fs::create_dir(self.folder.path().join(part)).map_err(|e| e.to_string())?;
        }
        let (whole, host, image, disk) = (self.at("host.img"), self.at("host"), self.at("host/disk.img"), self.at("disk"));
        run(&["truncate", "-s", HOST, &whole])?;
        run(&["mkfs.xfs", "-q", "-f", "-m", "reflink=1", &whole])?;
        run(&["mount", "-o", "loop", &whole, &host])?;
        run(&["truncate", "-s", DISK, &image])?;
        run(&["mkfs.ext4", "-q", "-F", &image])?;
        // Past the host's cache: what the disk has taken is in the image, and nothing else is.
        self.device = run(&["losetup", "-f", "--show", "--direct-io=on", &image])?;
        run(&["mount", &self.device, &disk])?;
        Ok(())
    }
    fn at(&self, part: &str) -> String {
        self.folder.path().join(part).to_string_lossy().into_owned()
    }
}

/// A disk whose power can be cut.
pub trait Disk {
    /// The folder of the living disk.
    fn disk(&self) -> PathBuf;
    /// Where nothing of the proof's own bookkeeping is lost.
    fn outside(&self) -> &Path;
    /// The power goes at this instant.
    ///
    /// # Errors
    /// What the system said.
    fn cut(&self) -> Result<(), String>;
    /// The disk as it was at the last cut, in a machine that starts again.
    ///
    /// # Errors
    /// The file system cannot be mounted: that too is damage.
    fn after_cut(&self) -> Result<Cut, String>;
}

impl Disk for Volume {
    fn disk(&self) -> PathBuf {
        self.folder.path().join("disk")
    }
    fn outside(&self) -> &Path {
        self.folder.path()
    }
    fn cut(&self) -> Result<(), String> {
        run(&["cp", "--reflink=always", &self.at("host/disk.img"), &self.at("host/cut.img")]).map(drop)
    }
    fn after_cut(&self) -> Result<Cut, String> {
        Cut::mount(Path::new(&self.at("host/cut.img")), Path::new(&self.at("cut")))
    }
}

/// A database that was just closed may hold its files for a moment longer.
pub fn unmount(at: &Path) {
    let at = at.to_string_lossy();
    for _ in 0..40 {
        if run(&["umount", &at]).is_ok() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let _ = run(&["umount", "-l", &at]);
}

/// A mounted copy; unmounted and thrown away when dropped.
pub struct Cut {
    image: PathBuf,
    at: PathBuf,
}

impl Cut {
    pub fn mount(image: &Path, at: &Path) -> Result<Cut, String> {
        let cut = Cut { image: image.into(), at: at.into() };
        run(&["mount", "-o", "loop", &image.to_string_lossy(), &at.to_string_lossy()])?;
        Ok(cut)
    }
    pub fn folder(&self) -> PathBuf {
        self.at.clone()
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        unmount(&self.at);
        let _ = std::fs::remove_file(&self.image);
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        unmount(&self.disk());
        if !self.device.is_empty() {
            let _ = run(&["losetup", "-d", &self.device]);
        }
        unmount(Path::new(&self.at("host")));
    }
}

/// A disk that breaks down and is mended: ext4 on a loop device, which lets nobody write once it has found an error.
pub struct Plain {
    folder: tempfile::TempDir,
    device: String,
}

impl Plain {
    /// # Errors
    /// No loop device, no right to mount.
    pub fn make() -> Result<Plain, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        std::fs::create_dir(folder.path().join("disk")).map_err(|e| e.to_string())?;
        let mut plain = Plain { folder, device: String::new() };
        let image = plain.at("disk.img");
        run(&["truncate", "-s", "1G", &image])?;
        run(&["mkfs.ext4", "-q", "-F", &image])?;
        plain.device = run(&["losetup", "-f", "--show", &image])?;
        plain.mount()?;
        Ok(plain)
    }
    fn at(&self, part: &str) -> String {
        self.folder.path().join(part).to_string_lossy().into_owned()
    }
    fn mount(&self) -> Result<(), String> {
        run(&["mount", "-o", "errors=remount-ro", &self.device, &self.at("disk")]).map(drop)
    }
    pub fn disk(&self) -> PathBuf {
        self.folder.path().join("disk")
    }
    pub fn outside(&self) -> &Path {
        self.folder.path()
    }
    /// # Errors
    /// The kernel has no way to do this.
    pub fn break_down(&self) -> Result<(), String> {
        let name = self.device.rsplit('/').next().unwrap_or_default();
        std::fs::write(format!("/sys/fs/ext4/{name}/trigger_fs_error"), "1").map_err(|e| format!("no error can be triggered: {e}"))
    }
    /// Repairs it and mounts it again; nobody may use it.
    ///
    /// # Errors
    /// What the system said.
    pub fn mend(&mut self) -> Result<(), String> {
        unmount(&self.disk());
        // 1 says that something was repaired.
        let mended = std::process::Command::new("e2fsck").args(["-fy", &self.device]).output().map_err(|e| e.to_string())?;
        if mended.status.code().is_none_or(|code| code > 1) {
            return Err(String::from_utf8_lossy(&mended.stdout).into_owned());
        }
        self.mount()
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        unmount(&self.disk());
        if !self.device.is_empty() {
            let _ = run(&["losetup", "-d", &self.device]);
        }
    }
}

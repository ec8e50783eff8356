//! Whether this process may still say that something is kept. A sync that fails once leaves the page cache claiming what the
//! disk does not hold; a second try succeeds and proves nothing. So after one, wherever it was, nothing is acknowledged until
//! a restart has read the truth from the disk.
use crate::{Error, Result};
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};

static LOST: AtomicBool = AtomicBool::new(false);

/// For stores of files beside the database: what they were told to bring to the disk did not get there. From now on
/// every write of this process fails with `storage-failed`; pages are still read.
pub fn distrust(cause: &dyn Display) {
    if !LOST.swap(true, Ordering::AcqRel) {
        tracing::error!(%cause, "the disk did not take a file; read-only until a restart");
    }
}

pub(crate) fn check() -> Result<()> {
    if LOST.load(Ordering::Acquire) { Err(Error::Storage("storage-failed")) } else { Ok(()) }
}

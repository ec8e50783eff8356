//! What a zip really holds. The sizes its directory names are the sender's word, so bytes are counted while inflating.
use crate::Limits;
use kernel::{Error, Result};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Parts a workbook may have; real ones have a few dozen.
const PARTS: usize = 2_000;
const MERGED: &[u8] = b"mergeCell";

/// Whether a sheet may have merged cells: the word for them stands behind all cells, and looking for it here saves most
/// files a second parsing.
///
/// # Errors
/// `table-inflates` beyond the limit, `table-broken` if it is no whole zip, `table-kind` if it is another kind of zip.
pub(crate) fn check(file: impl Read + Seek, limits: &Limits) -> Result<bool> {
    let broken = |_| Error::invalid("table-broken");
    let bomb = || Error::invalid("table-inflates").with("max", limits.inflated >> 20);
    let mut zip = ZipArchive::new(file).map_err(broken)?;
    if zip.len() > PARTS {
        return Err(bomb());
    }
    if zip.index_for_name("xl/workbook.xml").is_none() {
        return Err(Error::invalid("table-kind"));
    }
    let (mut left, mut buffer, mut merged) = (limits.inflated, vec![0; 64 << 10], false);
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).map_err(broken)?;
        if part.size() > left {
            return Err(bomb());
        }
        // The last bytes of a chunk stay in front of the next, so that a word cut in two is found.
        let mut kept = 0;
        loop {
            let n = part.read(buffer.get_mut(kept..).unwrap_or_default()).map_err(|_| Error::invalid("table-broken"))?;
            if n == 0 {
                break;
            }
            left = left.checked_sub(n as u64).ok_or_else(bomb)?;
            let filled = buffer.get(..kept + n).unwrap_or_default();
            merged = merged || filled.windows(MERGED.len()).any(|w| w == MERGED);
            let tail = filled.len().min(MERGED.len() - 1);
            let from = filled.len() - tail;
            buffer.copy_within(from..from + tail, 0);
            kept = tail;
        }
    }
    Ok(merged)
}

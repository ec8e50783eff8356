//! What a zip really holds. The sizes its directory names are the sender's word, so bytes are counted while inflating.
use crate::Limits;
use kernel::{Error, Result};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Parts a workbook may have; real ones have a few dozen.
const PARTS: usize = 2_000;

/// # Errors
/// `table-inflates` beyond the limit, `table-broken` if it is no whole zip, `table-kind` if it is another kind of zip.
pub(crate) fn check(file: impl Read + Seek, limits: &Limits) -> Result<()> {
    let broken = |_| Error::invalid("table-broken");
    let bomb = || Error::invalid("table-inflates").with("max", limits.inflated >> 20);
    let mut zip = ZipArchive::new(file).map_err(broken)?;
    if zip.len() > PARTS {
        return Err(bomb());
    }
    if zip.index_for_name("xl/workbook.xml").is_none() {
        return Err(Error::invalid("table-kind"));
    }
    let (mut left, mut buffer) = (limits.inflated, vec![0; 64 << 10]);
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).map_err(broken)?;
        if part.size() > left {
            return Err(bomb());
        }
        loop {
            let n = part.read(&mut buffer).map_err(|_| Error::invalid("table-broken"))?;
            if n == 0 {
                break;
            }
            left = left.checked_sub(n as u64).ok_or_else(bomb)?;
        }
    }
    Ok(())
}

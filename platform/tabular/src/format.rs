//! What a file is, told by its first bytes; its name says nothing.
use kernel::{Error, Result};
use std::io::Read;
use std::path::Path;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    /// # Errors
    /// `table-empty`, `table-old-xls` or `table-kind`, with the remedy; `Internal` if the file cannot be read.
    pub fn of(path: &Path) -> Result<Self> {
        let mut first = Vec::with_capacity(512);
        let file = std::fs::File::open(path).map_err(Error::internal)?;
        file.take(512).read_to_end(&mut first).map_err(Error::internal)?;
        Self::of_bytes(&first)
    }
    pub(crate) fn of_bytes(first: &[u8]) -> Result<Self> {
        if first.is_empty() {
            return Err(Error::invalid("table-empty"));
        }
        if first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06") {
            return Ok(Format::Xlsx);
        }
        // An OLE container is an xls of before 2007 or an xlsx behind a password; neither is read.
        if first.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Error::invalid("table-old-xls"));
        }
        // Many systems export HTML or XML under the name .xls.
        let others: [&[u8]; 8] = [b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"{\\rtf", b"<", b"\xEF\xBB\xBF<", b"\x1F\x8B"];
        if others.iter().any(|magic| first.starts_with(magic)) || is_binary(first) {
            return Err(Error::invalid("table-kind"));
        }
        Ok(Format::Csv)
    }
    /// The usual end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }
    /// The media type a download is sent with.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Signs that no text has, more than one in twenty: to tell such a file of its encoding would send somebody the wrong way.
/// Text in UTF-16 has a mark in front; what is wrong with it is said by who reads it.
fn is_binary(first: &[u8]) -> bool {
    let marked = first.starts_with(b"\xFF\xFE") || first.starts_with(b"\xFE\xFF");
    let odd = first.iter().filter(|b| matches!(b, 1..=8 | 14..=31 | 127)).count();
    // The first bytes may end in the middle of a letter.
    let text = std::str::from_utf8(first).map_or_else(|e| e.error_len().is_none(), |_| true);
    !marked && !text && odd * 20 > first.len()
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn text_is_text_wherever_its_first_bytes_end() {
        let text = "\u{1}组".repeat(128).into_bytes();
        for end in [510, 511, 512] {
            assert_eq!(Format::of_bytes(&text[..end]).unwrap(), Format::Csv, "{end} bytes");
        }
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(Format::of_bytes(b"code,name\n").unwrap(), Format::Csv);
        assert_eq!(Format::of_bytes(b"PK\x03\x04rest").unwrap(), Format::Xlsx);
        for (bytes, key) in [
            (&b""[..], "table-empty"),
            (b"\xD0\xCF\x11\xE0", "table-old-xls"),
            (b"%PDF-1.7", "table-kind"),
            (b"<html><table>", "table-kind"),
            (b"\x9c\x01\xe7u\x1f\x12\x88\xf0\x03k\xb2\x1e\xd7\x05\xaa\x7f", "table-kind"),
        ] {
            assert_eq!(Format::of_bytes(bytes).unwrap_err().key, key);
        }
    }
}

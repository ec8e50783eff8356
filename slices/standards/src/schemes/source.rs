//! What a scheme is read from: TOML, or the sheets of a workbook as offices keep it.
use crate::intake::not_text;
use kernel::{Error, Result};
use scheme::{Finding, Scheme, Sheet};
use std::io::Write;
use tabular::{Limits, Reader};

/// A file as it was sent, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Toml(String),
    Sheets(Vec<Sheet>),
}

/// More rows than any scheme has.
const ROWS: u64 = 5_000;

impl Source {
    /// Tells an xlsx from text by its content. The workbook is parsed by `reader`, in a child process.
    ///
    /// # Errors
    /// `standards-file-not-utf8`; what the table reader refuses.
    pub async fn of(bytes: Vec<u8>, reader: &Reader) -> Result<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return sheets(&bytes, reader).await.map(Self::Sheets);
        }
        String::from_utf8(bytes).map(Self::Toml).map_err(|e| not_text(e.as_bytes()))
    }
    /// # Errors
    /// Every problem of the file.
    pub fn parse(&self) -> std::result::Result<Scheme, Vec<Finding>> {
        match self {
            Source::Toml(text) => scheme::parse_toml(text),
            Source::Sheets(sheets) => scheme::from_sheets(sheets),
        }
    }
    /// Sheets as a hidden field between checking and publishing; it is read with all checks again.
    pub(super) fn to_field(&self) -> String {
        match self {
            Source::Toml(_) => String::new(),
            Source::Sheets(sheets) => {
                let plain: Vec<(&str, &Vec<Vec<String>>)> = sheets.iter().map(|s| (s.name.as_str(), &s.rows)).collect();
                serde_json::to_string(&plain).unwrap_or_default()
            }
        }
    }
    pub(super) fn from_field(field: &str) -> Option<Self> {
        let plain: Vec<(String, Vec<Vec<String>>)> = serde_json::from_str(field).ok()?;
        Some(Self::Sheets(plain.into_iter().map(|(name, rows)| Sheet { name, rows }).collect()))
    }
}

async fn sheets(bytes: &[u8], reader: &Reader) -> Result<Vec<Sheet>> {
    let mut file = tempfile::NamedTempFile::new().map_err(Error::internal)?;
    file.write_all(bytes).map_err(Error::internal)?;
    let limits = Limits { xlsx_rows: ROWS, ..Limits::default() };
    let mut out = Vec::new();
    for name in scheme::sheet_names() {
        let mut rows = match tabular::read_sheet(file.path(), Some(name), reader, limits).await {
            Ok(rows) => rows,
            // Which sheets a scheme cannot do without, its reader says.
            Err(e) if e.key == "table-sheet-missing" => continue,
            Err(e) => return Err(e.at("file")),
        };
        let mut sheet = Sheet { name: name.to_owned(), rows: Vec::new() };
        while let Some(row) = rows.next().await.map_err(|e| e.at("file"))? {
            // Rows left blank keep their numbers, so that findings name the row people see.
            let before = usize::try_from(row.number.saturating_sub(1)).unwrap_or(usize::MAX).min(ROWS as usize);
            sheet.rows.resize(before.max(sheet.rows.len()), Vec::new());
            sheet.rows.push(row.cells);
        }
        out.push(sheet);
    }
    Ok(out)
}

//! What became of a file.
use kernel::{Error, Result};
use std::path::Path;
use tabular::{BadRow, BadRows, Format};

#[derive(Clone, Debug)]
pub struct Report {
    /// Rows read, the head not counted.
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    /// Empty if the file was accepted; in the file's order.
    pub refused: Vec<Refused>,
    /// Rows that could not be carried over because something changed after the file was checked: number and reason.
    pub changed: Vec<(u64, Error)>,
    /// The heads as the file has them.
    pub heads: Vec<String>,
    pub format: Format,
}

/// A refused row with its cells.
#[derive(Clone, Debug)]
pub struct Refused {
    pub cells: Vec<String>,
    pub bad: Vec<BadRow>,
}

impl Report {
    /// Nothing read, nothing done.
    pub fn empty() -> Self {
        Self { rows: 0, created: 0, updated: 0, refused: Vec::new(), changed: Vec::new(), heads: Vec::new(), format: Format::Csv }
    }
    pub fn accepted(&self) -> bool {
        self.refused.is_empty() && self.changed.is_empty()
    }
    /// Every bad cell.
    pub fn bad(&self) -> impl Iterator<Item = &BadRow> {
        self.refused.iter().flat_map(|r| &r.bad)
    }
    /// Writes the file with only the bad rows; `say` puts an error into the reader's language.
    ///
    /// # Errors
    /// `internal` if the file cannot be written.
    pub fn write_bad(&self, path: &Path, say: impl Fn(&Error) -> String) -> Result<()> {
        let mut out = BadRows::create(path, self.format, "bad", &self.heads)?;
        for r in &self.refused {
            let places: Vec<usize> = r.bad.iter().filter_map(|b| b.index).collect();
            let remedy: Vec<String> = r.bad.iter().map(|b| say(&b.error)).collect();
            out.row(&r.cells, &places, &remedy.join("; "))?;
        }
        out.finish()
    }
}

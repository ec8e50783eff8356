//! What became of a file.
use kernel::{Error, Result};
use std::collections::BTreeMap;
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
    /// Rows that are refused too, and only counted.
    pub unnamed: u64,
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

/// What is named of refused rows. They lie in memory until the file is read to its end, so of very many, or very long ones, only
/// the first are kept and the others counted: whoever has twenty thousand wrong has a column wrong.
#[derive(Default)]
pub struct Refusals {
    named: BTreeMap<u64, Refused>,
    bytes: usize,
    unnamed: u64,
}

const NAMED: usize = 20_000;
/// Of the cells of all of them.
const BYTES: usize = 2 << 20;

impl Refusals {
    /// A row by its number.
    pub fn add(&mut self, number: u64, refused: Refused) {
        self.bytes += refused.cells.iter().map(String::len).sum::<usize>();
        // The first is named, however long it is.
        if self.named.is_empty() || self.named.contains_key(&number) || self.named.len() < NAMED && self.bytes <= BYTES {
            self.named.insert(number, refused);
        } else {
            self.unnamed += 1;
        }
    }
    /// In the order of the file, and how many more there are.
    pub fn end(self) -> (Vec<Refused>, u64) {
        (self.named.into_values().collect(), self.unnamed)
    }
}

impl Report {
    /// Nothing read, nothing done.
    pub fn empty() -> Self {
        Self {
            rows: 0,
            created: 0,
            updated: 0,
            refused: Vec::new(),
            unnamed: 0,
            changed: Vec::new(),
            heads: Vec::new(),
            format: Format::Csv,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bytes: usize) -> Refused {
        Refused { cells: vec!["x".repeat(bytes)], bad: Vec::new() }
    }

    #[test]
    fn of_very_many_refused_rows_or_very_long_ones_the_first_are_named_and_all_are_counted() {
        let (mut many, mut long) = (Refusals::default(), Refusals::default());
        (0..NAMED as u64 + 5).for_each(|n| many.add(n, row(1)));
        (0..5).for_each(|n| long.add(n, row(BYTES / 2)));
        let counts = [many, long].map(|r| r.end()).map(|(named, more)| (named.len(), more));
        assert_eq!(counts, [(NAMED, 5), (2, 3)]);
    }
}

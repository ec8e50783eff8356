//! Rows that were refused, and the file that holds only them (只含有误行).
use crate::{Cell, Column, Format, Note, REMEDY_HEADS, Sheet};
use kernel::{Error, Result};
use std::path::Path;

/// One refused cell, or a whole row.
#[derive(Clone, Debug)]
pub struct BadRow {
    /// As a spreadsheet numbers it.
    pub row: u64,
    /// Place of the column in the file, from 0; none if the row as a whole is refused.
    pub index: Option<usize>,
    /// The column's head as the file has it.
    pub column: String,
    /// What stands in the cell.
    pub value: String,
    /// What is wrong and how to mend it.
    pub error: Error,
}

/// Writes the refused rows in the format they came in, each with a column that says what should stand there.
pub struct BadRows {
    sheet: Sheet,
    /// Places of the columns that are kept: all but a remedy column of an earlier round.
    kept: Vec<usize>,
}

impl BadRows {
    /// `heads` are those of the file that was read ([`Columns::heads`](crate::Columns::heads)).
    ///
    /// # Errors
    /// `Internal` if the file cannot be written.
    pub fn create(path: &Path, format: Format, name: &str, heads: &[String]) -> Result<Self> {
        let kept: Vec<usize> = (0..heads.len()).filter(|i| !REMEDY_HEADS.contains(&heads[*i].as_str())).collect();
        let mut columns: Vec<_> = kept.iter().map(|i| Column::new(&heads[*i], 18.0).text()).collect();
        columns.push(Column::new(REMEDY_HEADS[0], 60.0));
        Ok(Self { sheet: Sheet::create(path, format, name, columns)?, kept })
    }
    /// One row: its cells as they were read, the places that are wrong, and the sentences, already in the reader's language.
    ///
    /// # Errors
    /// `Internal` if the file cannot be written.
    pub fn row(&mut self, cells: &[String], bad: &[usize], remedy: &str) -> Result<()> {
        let cell = |i: &usize| cells.get(*i).map_or_else(Cell::empty, Cell::text);
        let out: Vec<_> = self.kept.iter().map(cell).chain([Cell::text(remedy)]).collect();
        let marked: Vec<usize> = (0..self.kept.len()).filter(|i| bad.contains(&self.kept[*i])).collect();
        self.sheet.marked(&out, &marked)
    }
    /// # Errors
    /// `Internal` if the file cannot be written.
    pub fn finish(self) -> Result<()> {
        self.sheet.finish(&Note::default())
    }
}

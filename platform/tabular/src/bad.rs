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

impl BadRow {
    /// As it may be shown of a table that holds personal numbers: what stands in such a column is masked as a whole, and a
    /// long number in any other cell, where a shifted row has put it.
    pub(crate) fn masked(mut self, column: bool) -> Self {
        self.value = if column { mask(&self.value) } else { mask_numbers(&self.value) };
        for (_, arg) in &mut self.error.args {
            *arg = mask_numbers(arg);
        }
        self
    }
}

/// The ends of what is long enough to be known again by its owner, stars for the rest.
fn mask(value: &str) -> String {
    let all: Vec<char> = value.trim().chars().collect();
    let (first, last) = match all.len() {
        0..7 => (0, 0),
        7..15 => (3, 4),
        _ => (6, 4),
    };
    all.iter().enumerate().map(|(i, c)| if i < first || i + last >= all.len() { *c } else { '*' }).collect()
}

/// Digits of a phone or more.
const LONG: usize = 11;

fn mask_numbers(text: &str) -> String {
    let (mut out, mut run) = (String::with_capacity(text.len()), String::new());
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if c.is_ascii_digit() || (matches!(c, 'X' | 'x') && run.len() >= LONG) => run.push(c),
            other => {
                out.push_str(&if run.len() < LONG { std::mem::take(&mut run) } else { mask(&std::mem::take(&mut run)) });
                out.extend(other);
            }
        }
    }
    out
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
        let (kept, mut columns): (Vec<usize>, Vec<_>) = heads
            .iter()
            .enumerate()
            .filter(|(_, head)| !REMEDY_HEADS.contains(&head.as_str()))
            .map(|(i, head)| (i, Column::new(head, 18.0).text()))
            .unzip();
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
        let marked: Vec<usize> = self.kept.iter().enumerate().filter(|(_, at)| bad.contains(at)).map(|(i, _)| i).collect();
        self.sheet.marked(&out, &marked)
    }
    /// # Errors
    /// `Internal` if the file cannot be written.
    pub fn finish(self) -> Result<()> {
        self.sheet.finish(&Note::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_numbers_are_masked_in_their_column_and_wherever_a_shifted_row_has_put_them() {
        for (value, own, elsewhere) in [
            ("210782197707047750", "210782********7750", "210782********7750"),
            ("21078219770704775X", "210782********775X", "210782********775X"),
            ("210782-19770704-7750", "210782**********7750", "210782-19770704-7750"),
            ("13812341402", "138****1402", "138****1402"),
            ("12345", "*****", "12345"),
            ("李红 210782197707047750，正式", "", "李红 210782********7750，正式"),
            ("2010-07-01", "201***7-01", "2010-07-01"),
        ] {
            let bad = |column| {
                let error = Error::invalid("member-status").with("value", value);
                BadRow { row: 2, index: None, column: String::new(), value: value.into(), error }.masked(column)
            };
            if !value.contains('李') {
                assert_eq!(bad(true).value, own);
            }
            assert_eq!((bad(false).value.as_str(), bad(false).error.args[0].1.as_str()), (elsewhere, elsewhere));
            assert_eq!(bad(true).value.chars().count(), value.chars().count(), "so long it was");
        }
    }
}

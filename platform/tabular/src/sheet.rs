//! A table to be written: its columns, cells of real types, and a note on where it comes from.
use crate::{
    Format,
    csv_out::CsvOut,
    neutral::{is_remark, neutral},
    xlsx_out::XlsxOut,
};
use kernel::{BusinessDate, Points, Quantity, Result};
use std::borrow::Cow;
use std::path::Path;

/// One column: what stands above it, how wide it is (in characters of Latin text), what may be chosen in it.
#[derive(Clone, Debug)]
pub struct Column {
    pub head: String,
    pub width: f64,
    /// Choices of a drop-down list (xlsx); empty for none.
    pub list: Vec<String>,
    /// Cells that people fill in stay text: codes and ID numbers (xlsx).
    pub text: bool,
}

impl Column {
    pub fn new(head: impl Into<String>, width: f64) -> Self {
        Self { head: head.into(), width, list: Vec::new(), text: false }
    }
    #[must_use]
    pub fn text(mut self) -> Self {
        self.text = true;
        self
    }
    #[must_use]
    pub fn list(mut self, choices: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.list = choices.into_iter().map(Into::into).collect();
        self
    }
}

/// A cell. Numbers and days are numbers and days in xlsx too.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    Text(String),
    Integer(i64),
    /// With two decimals, as the ledger has them.
    Points(Points),
    Quantity(Quantity),
    Date(BusinessDate),
    /// Part of a template's example: begin its row's first cell with `# ` and it is not read.
    Remark(String),
}

impl Cell {
    pub fn empty() -> Self {
        Cell::Text(String::new())
    }
    pub fn text(t: impl Into<String>) -> Self {
        Cell::Text(t.into())
    }
    fn csv(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(t) => neutral(t),
            Cell::Remark(t) if is_remark(t) => Cow::Borrowed(t),
            Cell::Remark(t) => neutral(t),
            Cell::Integer(n) => n.to_string().into(),
            Cell::Points(p) => p.fixed().into(),
            Cell::Quantity(q) => q.to_string().into(),
            Cell::Date(d) => d.to_string().into(),
        }
    }
}

/// The second sheet of an xlsx (说明): who took the table, when, by which filter. A csv has one sheet and leaves it out.
#[derive(Clone, Default, Debug)]
pub struct Note {
    pub sheet: String,
    pub lines: Vec<(String, String)>,
}

/// Writes a table row by row in constant memory. Without [`Sheet::finish`] there is no table.
pub struct Sheet {
    out: Out,
    columns: Vec<Column>,
}
enum Out {
    Csv(CsvOut),
    Xlsx(Box<XlsxOut>),
}

impl Sheet {
    /// `name` is the sheet's, at most 31 characters (xlsx).
    ///
    /// # Errors
    /// `Internal` if the file cannot be written.
    pub fn create(path: &Path, format: Format, name: &str, columns: Vec<Column>) -> Result<Self> {
        let out = match format {
            Format::Csv => {
                let mut out = CsvOut::create(path)?;
                out.row(columns.iter().map(|c| neutral(&c.head)))?;
                Out::Csv(out)
            }
            Format::Xlsx => Out::Xlsx(Box::new(XlsxOut::create(path, name, &columns)?)),
        };
        Ok(Self { out, columns })
    }
    /// # Errors
    /// `table-out-rows` beyond what a spreadsheet holds; `Internal` if the file cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.marked(cells, &[])
    }
    /// As [`Self::row`], with the cells at `bad` coloured (xlsx).
    pub(crate) fn marked(&mut self, cells: &[Cell], bad: &[usize]) -> Result<()> {
        match &mut self.out {
            Out::Csv(out) => out.row(cells.iter().map(Cell::csv)),
            Out::Xlsx(out) => out.row(cells, bad),
        }
    }
    /// Makes the file whole, with its note.
    ///
    /// # Errors
    /// As [`Self::row`].
    pub fn finish(self, note: &Note) -> Result<()> {
        match self.out {
            Out::Csv(out) => out.finish(),
            Out::Xlsx(out) => out.finish(note, &self.columns),
        }
    }
}

//! What the two parsers hand their rows to.
use crate::{
    Format, Limits,
    neutral::{is_remark, remarked, restored},
    wire::{Frame, Read},
};
use kernel::{Error, Result};
use std::io::Write;

/// Leaves out rows that say nothing, brings the others to the head's width and sends them.
pub(crate) struct Sink<W: Write> {
    out: W,
    format: Format,
    limits: Limits,
    width: Option<usize>,
}

impl<W: Write> Sink<W> {
    pub(crate) fn new(out: W, format: Format, limits: Limits) -> Self {
        Self { out, format, limits, width: None }
    }
    /// Its number is the one a spreadsheet shows, from 1.
    pub(crate) fn row(&mut self, mut row: Read) -> Result<()> {
        let (number, cells) = (row.number, &mut row.cells);
        if remark(cells) {
            return Ok(());
        }
        // A line feed alone is written with an apostrophe before it: what a row says is what was meant by it.
        meant(cells, self.format);
        if row.faults.is_empty() && cells.iter().all(|c| c.trim().is_empty()) {
            return Ok(());
        }
        let max = if self.format == Format::Xlsx { self.limits.xlsx_rows } else { self.limits.csv_rows };
        if number > max {
            return Err(Error::invalid("table-too-many-rows").with("max", max));
        }
        if cells.len() as u64 > self.limits.columns {
            return Err(Error::invalid("table-too-many-columns").with("max", self.limits.columns).with("row", number));
        }
        if cells.iter().map(String::len).sum::<usize>() as u64 > self.limits.row_bytes {
            return Err(Error::invalid("table-row-long").with("row", number).with("max", self.limits.row_bytes >> 10));
        }
        let width = *self.width.get_or_insert(cells.len());
        // An xlsx leaves empty cells out; in a csv every comma is written, and a missing one is a mistake to be named.
        if self.format == Format::Xlsx && cells.len() < width {
            cells.resize(width, String::new());
        }
        Frame::Row(row).write(&mut self.out).map_err(Error::internal)
    }
    /// Says that everything was read. A table of no row at all is an empty file.
    pub(crate) fn end(mut self) -> Result<()> {
        if self.width.is_none() {
            return Err(Error::invalid("table-empty"));
        }
        Frame::End.write(&mut self.out).and_then(|()| self.out.flush()).map_err(Error::internal)
    }
}

fn remark(cells: &[String]) -> bool {
    cells.first().is_some_and(|c| is_remark(c))
}

/// Takes off what was put before a text on its way out; only now, since a remark is known by what stands in the file.
fn meant(cells: &mut [String], format: Format) {
    let (places, mean): (usize, fn(&str) -> &str) = match format {
        Format::Csv => (cells.len(), restored),
        Format::Xlsx => (1, remarked),
    };
    for cell in cells.iter_mut().take(places) {
        let off = cell.len() - mean(cell).len();
        cell.drain(..off);
    }
}

//! Writing xlsx in constant memory: rows go to a temporary file beside the target as they come.
use crate::neutral::unremarked;
use crate::sheet::{Cell, Column, Note};
use kernel::{BusinessDate, Error, Result};
use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use std::path::{Path, PathBuf};

/// Rows for which a template keeps its drop-down lists.
const LISTED_ROWS: u32 = 10_000;
const LISTS: &str = "lists";

pub(crate) struct XlsxOut {
    book: Workbook,
    sheet: Worksheet,
    path: PathBuf,
    next: u32,
    styles: Styles,
}

struct Styles {
    head: Format,
    day: Format,
    points: Format,
    plain: Format,
    bad: Format,
    remark: Format,
}

impl XlsxOut {
    pub(crate) fn create(path: &Path, name: &str, columns: &[Column]) -> Result<Self> {
        let mut book = Workbook::new();
        book.set_tempdir(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let mut sheet = book.new_worksheet_with_constant_memory().map_err(failed)?;
        let styles = Styles {
            head: Format::new().set_bold().set_background_color(0xF2F2F2).set_text_wrap(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            points: Format::new().set_num_format("0.00"),
            plain: Format::new(),
            bad: Format::new().set_background_color(0xFFC7CE),
            remark: Format::new().set_font_color(0x7F7F7F).set_italic(),
        };
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let text = Format::new().set_num_format("@");
        for (column, i) in columns.iter().zip(0u16..) {
            sheet.set_column_width(i, column.width).map_err(failed)?;
            // A code such as 007 or an ID number of 18 digits must not become a number.
            if column.text {
                sheet.set_column_format(i, &text).map_err(failed)?;
            }
        }
        let mut out = Self { book, sheet, path: path.to_owned(), next: 0, styles };
        out.lists(columns)?;
        for (column, i) in columns.iter().zip(0u16..) {
            out.sheet.write_string_with_format(0, i, &column.head, &out.styles.head).map_err(failed)?;
        }
        out.next = 1;
        Ok(out)
    }
    /// Drop-down lists point at a hidden sheet, since a list inside a cell's rule holds 255 characters at most.
    fn lists(&mut self, columns: &[Column]) -> Result<()> {
        for (column, i) in columns.iter().zip(0u16..).filter(|(c, _)| !c.list.is_empty()) {
            let letters = crate::xlsx_in::letters(u32::from(i));
            let source = Formula::new(format!("={LISTS}!${letters}$1:${letters}${}", column.list.len()));
            let rule = DataValidation::new().allow_list_formula(source);
            self.sheet.add_data_validation(1, i, LISTED_ROWS, i, &rule).map_err(failed)?;
        }
        Ok(())
    }
    /// `bad` are the places of cells to be marked.
    pub(crate) fn row(&mut self, cells: &[Cell], bad: &[usize]) -> Result<()> {
        for (cell, i) in cells.iter().zip(0u16..) {
            let marked = bad.contains(&usize::from(i));
            self.cell(i, cell, marked)?;
        }
        self.next += 1;
        Ok(())
    }
    fn cell(&mut self, i: u16, cell: &Cell, marked: bool) -> Result<()> {
        let (row, s, sheet) = (self.next, &self.styles, &mut self.sheet);
        let or = |style| if marked { &s.bad } else { style };
        match cell {
            Cell::Text(t) if t.is_empty() && !marked => return Ok(()),
            Cell::Text(t) if t.is_empty() => sheet.write_blank(row, i, &s.bad),
            Cell::Text(t) if i == 0 => sheet.write_string_with_format(row, i, unremarked(t), or(&s.plain)),
            Cell::Text(t) => sheet.write_string_with_format(row, i, t, or(&s.plain)),
            Cell::Remark(t) => sheet.write_string_with_format(row, i, t, &s.remark),
            // Beyond 2⁵³ a spreadsheet's number would not be the number: it stays text.
            Cell::Integer(n) if n.unsigned_abs() > 1 << 53 => sheet.write_string(row, i, n.to_string()),
            #[allow(clippy::cast_precision_loss)]
            Cell::Integer(n) => sheet.write_number_with_format(row, i, *n as f64, or(&s.plain)),
            Cell::Points(p) => sheet.write_number_with_format(row, i, decimal(&p.fixed())?, or(&s.points)),
            Cell::Quantity(q) => sheet.write_number_with_format(row, i, decimal(&q.to_string())?, or(&s.plain)),
            Cell::Date(d) => sheet.write_datetime_with_format(row, i, serial(*d)?, or(&s.day)),
        }
        .map(drop)
        .map_err(failed)
    }
    pub(crate) fn finish(mut self, note: &Note, columns: &[Column]) -> Result<()> {
        self.book.push_worksheet(self.sheet);
        if !note.lines.is_empty() {
            let sheet = self.book.add_worksheet();
            sheet.set_name(&note.sheet).map_err(failed)?;
            sheet.set_column_width(0, 18).and_then(|s| s.set_column_width(1, 80)).map_err(failed)?;
            for ((what, value), row) in note.lines.iter().zip(0u32..) {
                sheet.write_string_with_format(row, 0, what, &self.styles.head).map_err(failed)?;
                sheet.write_string(row, 1, value).map_err(failed)?;
            }
        }
        if columns.iter().any(|c| !c.list.is_empty()) {
            let sheet = self.book.add_worksheet();
            sheet.set_name(LISTS).map_err(failed)?.set_hidden(true);
            for (column, i) in columns.iter().zip(0u16..) {
                for (value, row) in column.list.iter().zip(0u32..) {
                    sheet.write_string(row, i, value).map_err(failed)?;
                }
            }
        }
        self.book.save(&self.path).map_err(failed)
    }
}

fn decimal(text: &str) -> Result<f64> {
    text.parse().map_err(Error::internal)
}
fn serial(date: BusinessDate) -> Result<ExcelDateTime> {
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    let year = u16::try_from(date.year()).map_err(Error::internal)?;
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day())).map_err(failed)
}
fn failed(e: XlsxError) -> Error {
    match e {
        XlsxError::RowColumnLimitError => Error::invalid("table-out-rows").with("max", 1_048_576),
        XlsxError::MaxStringLengthExceeded => Error::invalid("table-out-text").with("max", 32_767),
        e => Error::internal(e),
    }
}

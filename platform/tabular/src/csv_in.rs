//! Reading csv: RFC 4180, UTF-8, rows numbered as a spreadsheet numbers them. Written here because every refusal must
//! name its row: an open quotation mark, a NUL, a byte that is not UTF-8, a row without end.
use crate::{
    Limits,
    sink::Sink,
    wire::{FAULTS, Read},
};
use db::planted::Defect;
use kernel::{Error, Result};
use std::io::{BufRead, Write};

pub(crate) fn read<W: Write>(mut input: impl BufRead, limits: &Limits, mut sink: Sink<W>) -> Result<()> {
    let mut table = Table { row: Vec::new(), field: Vec::new(), at: At::FieldStart, number: 1, bytes: 0, first: true };
    byte_order_mark(&mut input)?;
    loop {
        let chunk = input.fill_buf().map_err(Error::internal)?;
        if chunk.is_empty() {
            break;
        }
        for byte in chunk {
            if table.byte(*byte, limits)? {
                table.emit(&mut sink)?;
            }
        }
        let n = chunk.len();
        input.consume(n);
    }
    match table.at {
        At::Quoted => return Err(Error::invalid("table-quote").with("row", table.number)),
        At::FieldStart | At::AfterReturn if table.row.is_empty() => {}
        _ => {
            table.end_field();
            table.emit(&mut sink)?;
        }
    }
    sink.end()
}

fn byte_order_mark(input: &mut impl BufRead) -> Result<()> {
    let first = input.fill_buf().map_err(Error::internal)?;
    if first.starts_with(&[0xFF, 0xFE]) || first.starts_with(&[0xFE, 0xFF]) {
        return Err(Error::invalid("table-encoding").with("encoding", "UTF-16").with("row", 1));
    }
    let marked = first.starts_with(&[0xEF, 0xBB, 0xBF]);
    input.consume(if marked { 3 } else { 0 });
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    FieldStart,
    Plain,
    Quoted,
    /// A quotation mark inside a quoted field: the end, or the first half of `""`.
    QuoteSeen,
    /// After `\r`: a `\n` belongs to it.
    AfterReturn,
}

struct Table {
    row: Vec<Vec<u8>>,
    field: Vec<u8>,
    at: At,
    number: u64,
    bytes: u64,
    first: bool,
}

impl Table {
    /// Takes one byte; true when it ended a row.
    fn byte(&mut self, byte: u8, limits: &Limits) -> Result<bool> {
        if self.at == At::AfterReturn {
            self.at = At::FieldStart;
            if byte == b'\n' {
                return Ok(false);
            }
        }
        self.bytes += 1;
        if self.bytes > limits.row_bytes {
            return Err(Error::invalid("table-row-long").with("row", self.number).with("max", limits.row_bytes >> 10));
        }
        if byte == 0 {
            // Text in UTF-16 without a mark has a NUL beside every Latin letter.
            if self.number == 1 && self.bytes < 64 {
                return Err(Error::invalid("table-encoding").with("encoding", "UTF-16").with("row", self.number));
            }
        }
        match (self.at, byte) {
            (At::FieldStart, b'"') => self.at = At::Quoted,
            (At::Quoted, b'"') => self.at = At::QuoteSeen,
            (At::QuoteSeen, b'"') => {
                if !Defect::LoseQuotes.is_on() {
                    self.field.push(byte);
                }
                self.at = At::Quoted;
            }
            (At::Quoted, _) => self.field.push(byte),
            (_, b',') => {
                self.end_field();
                self.at = At::FieldStart;
                if self.row.len() as u64 >= limits.columns {
                    return Err(Error::invalid("table-too-many-columns").with("max", limits.columns).with("row", self.number));
                }
            }
            (_, b'\n' | b'\r') => {
                self.end_field();
                self.at = if byte == b'\r' { At::AfterReturn } else { At::FieldStart };
                return Ok(true);
            }
            (At::QuoteSeen, _) => return Err(Error::invalid("table-quote").with("row", self.number)),
            _ => {
                self.field.push(byte);
                self.at = At::Plain;
            }
        }
        Ok(false)
    }
    fn end_field(&mut self) {
        self.row.push(std::mem::take(&mut self.field));
    }
    fn emit<W: Write>(&mut self, sink: &mut Sink<W>) -> Result<()> {
        let number = self.number;
        self.number += 1;
        self.bytes = 0;
        let mut row = Read { number, ..Read::default() };
        for (at, bytes) in (0u32..).zip(self.row.drain(..)) {
            let (text, fault) = decoded(bytes, number);
            row.cells.push(text);
            row.faults.extend(fault.filter(|_| row.faults.len() < FAULTS).map(|e| (at, e)));
        }
        if std::mem::take(&mut self.first) && matches!(&row.cells[..], [only] if only.contains([';', '\t', '，'])) {
            return Err(Error::invalid("table-delimiter").with("row", number));
        }
        sink.row(row)
    }
}

/// What stands in a cell, and why it cannot count.
fn decoded(bytes: Vec<u8>, row: u64) -> (String, Option<Error>) {
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => (text.replace('\0', "\u{FFFD}"), Some(Error::invalid("table-nul").with("row", row))),
        Ok(text) => (text, None),
        Err(e) => {
            let encoding = if gbk_like(e.as_bytes()) { "GBK" } else { "?" };
            let fault = Error::invalid("table-encoding").with("encoding", encoding).with("row", row);
            (String::from_utf8_lossy(e.as_bytes()).into_owned(), Some(fault))
        }
    }
}

/// Whether every byte above ASCII is half of a pair as GBK writes them.
fn gbk_like(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(b) = rest.next() {
        if *b >= 0x80 && !((0x81..=0xFE).contains(b) && rest.next().is_some_and(|t| (0x40..=0xFE).contains(t) && *t != 0x7F)) {
            return false;
        }
    }
    true
}

//! Writing csv: UTF-8 with a byte order mark (without it the office's spreadsheet reads GBK), CRLF, RFC 4180.
use crate::neutral::neutral;
use kernel::{Error, Result};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) struct CsvOut(BufWriter<File>);

impl CsvOut {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let mut out = BufWriter::new(File::create(path).map_err(Error::internal)?);
        out.write_all("\u{FEFF}".as_bytes()).map_err(Error::internal)?;
        Ok(Self(out))
    }
    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cow<'a, str>>) -> Result<()> {
        self.0.write_all(line(cells).as_bytes()).map_err(Error::internal)
    }
    pub(crate) fn finish(self) -> Result<()> {
        let file = self.0.into_inner().map_err(Error::internal)?;
        file.sync_all().map_err(Error::internal)
    }
}

/// One row of texts as [`Sheet`](crate::Sheet) writes it into a csv, with its end.
pub fn csv_line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    line(cells.into_iter().map(neutral))
}

fn line<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> String {
    let mut line = String::new();
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            line.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(&cell);
        }
    }
    line.push_str("\r\n");
    line
}

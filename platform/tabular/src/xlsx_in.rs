//! Reading xlsx, cell by cell. The sheet's own word about its size (`dimension`) is never used to allocate.
use crate::{
    Limits, inflate,
    sink::Sink,
    wire::{self, FAULTS},
};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use kernel::{Error, Result};
use std::collections::HashMap;
use std::io::{BufReader, Read, Seek, Write};

/// Reads the sheet named, or the first that a person sees.
pub(crate) fn read<W: Write>(mut file: impl Read + Seek, sheet: Option<&str>, limits: &Limits, mut sink: Sink<W>) -> Result<()> {
    let may_be_merged = inflate::check(BufReader::new(&mut file), limits)?;
    file.rewind().map_err(Error::internal)?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(refused)?;
    let name = chosen(&book, sheet)?;
    let regions = if may_be_merged { book.merge_cells_by_sheet_name(&name).map_err(refused)? } else { Vec::new() };
    let merged: HashMap<(u32, u32), String> =
        regions.into_iter().map(|m| (m.start, format!("{}:{}", place(m.start), place(m.end)))).collect();
    let mut cells = book.worksheet_cells_reader(&name).map_err(refused)?;
    let (mut row, mut current, mut seen) = (wire::Read::default(), 0, 0u64);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(refused)? {
        seen += 1;
        if seen > limits.cells {
            return Err(Error::invalid("table-too-many-cells").with("max", limits.cells));
        }
        let at = |key| Error::invalid(key).with("row", u64::from(cell.pos.0) + 1).with("column", letters(cell.pos.1));
        let (value, fault) = match text(&cell.value) {
            _ if cell.formula.is_some() => (String::new(), Some(at("table-formula"))),
            Err((key, shown)) => (shown.clone(), Some(at(key).with("value", shown))),
            // Formatted cells without a value reach to the sheet's last corner in many files: they say nothing.
            Ok(value) if value.is_empty() => continue,
            Ok(value) => (value, merged.get(&cell.pos).map(|range| at("table-merged").with("range", range))),
        };
        if u64::from(cell.pos.1) >= limits.columns {
            return Err(at("table-too-many-columns").with("max", limits.columns));
        }
        if cell.pos.0 != current {
            if cell.pos.0 < current {
                return Err(Error::invalid("table-broken"));
            }
            sink.row(wire::Read { number: u64::from(current) + 1, ..std::mem::take(&mut row) })?;
            current = cell.pos.0;
        }
        let column = cell.pos.1 as usize;
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(place) = row.cells.get_mut(column) {
            *place = value;
        }
        row.faults.extend(fault.filter(|_| row.faults.len() < FAULTS).map(|e| (cell.pos.1, e)));
        if let DataRef::DateTime(d) = &cell.value {
            row.days.extend(date(d).map(|day| (cell.pos.1, day)));
        }
    }
    sink.row(wire::Read { number: u64::from(current) + 1, ..row })?;
    sink.end()
}

fn chosen<R: Read + Seek>(book: &Xlsx<R>, wanted: Option<&str>) -> Result<String> {
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).collect();
    let Some(wanted) = wanted else {
        let first = sheets.iter().find(|s| s.visible == SheetVisible::Visible);
        return first.map(|s| s.name.clone()).ok_or_else(|| Error::invalid("table-no-sheet"));
    };
    match sheets.iter().find(|s| s.name.trim() == wanted) {
        Some(sheet) => Ok(sheet.name.clone()),
        None => {
            let names: Vec<_> = sheets.iter().map(|s| s.name.as_str()).take(20).collect();
            Err(Error::invalid("table-sheet-missing").with("sheet", wanted).with("sheets", names.join(", ")))
        }
    }
}

/// A cell as text, whatever its format shows: numbers at 15 significant digits, truth as 1 and 0. Which of the numbers are
/// days as well, [`date`] says.
fn text(value: &DataRef<'_>) -> std::result::Result<String, (&'static str, String)> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(t) => t.clone(),
        DataRef::SharedString(t) => (*t).to_owned(),
        DataRef::Bool(b) => u8::from(*b).to_string(),
        DataRef::Int(i) => i.to_string(),
        DataRef::Float(f) => number(*f).ok_or(("table-number", f.to_string()))?,
        DataRef::DateTime(d) => number(d.as_f64()).ok_or(("table-number", d.as_f64().to_string()))?,
        DataRef::DateTimeIso(t) => t.strip_suffix("T00:00:00").unwrap_or(t).to_owned(),
        DataRef::DurationIso(t) => t.clone(),
        DataRef::Error(e) => return Err(("table-error-cell", e.to_string())),
    })
}

/// The stored value at 15 significant digits, which is what a spreadsheet itself keeps of one typed in, without exponent.
fn number(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".into());
    }
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    Some(if exponent < 0 {
        format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1))
    } else if digits.len() <= whole {
        format!("{sign}{digits}{}", "0".repeat(whole - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    })
}

/// A day, or a day and time, as ISO; none for what the calendar does not hold (a time of day, a duration).
fn date(value: &ExcelDateTime) -> Option<String> {
    if !value.is_datetime() || !(1.0..2_958_466.0).contains(&value.as_f64()) {
        return None;
    }
    let (y, mo, d, h, mi, s, _) = value.to_ymd_hms_milli();
    let day = format!("{y:04}-{mo:02}-{d:02}");
    Some(if (h, mi, s) == (0, 0, 0) { day } else { format!("{day}T{h:02}:{mi:02}:{s:02}") })
}

/// `A`, `B` … `IV`: how a spreadsheet names column `index`, which counts from 0.
pub(crate) fn letters(index: u32) -> String {
    let (mut n, mut name) = (u64::from(index) + 1, Vec::new());
    while n > 0 {
        n -= 1;
        name.push(b'A' + u8::try_from(n % 26).unwrap_or(0));
        n /= 26;
    }
    name.iter().rev().map(|b| char::from(*b)).collect()
}

fn place((row, column): (u32, u32)) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

fn refused(e: XlsxError) -> Error {
    match e {
        XlsxError::Password => Error::invalid("table-old-xls"),
        _ => Error::invalid("table-broken"),
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, number};

    #[test]
    fn numbers_keep_fifteen_digits_and_no_exponent() {
        for (value, shown) in [
            (0.0, "0"),
            (87.55, "87.55"),
            (0.1 + 0.2, "0.3"),
            (2.675, "2.675"),
            (-3.5, "-3.5"),
            (1e20, "100000000000000000000"),
            (1.5e-7, "0.00000015"),
            (210_102_199_001_011_234.0, "210102199001011000"),
            (1_234_567.0, "1234567"),
        ] {
            assert_eq!(number(value).unwrap(), shown);
        }
        assert_eq!(number(f64::NAN), None);
    }

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!([0, 25, 26, 255, 16_383].map(letters), ["A", "Z", "AA", "IV", "XFD"]);
    }
}

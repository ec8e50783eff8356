//! The head row: which column is which, by English or Chinese name, in any order.
use crate::{BadRow, Row};
use kernel::{Error, Result};

/// Heads of the column that [`BadRows`](crate::BadRows) adds; a mended file may come back with it.
pub const REMEDY_HEADS: [&str; 2] = ["应该怎样", "remedy"];

/// One known column.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// The name code and scripts use, `parent_code`.
    pub name: &'static str,
    /// The name in the templates, `上级代码`.
    pub chinese: &'static str,
    pub required: bool,
    /// Holds a personal number, which no report shows in full.
    pub personal: bool,
    /// Holds a day; under any other head a cell formatted as one is the number it stores.
    pub day: bool,
}

/// A column that must be there (its cells may still be empty).
pub const fn required(name: &'static str, chinese: &'static str) -> Head {
    Head { name, chinese, required: true, personal: false, day: false }
}
/// A column that may be left out.
pub const fn optional(name: &'static str, chinese: &'static str) -> Head {
    Head { name, chinese, required: false, personal: false, day: false }
}
/// A column that may be left out and holds a personal number (an ID number, a phone).
pub const fn personal(name: &'static str, chinese: &'static str) -> Head {
    Head { name, chinese, required: false, personal: true, day: false }
}
/// A column that may be left out and holds a day.
pub const fn day(name: &'static str, chinese: &'static str) -> Head {
    Head { name, chinese, required: false, personal: false, day: true }
}

/// The columns a table may have.
pub struct Heads<'a> {
    known: &'a [Head],
    wide: Option<&'a (dyn Fn(&str) -> bool + Sync)>,
}

impl<'a> Heads<'a> {
    pub fn new(known: &'a [Head]) -> Self {
        Self { known, wide: None }
    }
    /// The wide form: other heads for which `accepts` says yes are columns too, one per key or indicator.
    #[must_use]
    pub fn wide(mut self, accepts: &'a (dyn Fn(&str) -> bool + Sync)) -> Self {
        self.wide = Some(accepts);
        self
    }
    /// Whether `head` names a known column.
    pub fn knows(&self, head: &str) -> bool {
        self.place(&plain(head)).is_some()
    }
    /// Reads the first row of a table.
    ///
    /// # Errors
    /// `table-head-unknown`, `table-head-double`, `table-head-empty` with the column's letter, `table-head-missing` with the names.
    pub fn map(&self, row: &Row) -> Result<Columns> {
        let mut columns = Columns {
            known: vec![None; self.known.len()],
            wide: Vec::new(),
            heads: Vec::new(),
            names: self.names(),
            personal: self.personal(),
            days: self.known.iter().map(|h| h.day).collect(),
        };
        for (i, cell) in row.cells.iter().enumerate() {
            let head = plain(cell);
            let at = |key| Error::invalid(key).with("column", letter(i)).with("head", &head).with("row", row.number);
            let double = match self.place(&head) {
                Some(k) => columns.known.get_mut(k).is_some_and(|known| known.replace(i).is_some()),
                None if head.is_empty() => return Err(at("table-head-empty")),
                None if REMEDY_HEADS.contains(&head.as_str()) => false,
                None if self.wide.is_some_and(|accepts| accepts(&head)) => {
                    let double = columns.wide.iter().any(|w| columns.heads.get(*w) == Some(&head));
                    columns.wide.push(i);
                    double
                }
                None => return Err(at("table-head-unknown").with("known", self.known_names())),
            };
            if double {
                return Err(at("table-head-double"));
            }
            columns.heads.push(head);
        }
        let missing: Vec<_> =
            self.known.iter().zip(&columns.known).filter(|(h, found)| h.required && found.is_none()).map(|(h, _)| shown(h)).collect();
        if missing.is_empty() { Ok(columns) } else { Err(Error::invalid("table-head-missing").with("heads", missing.join(", "))) }
    }
    fn place(&self, head: &str) -> Option<usize> {
        self.known.iter().position(|h| h.name.eq_ignore_ascii_case(head) || h.chinese == head)
    }
    fn names(&self) -> Vec<&'static str> {
        self.known.iter().map(|h| h.name).collect()
    }
    fn personal(&self) -> Vec<&'static str> {
        self.known.iter().filter(|h| h.personal).map(|h| h.name).collect()
    }
    fn known_names(&self) -> String {
        self.known.iter().map(shown).collect::<Vec<_>>().join(", ")
    }
}

/// Where the columns of one file are.
#[derive(Clone, Debug)]
pub struct Columns {
    names: Vec<&'static str>,
    personal: Vec<&'static str>,
    days: Vec<bool>,
    known: Vec<Option<usize>>,
    wide: Vec<usize>,
    heads: Vec<String>,
}

impl Columns {
    /// Gives a row's cells their names. Empty cells behind the last head say nothing; spreadsheets write them.
    ///
    /// # Errors
    /// Every cell that cannot count (a formula, a merged or broken one); `table-columns`: more or fewer cells than heads, as
    /// an unquoted comma makes in a csv.
    pub fn row<'a>(&'a self, row: &'a Row) -> std::result::Result<Record<'a>, Vec<BadRow>> {
        if !row.faults.is_empty() {
            return Err(row.faults.iter().map(|(at, why)| self.fault(row, *at, why.clone())).collect());
        }
        let (found, expected) = (row.cells.len(), self.heads.len());
        if found == expected || (found > expected && row.cells.iter().skip(expected).all(|c| c.trim().is_empty())) {
            return Ok(Record { columns: self, row });
        }
        let error = Error::invalid("table-columns").with("found", found).with("expected", expected);
        Err(vec![BadRow { row: row.number, index: None, column: String::new(), value: String::new(), error }])
    }
    fn fault(&self, row: &Row, at: usize, error: Error) -> BadRow {
        let text = |of: &[String]| of.get(at).cloned().unwrap_or_default();
        let head = self.heads.get(at).cloned().unwrap_or_else(|| letter(at));
        let bad =
            BadRow { row: row.number, index: Some(at).filter(|i| *i < self.heads.len()), column: head, value: text(&row.cells), error };
        let personal = self.known.iter().zip(&self.names).any(|(i, name)| *i == Some(at) && self.personal.contains(name));
        if self.personal.is_empty() { bad } else { bad.masked(personal) }
    }
    /// Places of the columns that hold days.
    pub(crate) fn dated(&self) -> Vec<usize> {
        self.known.iter().zip(&self.days).filter(|(_, day)| **day).filter_map(|(i, _)| *i).collect()
    }
    /// The heads as the file has them, in its order.
    pub fn heads(&self) -> &[String] {
        &self.heads
    }
    /// Whether the file has the known column `name`.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }
    /// Whether any column of the wide form is there.
    pub fn is_wide(&self) -> bool {
        !self.wide.is_empty()
    }
    fn index(&self, name: &str) -> Option<usize> {
        let k = self.names.iter().position(|n| *n == name)?;
        self.known.get(k).copied().flatten()
    }
}

/// One row by the names of its columns.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    columns: &'a Columns,
    row: &'a Row,
}

impl<'a> Record<'a> {
    pub fn number(&self) -> u64 {
        self.row.number
    }
    /// The trimmed cell of known column `name`; empty if the file has no such column.
    pub fn get(&self, name: &str) -> &'a str {
        self.columns.index(name).and_then(|i| self.row.cells.get(i)).map_or("", |c| c.trim())
    }
    /// The wide columns: their heads and trimmed cells.
    pub fn wide(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let (columns, row) = (self.columns, self.row);
        columns.wide.iter().filter_map(move |i| Some((columns.heads.get(*i)?.as_str(), row.cells.get(*i)?.trim())))
    }
    /// Refuses the cell of a column, named as in [`Self::get`] or by its wide head.
    pub fn bad(&self, name: &str, error: Error) -> BadRow {
        let index = self
            .columns
            .index(name)
            .or_else(|| self.columns.wide.iter().copied().find(|i| self.columns.heads.get(*i).is_some_and(|head| head == name)));
        let cell = |i: usize| (self.columns.heads.get(i).cloned().unwrap_or_default(), self.row.cells.get(i).cloned().unwrap_or_default());
        let (column, value) = index.map_or_else(|| (name.to_owned(), String::new()), cell);
        let bad = BadRow { row: self.row.number, index, column, value, error };
        if self.columns.personal.is_empty() { bad } else { bad.masked(self.columns.personal.contains(&name)) }
    }
}

/// A head without what people put around it: spaces, line breaks, the star of a required column.
fn plain(cell: &str) -> String {
    let joined: String = cell.trim().trim_matches(['*', '＊']).split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_start_matches('\u{FEFF}').to_owned()
}
fn shown(head: &Head) -> String {
    format!("{}({})", head.chinese, head.name)
}
fn letter(index: usize) -> String {
    crate::xlsx_in::letters(u32::try_from(index).unwrap_or(u32::MAX))
}

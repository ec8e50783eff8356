//! A scheme as the sheets of a workbook, for offices that keep it in a spreadsheet: one sheet per kind
//! of thing, one row per thing. What is read goes through the same reader as TOML.
mod columns;
mod from;
mod to;

pub use from::from_sheets;
pub use to::to_sheets;

/// A sheet as plain texts; the first row holds the heads of the columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<String>>,
}

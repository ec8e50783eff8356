//! A scheme as the sheets of a workbook, for offices that keep it in a spreadsheet: one sheet per kind
//! of thing, one row per thing. What is read goes through the same reader as TOML.
mod columns;
mod from;
mod to;

pub use from::from_sheets;
pub use to::to_sheets;

/// The sheets a workbook may have; what else it has is not read.
pub fn sheet_names() -> [&'static str; 13] {
    use columns::*;
    [
        HEAD.name,
        DIMENSIONS.name,
        INDICATORS.name,
        PARTS.name,
        BONUS.name,
        PENALTY.name,
        VETOES.name,
        GRADES.name,
        STARS.name,
        VIEWS.name,
        STAR_RULES.name,
        ALTERNATIVES.name,
        CASES.name,
    ]
}

/// A sheet as plain texts; the first row holds the heads of the columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<String>>,
}

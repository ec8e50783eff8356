//! The shipped scheme as a workbook and back.
#![allow(clippy::restriction, reason = "test helpers may panic")]
use scheme::{Sheet, from_sheets, parse_toml, to_sheets};

fn sheets() -> Vec<Sheet> {
    to_sheets(&parse_toml(include_str!("../../../content/schemes/LN-JG-27.toml")).unwrap())
}

fn cell<'a>(sheets: &'a mut [Sheet], sheet: &str, row: usize, head: &str) -> &'a mut String {
    let sheet = sheets.iter_mut().find(|s| s.name == sheet).unwrap();
    let column = sheet.rows[0].iter().position(|h| h == head).unwrap();
    &mut sheet.rows[row - 1][column]
}

#[test]
fn a_workbook_means_the_same_as_the_toml() {
    let scheme = parse_toml(include_str!("../../../content/schemes/LN-JG-27.toml")).unwrap();
    assert_eq!(from_sheets(&sheets()).unwrap(), scheme);
}

#[test]
fn every_bad_cell_is_named_with_its_row() {
    let mut book = sheets();
    *cell(&mut book, "维度", 3, "分值") = "二十".into();
    *cell(&mut book, "指标", 5, "方法") = "guess".into();
    *cell(&mut book, "分项", 2, "指标") = "Z9".into();
    *cell(&mut book, "等次", 1, "下限") = "底线".into();
    let found: Vec<_> = from_sheets(&book).unwrap_err().iter().map(|f| (f.key, f.line.unwrap_or(0))).collect();
    for expected in [("scheme-field-value", 3), ("scheme-method-unknown", 5), ("scheme-row-orphan", 2), ("scheme-column-unknown", 1)] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn a_missing_sheet_is_said() {
    let without: Vec<Sheet> = sheets().into_iter().filter(|s| s.name != "指标").collect();
    assert_eq!(from_sheets(&without).unwrap_err()[0].key, "scheme-sheet-missing");
    assert!(!from_sheets(&[]).unwrap_err().is_empty());
}

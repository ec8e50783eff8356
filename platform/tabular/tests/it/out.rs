//! What is written is read back, and heads find their columns.
use crate::craft::{all, cells};
use kernel::{BusinessDate, Error, Points, Quantity};
use proptest::prelude::*;
use std::io::Read;
use std::path::Path;
use tabular::{BadRows, Cell, Column, Format, Heads, Limits, Note, Row, Sheet, optional, required};

fn row(number: u64, cells: &[&str]) -> Row {
    Row::new(number, cells.iter().map(|c| (*c).to_owned()).collect())
}
fn part(path: &Path, name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_table_comes_back_as_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    for format in [Format::Csv, Format::Xlsx] {
        let path = dir.path().join(format.extension());
        let columns = vec![
            Column::new("代码", 12.0).text(),
            Column::new("总分", 8.0),
            Column::new("日期", 12.0),
            Column::new("值", 8.0),
            Column::new("次", 6.0),
        ];
        let mut sheet = Sheet::create(&path, format, "台账", columns).unwrap();
        sheet
            .row(&[
                Cell::text("=HYPERLINK(\"x\")"),
                Cell::Points(Points::hundredths(8750)),
                Cell::Date(BusinessDate::parse("2019-03-25").unwrap()),
                Cell::Quantity(Quantity::parse("0.85").unwrap()),
                Cell::Integer(-3),
            ])
            .unwrap();
        sheet.row(&[Cell::Remark("# 示例".into()), Cell::empty()]).unwrap();
        sheet.row(&[Cell::text("007"), Cell::empty(), Cell::empty(), Cell::empty(), Cell::Integer(1)]).unwrap();
        sheet.finish(&Note { sheet: "说明".into(), lines: vec![("导出人".into(), "刘建国".into())] }).unwrap();
        let points = if format == Format::Csv { "87.50" } else { "87.5" };
        let rows = all(&path, Limits::default()).await.unwrap();
        assert_eq!(
            cells(&rows),
            [
                vec!["代码", "总分", "日期", "值", "次"],
                vec!["=HYPERLINK(\"x\")", points, "2019-03-25", "0.85", "-3"],
                vec!["007", "", "", "", "1"]
            ]
        );
        assert_eq!(rows[2].number, 4);
        if format == Format::Csv {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with('\u{FEFF}') && text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        } else {
            let xml = part(&path, "xl/worksheets/sheet1.xml");
            assert!(
                xml.contains("ySplit=\"1\"") && xml.contains("state=\"frozen\"") && xml.contains("<v>43549</v>") && !xml.contains("<f>"),
                "{xml}"
            );
            assert!(part(&path, "xl/workbook.xml").contains("说明"));
        }
    }
}

/// Whoever exports a name that begins like a remark and brings the file in again would miss its row.
#[tokio::test]
async fn a_text_like_a_remark_is_no_remark_and_one_of_full_width_is_guarded() {
    let dir = tempfile::tempdir().unwrap();
    for format in [Format::Csv, Format::Xlsx] {
        let path = dir.path().join(format.extension());
        let mut sheet = Sheet::create(&path, format, "t", vec![Column::new("名称", 9.0), Column::new("说明", 9.0)]).unwrap();
        for text in ["# 一", "'# 二", "＝1+1", "\n=1"] {
            sheet.row(&[Cell::text(text), Cell::text(text)]).unwrap();
        }
        sheet.finish(&Note::default()).unwrap();
        let rows = all(&path, Limits::default()).await.unwrap();
        assert_eq!(cells(&rows)[1..], [["# 一"; 2], ["'# 二"; 2], ["＝1+1"; 2], ["\n=1"; 2]]);
        if format == Format::Csv {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains("'＝1+1,'＝1+1") && text.contains("\"'\n=1\""), "{text}");
        }
    }
}

#[tokio::test]
async fn a_template_offers_choices_from_a_hidden_sheet() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t");
    let choices: Vec<String> = (0..100).map(|i| format!("很长的一个选择项目{i}")).collect();
    let columns = vec![Column::new("组织代码", 12.0).text(), Column::new("类型", 8.0).list(choices)];
    Sheet::create(&path, Format::Xlsx, "组织", columns).unwrap().finish(&Note::default()).unwrap();
    assert!(part(&path, "xl/worksheets/sheet1.xml").contains("lists!$B$1:$B$100"));
    assert!(part(&path, "xl/workbook.xml").contains("state=\"hidden\""));
    assert_eq!(cells(&all(&path, Limits::default()).await.unwrap()), [vec!["组织代码", "类型"]]);
}

#[tokio::test]
async fn refused_rows_come_back_mended_without_touching_the_remedy_column() {
    const HEADS: &[tabular::Head] = &[required("code", "组织代码"), required("name", "名称")];
    let dir = tempfile::tempdir().unwrap();
    for format in [Format::Csv, Format::Xlsx] {
        let path = dir.path().join(format.extension());
        let heads = ["组织代码", "应该怎样", "名称"].map(String::from);
        let mut bad = BadRows::create(&path, format, "有误", &heads).unwrap();
        bad.row(&["x y".into(), "旧的".into(), "-甲".into()], &[0], "代码只能用字母数字").unwrap();
        bad.finish().unwrap();
        let rows = all(&path, Limits::default()).await.unwrap();
        assert_eq!(cells(&rows), [vec!["组织代码", "名称", "应该怎样"], vec!["x y", "-甲", "代码只能用字母数字"]]);
        let columns = Heads::new(HEADS).map(&rows[0]).unwrap();
        assert_eq!(columns.row(&rows[1]).unwrap().get("name"), "-甲");
        if format == Format::Xlsx {
            assert!(part(&path, "xl/styles.xml").contains("FFFFC7CE"));
        }
    }
}

const HEADS: &[tabular::Head] = &[required("branch_code", "支部代码"), optional("value", "值"), optional("source", "来源")];

#[test]
fn heads_are_found_in_any_order_and_either_language() {
    let columns = Heads::new(HEADS).map(&row(1, &["值", " Branch_Code* "])).unwrap();
    let cells = row(2, &[" 3 ", "001"]);
    let record = columns.row(&cells).unwrap();
    assert_eq!((record.get("branch_code"), record.get("value"), record.get("source"), record.number()), ("001", "3", "", 2));
    assert!(columns.has("value") && !columns.has("source") && !columns.is_wide());
    let bad = record.bad("value", Error::invalid("quantity-format"));
    assert_eq!((bad.row, bad.index, bad.column.as_str(), bad.value.as_str()), (2, Some(0), "值", " 3 "));
}

#[test]
fn heads_that_are_unknown_doubled_empty_or_missing_are_named() {
    for (heads, expected) in [
        (
            &["branch_code", "分"][..],
            "Invalid table-head-unknown column=B head=分 row=1 known=支部代码(branch_code), 值(value), 来源(source)",
        ),
        (&["branch_code", "支部代码"], "Invalid table-head-double column=B head=支部代码 row=1"),
        (&["branch_code", "", "value"], "Invalid table-head-empty column=B head= row=1"),
        (&["value"], "Invalid table-head-missing heads=支部代码(branch_code)"),
    ] {
        assert_eq!(Heads::new(HEADS).map(&row(1, heads)).unwrap_err().to_string(), expected);
    }
}

#[test]
fn the_wide_form_has_a_column_per_key() {
    let keys = |head: &str| head.starts_with("veto.");
    let heads = Heads::new(HEADS).wide(&keys);
    let columns = heads.map(&row(1, &["veto.V1", "支部代码", "veto.V2"])).unwrap();
    let cells = row(2, &["1", "001", " 0"]);
    let record = columns.row(&cells).unwrap();
    assert_eq!(record.wide().collect::<Vec<_>>(), [("veto.V1", "1"), ("veto.V2", "0")]);
    assert_eq!(record.bad("veto.V2", Error::invalid("x")).index, Some(2));
    assert_eq!(heads.map(&row(1, &["支部代码", "veto.V1", "veto.V1"])).unwrap_err().key, "table-head-double");
}

#[test]
fn a_row_of_another_length_is_refused_whole() {
    let columns = Heads::new(HEADS).map(&row(1, &["支部代码", "值"])).unwrap();
    for cells in [&["1"][..], &["1", "2", "3"]] {
        let bad = columns.row(&row(7, cells)).map(|r| r.number()).unwrap_err();
        assert_eq!((bad[0].row, bad[0].index, bad[0].error.key), (7, None, "table-columns"));
    }
}

#[tokio::test]
async fn a_row_of_line_feeds_says_nothing_in_either_format() {
    for format in [Format::Csv, Format::Xlsx] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t");
        let mut sheet = Sheet::create(&path, format, "t", ["a", "b"].map(|h| Column::new(h, 9.0)).to_vec()).unwrap();
        for row in [["\n", ""], ["党", "\n"]] {
            sheet.row(&row.map(Cell::text)).unwrap();
        }
        sheet.finish(&Note::default()).unwrap();
        let rows = crate::craft::rest(tabular::read(&path, &tabular::Reader::Here, Limits::default()).await.unwrap()).await.unwrap();
        assert_eq!(rows.into_iter().skip(1).map(|r| r.cells).collect::<Vec<_>>(), [["党", "\n"]]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn any_text_survives_both_formats(table in proptest::collection::vec(proptest::collection::vec("[a党,\"\n'=＝+@# \\-]{0,4}", 3), 1..5), xlsx: bool) {
        let format = if xlsx { Format::Xlsx } else { Format::Csv };
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t");
        let mut sheet = Sheet::create(&path, format, "t", ["a", "b", "c"].map(|h| Column::new(h, 9.0)).to_vec()).unwrap();
        for row in &table {
            sheet.row(&row.iter().map(Cell::text).collect::<Vec<_>>()).unwrap();
        }
        sheet.finish(&Note::default()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let rows = runtime.block_on(async {
            crate::craft::rest(tabular::read(&path, &tabular::Reader::Here, Limits::default()).await?).await
        }).unwrap();
        let expected: Vec<_> = table.into_iter().filter(|r| r.iter().any(|c| !c.trim().is_empty())).collect();
        prop_assert_eq!(rows.into_iter().skip(1).map(|r| r.cells).collect::<Vec<_>>(), expected);
    }
}

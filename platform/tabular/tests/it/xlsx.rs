//! Reading xlsx through a real child: what offices send, and what enemies send.
use crate::craft::{all, book, bytes, cells, child, rest, zipped};
use std::fmt::Write as _;
use tabular::{Limits, Reader, read_sheet};

fn sheet(rows: &str) -> String {
    format!("<sheetData>{rows}</sheetData>")
}

async fn refused(content: &[u8], limits: Limits) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    all(file.path(), limits).await.unwrap_err().to_string()
}

#[tokio::test]
async fn numbers_days_and_truth_are_given_whatever_the_format_shows() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0&quot;分&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="31"/><xf numFmtId="200"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;
    let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><v>c</v></c><c r="D1" t="inlineStr"><is><t>d</t></is></c></row>
        <row r="3"><c r="A3"><v>87.550000000000011</v></c><c r="B3" s="1"><v>43549</v></c><c r="C3" s="2"><v>0.85</v></c><c r="D3" t="b"><v>1</v></c></row>
        <row r="4"><c r="A4" s="4"><v>87.555</v></c><c r="B4" s="3"><v>43549.5</v></c><c r="C4" s="5"><v>0.5</v></c></row>"#;
    let strings = "<sst uniqueCount=\"1\"><si><r><t>党</t></r><r><t>支部</t></r></si></sst>";
    let rows = bytes(&book(&sheet(rows), &[("xl/styles.xml", styles), ("xl/sharedStrings.xml", strings)])).await.unwrap();
    assert_eq!(
        cells(&rows),
        [vec!["a", "党支部", "c", "d"], vec!["87.55", "2019-03-25", "0.85", "1"], vec!["87.555", "2019-03-25T12:00:00", "0.5", ""]]
    );
    assert_eq!(rows[1].number, 3);
}

#[tokio::test]
async fn formulas_errors_and_merged_cells_are_refused_where_they_stand() {
    let head = r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>"#;
    for (cell, expected) in [
        (r#"<c r="B2"><f>A1*2</f><v>2</v></c>"#, "Invalid table-formula row=2 column=B"),
        (r#"<c r="B2"><f t="shared" si="0"/><v>2</v></c>"#, "Invalid table-formula row=2 column=B"),
        (r#"<c r="AB2" t="e"><v>#REF!</v></c>"#, "Invalid table-error-cell row=2 column=AB value=#REF!"),
        (r#"<c r="A2"><v>nan</v></c>"#, "Invalid table-number row=2 column=A value=NaN"),
        (r#"<c r="IW2"><v>1</v></c>"#, "Invalid table-too-many-columns row=2 column=IW max=256"),
    ] {
        let content = book(&sheet(&format!("{head}<row r=\"2\">{cell}</row>")), &[]);
        assert_eq!(refused(&content, Limits::default()).await, expected);
    }
    let merged = |range: &str| format!("{}<mergeCells count=\"1\"><mergeCell ref=\"{range}\"/></mergeCells>", sheet(head));
    assert_eq!(refused(&book(&merged("B1:C4"), &[]), Limits::default()).await, "Invalid table-merged row=1 column=B range=B1:C4");
    assert_eq!(bytes(&book(&merged("D9:E9"), &[])).await.unwrap().len(), 1, "cells merged where nothing stands do no harm");
}

/// The sheet is searched in pieces of 64 KiB before it is parsed; the word may be cut anywhere.
#[tokio::test]
async fn merged_cells_are_noticed_wherever_the_sheet_is_cut() {
    let rows = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    for shift in 0..24 {
        let behind = " ".repeat((64 << 10) - 24 + shift - rows.len() - 80);
        let content = book(&format!("{rows}{behind}<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>"), &[]);
        assert_eq!(refused(&content, Limits::default()).await, "Invalid table-merged row=1 column=A range=A1:A2");
    }
}

#[tokio::test]
async fn formatted_emptiness_is_no_data() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>"#;
    assert_eq!(bytes(&book(&sheet(rows), &[])).await.unwrap().len(), 1);
    assert_eq!(bytes(&book("<sheetData/>", &[])).await.unwrap_err().key, "table-empty");
}

/// 1.4 KB; a reader that makes room for the sheet's declared size needs gigabytes.
#[tokio::test]
async fn a_value_in_the_last_corner_is_refused_without_making_room_for_it() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let content = book(&format!("<dimension ref=\"A1:XFD1048576\"/>{}", sheet(rows)), &[]);
    assert_eq!(refused(&content, Limits::default()).await, "Invalid table-too-many-columns row=1048576 column=XFD max=256");
    let rows = rows.replace("XFD", "A");
    assert_eq!(refused(&book(&sheet(&rows), &[]), Limits::default()).await, "Invalid table-too-many-rows max=200000");
}

#[tokio::test]
async fn entities_are_not_followed() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "秘密").unwrap();
    let strings = format!("<!DOCTYPE x [<!ENTITY e SYSTEM \"file://{}\">]><sst><si><t>&e;</t></si></sst>", secret.path().display());
    let content = book(&sheet(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#), &[("xl/sharedStrings.xml", &strings)]);
    match bytes(&content).await {
        Ok(rows) => assert!(!format!("{rows:?}").contains("秘密")),
        Err(e) => assert_eq!(e.key, "table-broken"),
    }
}

#[tokio::test]
async fn a_zip_bomb_is_refused_by_what_it_inflates_to() {
    let limits = Limits { inflated: 4 << 20, ..Limits::default() };
    let content = book(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[("xl/media/image1.png", &"0".repeat(5 << 20))]);
    assert!(content.len() < 20_000);
    assert_eq!(refused(&content, limits).await, "Invalid table-inflates max=4");
    assert_eq!(refused(&lying_about_size(content, 5 << 20), limits).await, "Invalid table-inflates max=4");
    // What 150 MB may inflate to, 40 KB may not.
    let content = book(&sheet(""), &[("xl/media/image1.png", &"0".repeat(40 << 20))]);
    let said = refused(&content, Limits::default()).await;
    assert!(content.len() < 64 << 10 && said.starts_with("Invalid table-inflates max=3"), "{} bytes: {said}", content.len());
}

#[tokio::test]
async fn a_workbook_of_thousands_of_parts_is_refused_and_one_of_as_many_as_offices_send_is_not() {
    let with = |parts: usize| {
        let names: Vec<String> = (0..parts).map(|n| format!("xl/media/{n}.png")).collect();
        book(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &names.iter().map(|n| (n.as_str(), "x")).collect::<Vec<_>>())
    };
    assert_eq!(refused(&with(2_000), Limits::default()).await, "Invalid table-inflates max=53");
    assert_eq!(bytes(&with(1_000)).await.unwrap().len(), 1);
}

/// Writes 1 wherever a zip's headers declare `size`.
fn lying_about_size(mut content: Vec<u8>, size: u32) -> Vec<u8> {
    let declared = size.to_le_bytes();
    let places: Vec<usize> = (0..content.len() - 4).filter(|i| content[*i..*i + 4] == declared).collect();
    assert!(places.len() >= 2, "local header and directory");
    for i in places {
        content[i..i + 4].copy_from_slice(&1u32.to_le_bytes());
    }
    content
}

#[tokio::test]
async fn a_row_longer_than_a_row_may_be_is_refused_as_one_of_a_csv_is() {
    let cell = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "长".repeat(400_000));
    assert_eq!(refused(&book(&sheet(&cell), &[]), Limits::default()).await, "Invalid table-row-long row=1 max=1024");
}

#[tokio::test]
async fn too_many_cells_are_refused() {
    let mut rows = String::new();
    for r in 1..=50 {
        write!(rows, "<row r=\"{r}\"><c><v>1</v></c><c><v>2</v></c></row>").unwrap();
    }
    let limits = Limits { cells: 99, ..Limits::default() };
    assert_eq!(refused(&book(&sheet(&rows), &[]), limits).await, "Invalid table-too-many-cells max=99");
    assert_eq!(bytes(&book(&sheet(&rows), &[])).await.unwrap().len(), 50);
}

/// The head of the shared strings promises 2^40 of them; making room for that aborts the process that does it.
#[tokio::test]
async fn a_child_that_dies_of_memory_gives_nothing() {
    let strings = format!("<sst uniqueCount=\"{}\"><si><t>x</t></si></sst>", 1u64 << 36);
    let content = book(&sheet(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#), &[("xl/sharedStrings.xml", &strings)]);
    assert_eq!(refused(&content, Limits::default()).await.split(':').next().unwrap(), "Invalid table-too-heavy max=32");
}

#[tokio::test]
async fn a_child_that_takes_too_long_gives_nothing() {
    let mut rows = String::from("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    for r in 2..=60_000 {
        write!(rows, "<row r=\"{r}\"><c><v>1</v></c><c><v>2.5</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c></row>")
            .unwrap();
    }
    let content = book(&sheet(&rows), &[]);
    let limits = Limits { seconds: 0, ..Limits::default() };
    assert_eq!(refused(&content, limits).await.split(':').next().unwrap(), "Invalid table-too-slow seconds=0");
}

#[tokio::test]
async fn a_child_that_is_no_child_gives_nothing() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "a,b\n").unwrap();
    for exe in ["/bin/true", "/bin/false", "/bin/cat"] {
        let error = tabular::read(file.path(), &Reader::Child { exe: exe.into() }, Limits::default()).await.map(drop).unwrap_err();
        assert_eq!(error.key, "table-child", "{exe}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_child_has_cut_itself_off() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "a,b\n").unwrap();
    assert!(tabular::read(file.path(), &child(), Limits::default()).await.unwrap().isolated());
}

#[tokio::test]
async fn a_broken_or_foreign_zip_is_said_so() {
    let good = book(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[]);
    assert_eq!(bytes(&good[..good.len() / 2]).await.unwrap_err().key, "table-broken");
    assert_eq!(bytes(&zipped([("word/document.xml", b"<w/>".to_vec())].into_iter())).await.unwrap_err().key, "table-kind");
    assert_eq!(bytes(&book("<sheetData><row r=\"1\"><c r=\"A1\">", &[])).await.unwrap_err().key, "table-broken");
    let back = sheet(r#"<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#);
    assert_eq!(bytes(&book(&back, &[])).await.unwrap_err().key, "table-broken");
}

#[tokio::test]
async fn a_sheet_is_found_by_name_or_the_names_are_told() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), book(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), &[])).unwrap();
    assert_eq!(rest(read_sheet(file.path(), Some("S"), &child(), Limits::default()).await.unwrap()).await.unwrap().len(), 1);
    let mut rows = read_sheet(file.path(), Some("成员"), &child(), Limits::default()).await.unwrap();
    assert_eq!(rows.next().await.unwrap_err().to_string(), "Invalid table-sheet-missing sheet=成员 sheets=S");
}

const DAYS: &[tabular::Head] = &[tabular::required("code", "代码"), tabular::required("value", "数值"), tabular::day("since", "日期")];

/// Offices drag a date's format over columns of numbers; under a head that is no day the stored number counts.
#[tokio::test]
async fn a_number_in_a_day_s_format_is_a_day_only_under_a_head_of_days() {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="21"/></cellXfs></styleSheet>"#;
    let rows = r#"<row r="1"><c r="A1" t="str"><v>code</v></c><c r="B1" t="str"><v>value</v></c><c r="C1" t="str"><v>since</v></c></row>
        <row r="2"><c r="A2" s="1"><v>12</v></c><c r="B2" s="2"><v>92.5</v></c><c r="C2" s="1"><v>43549</v></c></row>"#;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), book(&sheet(rows), &[("xl/styles.xml", styles)])).unwrap();
    let mut table = tabular::read(file.path(), &child(), Limits::default()).await.unwrap();
    let columns = table.head(&tabular::Heads::new(DAYS)).await.unwrap();
    let row = table.next().await.unwrap().unwrap();
    let record = columns.row(&row).unwrap();
    assert_eq!(["code", "value", "since"].map(|name| record.get(name)), ["12", "92.5", "2019-03-25"]);
}

#[tokio::test]
async fn every_cell_that_cannot_count_is_named_in_its_row_and_the_rest_is_read() {
    let cell = |at: &str, what: &str| format!("<c r=\"{at}\" {what}</c>");
    let text = |at: &str, t: &str| cell(at, &format!("t=\"str\"><v>{t}</v>"));
    let rows = format!(
        "<row r=\"1\">{}{}{}</row><row r=\"2\">{}{}{}</row><row r=\"3\">{}{}</row><row r=\"4\">{}{}</row>",
        text("A1", "code"),
        text("B1", "value"),
        text("C1", "since"),
        text("A2", "a"),
        cell("B2", "><f>1+1</f><v>2</v>"),
        cell("C2", "t=\"e\"><v>#REF!</v>"),
        text("A3", "b"),
        cell("B3", "><v>1</v>"),
        text("A4", "c"),
        cell("B4", "><v>2</v>"),
    );
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"B4:B5\"/></mergeCells>";
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), book(&format!("{}{merged}", sheet(&rows)), &[])).unwrap();
    let mut table = tabular::read(file.path(), &child(), Limits::default()).await.unwrap();
    let columns = table.head(&tabular::Heads::new(DAYS)).await.unwrap();
    let mut said = Vec::new();
    while let Some(row) = table.next().await.unwrap() {
        match columns.row(&row) {
            Ok(record) => said.push(format!("{} {}", row.number, record.get("code"))),
            Err(bad) => said.extend(bad.iter().map(|b| format!("{} {} {}", b.row, b.column, b.error.key))),
        }
    }
    assert_eq!(said, ["2 value table-formula", "2 since table-error-cell", "3 b", "4 value table-merged"]);
}

//! Reading csv through a real child.
use crate::craft::{all, bytes, cells};
use proptest::prelude::*;
use std::io::{Seek, SeekFrom, Write};
use tabular::{Format, Limits};

#[tokio::test]
async fn rows_come_with_the_numbers_a_spreadsheet_shows() {
    let rows = bytes("\u{FEFF}code,name\r\n# 101,an example\n\n001,\"第一\n支部\"\n,\n002,\"说\"\"好\"\"\"".as_bytes()).await.unwrap();
    assert_eq!(cells(&rows), [vec!["code", "name"], vec!["001", "第一\n支部"], vec!["002", "说\"好\""]]);
    assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 4, 6]);
}

#[tokio::test]
async fn a_row_with_too_few_cells_arrives_as_it_is_so_that_it_can_be_named() {
    assert_eq!(cells(&bytes(b"a,b\n1\n1,2,3\n").await.unwrap()), [vec!["a", "b"], vec!["1"], vec!["1", "2", "3"]]);
}

#[tokio::test]
async fn what_is_no_utf8_csv_is_refused_with_its_remedy() {
    let gbk = b"code,name\n001,\xB5\xDA\xD2\xBB\xD6\xA7\xB2\xBF\n";
    let utf16: Vec<u8> = "\u{FEFF}code,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&[u8], &str, &str); 13] = [
        (b"", "table-empty", ""),
        (b" \n , \n", "table-empty", ""),
        (gbk, "table-encoding", "encoding=GBK"),
        (gbk, "table-encoding", "row=2"),
        (&utf16, "table-encoding", "encoding=UTF-16"),
        (&utf16[2..], "table-encoding", "encoding=UTF-16"),
        (b"a,b\n\xFF\xC0,1\n", "table-encoding", "row=2"),
        (b"a,b\n1,2\n3,\0\n and a good deal of other text so that it is not taken for UTF-16", "table-nul", "row=3"),
        (b"a,b\n1,\"2\n3,4\n", "table-quote", "row=2"),
        (b"a,b\n\"1\"x,2\n", "table-quote", "row=2"),
        (b"a;b\n1;2\n", "table-delimiter", "row=1"),
        (b"%PDF-1.7\n", "table-kind", ""),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "table-old-xls", ""),
    ];
    for (content, key, part) in cases {
        let error = bytes(content).await.unwrap_err();
        assert_eq!(error.key, key, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn a_200_mb_file_is_refused_before_a_byte_is_read() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"a,b\n").unwrap();
    file.as_file().set_len(200 << 20).unwrap();
    let error = all(file.path(), Limits::default()).await.unwrap_err();
    assert_eq!((error.key, error.args), ("table-too-large", vec![("max", "150".into()), ("size", "200".into())]));
}

#[tokio::test]
async fn a_row_without_end_is_refused_before_it_fills_the_memory() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"a,b\n\"").unwrap();
    for _ in 0..3 {
        file.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    let error = all(file.path(), Limits::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "Invalid table-row-long row=2 max=1024");
}

#[tokio::test]
async fn more_rows_or_columns_than_allowed_are_refused() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"a,b\n1,2\n3,4\n").unwrap();
    let limits = Limits { csv_rows: 2, ..Limits::default() };
    assert_eq!(all(file.path(), limits).await.unwrap_err().to_string(), "Invalid table-too-many-rows max=2");
    assert_eq!(all(file.path(), Limits { csv_rows: 3, ..limits }).await.unwrap().len(), 3);
    let limits = Limits { columns: 1, ..Limits::default() };
    assert_eq!(all(file.path(), limits).await.unwrap_err().key, "table-too-many-columns");
    file.seek(SeekFrom::Start(0)).unwrap();
}

#[tokio::test]
async fn what_is_no_file_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(all(&dir.path().join("absent.csv"), Limits::default()).await.unwrap_err().key, "table-not-there");
    assert_eq!(all(dir.path(), Limits::default()).await.unwrap_err().key, "table-no-file");
}

/// The format is told by content, so a csv named .xlsx is a csv.
#[tokio::test]
async fn a_name_says_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("list.xlsx");
    std::fs::write(&path, "a,b\n1,2\n").unwrap();
    let rows = tabular::read(&path, &crate::craft::child(), Limits::default()).await.unwrap();
    assert_eq!(rows.format(), Format::Csv);
    assert_eq!(crate::craft::rest(rows).await.unwrap().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    /// The oracle is another parser; it does not number rows, and takes blank ones out by itself.
    #[test]
    fn any_csv_is_read_as_the_csv_crate_reads_it(table in proptest::collection::vec(proptest::collection::vec("[ab党,\"\n ]{0,4}", 3), 1..6)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let written = writer.into_inner().unwrap();
        let plain = csv::ReaderBuilder::new().has_headers(false).from_reader(&written[..]).records().map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .filter(|r| r.iter().any(|c| !c.trim().is_empty())).collect::<Vec<_>>();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &written).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let read = runtime.block_on(async {
            crate::craft::rest(tabular::read(file.path(), &tabular::Reader::Here, Limits::default()).await?).await
        });
        match read {
            Ok(rows) => prop_assert_eq!(rows.into_iter().map(|r| r.cells).collect::<Vec<_>>(), plain),
            Err(e) => prop_assert!(plain.is_empty() && e.key == "table-empty", "{}", e),
        }
    }
}

const PLAIN: &[tabular::Head] = &[tabular::required("code", "代码"), tabular::required("name", "名称")];

#[tokio::test]
async fn every_row_of_broken_letters_is_named_and_the_rest_is_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), b"code,name\na,\xB5\xB3\nb,x\nc,\xFF\xFF\nd,e\0f\n").unwrap();
    let mut table = tabular::read(file.path(), &crate::craft::child(), tabular::Limits::default()).await.unwrap();
    let columns = table.head(&tabular::Heads::new(PLAIN)).await.unwrap();
    let mut said = Vec::new();
    while let Some(row) = table.next().await.unwrap() {
        match columns.row(&row) {
            Ok(record) => said.push(record.get("code").to_owned()),
            Err(bad) => said.extend(bad.iter().map(|b| format!("{} {} {}", b.row, b.column, b.error))),
        }
    }
    let expected = [
        "2 name Invalid table-encoding encoding=GBK row=2",
        "b",
        "4 name Invalid table-encoding encoding=? row=4",
        "5 name Invalid table-nul row=5",
    ];
    assert_eq!(said, expected);
}

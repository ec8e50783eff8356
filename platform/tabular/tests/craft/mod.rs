//! Files as people and enemies send them, made in code.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part")]
use kernel::Result;
use std::io::Write;
use std::path::{Path, PathBuf};
use tabular::{Limits, Reader, Row, Rows};
use zip::write::SimpleFileOptions;

pub fn child() -> Reader {
    Reader::Child { exe: PathBuf::from(env!("CARGO_BIN_EXE_read_table")) }
}

/// Reads to the end through a real child.
pub async fn all(path: &Path, limits: Limits) -> Result<Vec<Row>> {
    rest(tabular::read(path, &child(), limits).await?).await
}
pub async fn rest(mut rows: Rows) -> Result<Vec<Row>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next().await? {
        found.push(row);
    }
    Ok(found)
}
pub async fn bytes(content: &[u8]) -> Result<Vec<Row>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a table");
    std::fs::write(&path, content).unwrap();
    all(&path, Limits::default()).await
}
pub fn cells(rows: &[Row]) -> Vec<Vec<&str>> {
    rows.iter().map(|r| r.cells.iter().map(String::as_str).collect()).collect()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet whose XML after the root's start is `sheet`, with `extra` parts.
pub fn book(sheet: &str, extra: &[(&str, &str)]) -> Vec<u8> {
    let workbook =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    let relations =
        format!(r#"<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#);
    let package =
        format!(r#"<Relationships><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#);
    let sheet = format!(r#"<worksheet xmlns="{MAIN}">{sheet}</worksheet>"#);
    let own = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", package.as_str()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    zipped(own.iter().copied().chain(extra.iter().copied()).map(|(name, text)| (name, text.as_bytes().to_vec())))
}
pub fn zipped<'a>(parts: impl Iterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

//! Files as people and enemies send them, made in code.
mod book;
pub use book::{book, zipped};
use kernel::Result;
use std::path::{Path, PathBuf};
use tabular::{Limits, Reader, Row, Rows};

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

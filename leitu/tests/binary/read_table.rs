//! The program is its own table reader.
use tabular::{Limits, Reader};

#[tokio::test]
async fn the_program_reads_tables_as_a_child_of_itself() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("list.csv");
    std::fs::write(&path, "代码,名称\n001,第一支部\n").unwrap();
    let reader = Reader::Child { exe: env!("CARGO_BIN_EXE_leitu").into() };
    let mut rows = tabular::read(&path, &reader, Limits::default()).await.unwrap();
    assert!(rows.isolated() || !cfg!(target_os = "linux"));
    let mut found = Vec::new();
    while let Some(row) = rows.next().await.unwrap() {
        found.push(row.cells);
    }
    assert_eq!(found, [["代码", "名称"], ["001", "第一支部"]]);
}

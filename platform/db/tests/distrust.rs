//! In a process of its own, since after this nothing in it may be acknowledged.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "here writing itself is what is tested")]
use db::{Db, Migration, params};

const ROWS: Migration = Migration { name: "0001_row", sql: "CREATE TABLE line (id INTEGER NOT NULL PRIMARY KEY)" };

#[tokio::test]
async fn when_a_file_did_not_get_to_the_disk_no_write_is_acknowledged_and_pages_are_still_read() {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", dir.path().join("a.db").display())).await.unwrap();
    db.migrate(&[ROWS]).await.unwrap();
    let put = async |id: i64| db.write(async move |tx| tx.exec("INSERT INTO line VALUES ($1)", &params![id]).await).await;
    put(1).await.unwrap();
    db::distrust(&"an evidence file was not synced");
    for id in [2, 3] {
        assert_eq!(kernel::Error::from(put(id).await.unwrap_err()).key, "storage-failed");
    }
    let there: Vec<i64> = db.lookup("SELECT id FROM line", &[]).await.unwrap();
    assert_eq!(there, [1]);
}

//! The SQLite file itself: who may read it.
use crate::NOTES;
use db::Db;

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_their_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", dir.path().join("a.db").display())).await.unwrap();
    db.migrate(NOTES).await.unwrap();
    let mut seen = 0;
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.file_name());
        seen += 1;
    }
    assert!(seen >= 2);
}

#[tokio::test]
async fn a_file_that_cannot_be_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let refused = Db::open(&format!("sqlite:{}", dir.path().join("no/such/folder.db").display())).await.err().unwrap();
    assert_eq!(kernel::Error::from(refused).key, "database-file");
    std::fs::write(dir.path().join("text.db"), "this is not a database, it is a letter to whom it may concern").unwrap();
    assert!(Db::open(&format!("sqlite:{}", dir.path().join("text.db").display())).await.is_err());
}

#[tokio::test]
async fn a_server_that_lets_nobody_in_is_named_with_its_reason() {
    let refused = kernel::Error::from(Db::open("postgres://nobody@127.0.0.1:1/nowhere").await.err().unwrap());
    assert_eq!(refused.key, "database-refused");
    assert!(refused.args[0].1.contains("refused"), "{refused}");
}

#[tokio::test]
async fn the_plan_tells_whether_an_index_serves() {
    crate::engines::on_both(&[NOTES], async |db| {
        let scans = async |sql| db.plan(sql).await.unwrap().iter().any(|l| l.contains("SCAN") || l.contains("Seq Scan"));
        assert!(!scans("SELECT size FROM note WHERE text >= $1 AND text < $2 ORDER BY text LIMIT $3").await);
        assert!(scans("SELECT text FROM note WHERE size = $1").await);
    })
    .await;
}

//! The SQLite file itself: who may read it, how it is copied.
use crate::{NOTES, engines::engines};
use db::{Db, params};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_under_load_is_whole_and_holds_what_was_acknowledged() {
    for engine in engines().await {
        let db = engine.db().clone();
        db.migrate(NOTES).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        if engine.is_pg() {
            assert_eq!(kernel::Error::from(db.backup_to(dir.path()).await.unwrap_err()).key, "backup-postgres");
            continue;
        }
        let put = async |db: &Db, id: i64| {
            db.write(async move |tx| tx.exec("INSERT INTO note (id, text, size) VALUES ($1, $2, 0)", &params![id, &id.to_string()]).await)
                .await
                .unwrap()
        };
        for id in 0..50 {
            put(&db, id).await;
        }
        let writing = tokio::spawn({
            let db = db.clone();
            async move {
                for id in 50..150 {
                    put(&db, id).await;
                }
            }
        });
        let file = db.backup_to(dir.path()).await.unwrap();
        writing.await.unwrap();
        assert_eq!(kernel::Error::from(db.backup_to(dir.path()).await.unwrap_err()).key, "backup-exists");
        let copy = Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
        let kept: Vec<i64> = copy.lookup("SELECT id FROM note ORDER BY id", &[]).await.unwrap();
        assert!(kept.len() >= 50 && kept.iter().copied().eq(0..kept.len() as i64), "{kept:?}");
    }
}

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

//! What the disk may do to us, as far as it can be played from inside.
#![allow(clippy::disallowed_methods, reason = "here writing itself is what is tested")]
use crate::{Db, Engine, Migration, Result, params};
use std::sync::{Arc, atomic::Ordering};

const ROWS: Migration = Migration { name: "0001_row", sql: "CREATE TABLE line (id INTEGER NOT NULL PRIMARY KEY, text TEXT)" };

async fn fresh() -> (tempfile::TempDir, Db, Arc<super::Engine>) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", dir.path().join("a.db").display())).await.unwrap();
    db.migrate(&[ROWS]).await.unwrap();
    let Engine::Sqlite(engine) = &db.0 else { panic!("SQLite") };
    let engine = engine.clone();
    (dir, db, engine)
}
async fn put(db: &Db, id: i64, size: usize) -> Result<u64> {
    db.write(async move |tx| tx.exec("INSERT INTO line VALUES ($1, $2)", &params![id, &"x".repeat(size)]).await).await
}
async fn ids(db: &Db) -> Vec<i64> {
    db.lookup("SELECT id FROM line ORDER BY id", &[]).await.unwrap()
}

#[tokio::test]
async fn after_a_failed_sync_nothing_is_acknowledged_until_a_restart_and_pages_are_still_read() {
    let (dir, db, engine) = fresh().await;
    put(&db, 1, 1).await.unwrap();
    engine.state.fail_next_commit.store(true, Ordering::Release);
    for id in [2, 3] {
        assert_eq!(kernel::Error::from(put(&db, id, 1).await.unwrap_err()).key, "storage-failed");
    }
    assert_eq!(ids(&db).await, [1]);
    drop((db, engine));
    let again = Db::open(&format!("sqlite:{}", dir.path().join("a.db").display())).await.unwrap();
    put(&again, 2, 1).await.unwrap();
    assert_eq!(ids(&again).await, [1, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_that_fills_the_disk_fails_alone_and_writing_resumes_when_there_is_room() {
    let (_dir, db, _engine) = fresh().await;
    let limit = async |pages: &'static str| {
        db.write(async move |tx| tx.all::<i64>(pages, &[]).await).await.unwrap();
    };
    limit("PRAGMA max_page_count = 20").await;
    let mut running = Vec::new();
    for id in 0..40 {
        let db = db.clone();
        running.push(tokio::spawn(async move { put(&db, id, if id == 20 { 200_000 } else { 1 }).await }));
    }
    for (id, end) in running.into_iter().enumerate() {
        match end.await.unwrap() {
            Ok(_) => assert_ne!(id, 20),
            Err(e) => assert_eq!((id, kernel::Error::from(e).key), (20, "storage-full")),
        }
    }
    assert_eq!(ids(&db).await.len(), 39);
    limit("PRAGMA max_page_count = 1000000").await;
    put(&db, 20, 200_000).await.unwrap();
}

#[tokio::test]
async fn the_log_stays_bounded_although_somebody_always_reads() {
    let (dir, db, _engine) = fresh().await;
    let log = dir.path().join("a.db-wal");
    let mut longest = 0;
    for round in 0..60 {
        // Three megabytes a round: without restarts the log would reach 180.
        let text = format!("{round:03}").repeat(1 << 20);
        db.write(async move |tx| {
            tx.exec("INSERT INTO line VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET text = excluded.text", &params![&text]).await
        })
        .await
        .unwrap();
        if round % 7 == 0 {
            ids(&db).await;
        }
        longest = longest.max(std::fs::metadata(&log).map_or(0, |m| m.len()));
        // A restart that met the other checkpoint is tried again after a second: no more than 60 megabytes later.
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(longest < 140 << 20, "{longest}");
}

#[tokio::test]
async fn what_was_deleted_stands_neither_in_the_file_nor_after_scrubbing_in_the_log() {
    let (dir, db, _engine) = fresh().await;
    let told = "whoever-was-here-".repeat(300);
    let (put, gone) = (told.clone(), "DELETE FROM line WHERE id < 50");
    let fill = async move |tx: &mut crate::Tx<'_>| {
        for id in 0..100 {
            tx.exec("INSERT INTO line VALUES ($1, $2)", &params![id, if id < 50 { put.as_str() } else { "" }]).await?;
        }
        Ok(())
    };
    db.write(fill).await.unwrap();
    let holds = |end: &str| {
        let bytes = std::fs::read(dir.path().join(format!("a.db{end}"))).unwrap();
        bytes.windows(17).any(|w| w == &told.as_bytes()[..17])
    };
    assert!(holds("-wal"));
    db.write(async move |tx| tx.exec(gone, &[]).await).await.unwrap();
    assert!(holds("-wal"), "a deletion alone leaves the log as it was");
    db.scrub().await.unwrap();
    assert_eq!((holds(""), holds("-wal")), (false, false));
    assert_eq!(ids(&db).await.len(), 50);
}

//! Copies of a database in use, from either engine into a file, and from a file into the other engine.
use crate::{NOTES, engines::engines};
use db::{Content, Db, Migration, params};
use std::path::Path;

/// What one engine keeps in its own way: numbers, text indexes, rows that take no change, rows of a migration, truth.
const KINDS: &[Migration] = &[
    Migration {
        name: "0002_kinds",
        sql: "CREATE TABLE log (id SERIAL KEY, body TEXT NOT NULL);\n-- append only: log\n-- text index: words\n\
              CREATE TABLE lease (name TEXT NOT NULL PRIMARY KEY, beat INTEGER NOT NULL) WITHOUT ROWID;\n\
              INSERT INTO lease (name, beat) VALUES ('fold', 0);",
    },
    Migration { name: "0003_later", sql: "ALTER TABLE lease ADD COLUMN also TEXT" },
];

const WORDS: db::TextIndex = db::text_index!("words");

async fn put(db: &Db, id: i64) {
    let write = async move |tx: &mut db::Tx<'_>| {
        let (text, raw) = (format!("第{id}条\u{10FFFF}'\\"), [id as u8; 16]);
        let insert = "INSERT INTO note (id, text, size, raw, open) VALUES ($1, $2, $3, $4, $5)";
        tx.exec(insert, &params![id, &text, -id, (id % 3 > 0).then_some(&raw), (id % 2 > 0).then_some(id % 4 == 1)]).await?;
        tx.exec("INSERT INTO remark (note, text) VALUES ($1, NULL)", &params![id]).await?;
        WORDS.put(tx, &raw, &db::Terms::of(&text)).await?;
        tx.exec("INSERT INTO log (body) VALUES ($1)", &params![&text]).await
    };
    db.write(write).await.unwrap();
}

fn of<'c>(contents: &'c [Content], table: &str) -> &'c Content {
    contents.iter().find(|c| c.table == table).unwrap()
}

async fn at(file: &Path) -> Db {
    Db::open(&format!("sqlite:{}", file.display())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_made_under_load_is_whole_and_holds_what_was_acknowledged() {
    let list = [NOTES, KINDS].concat();
    for engine in engines().await {
        println!("on {engine}");
        let db = engine.db().clone();
        db.migrate(&list).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        for id in 0..50 {
            put(&db, id).await;
        }
        let writing = tokio::spawn({
            let db = db.clone();
            async move {
                for id in 50..250 {
                    put(&db, id).await;
                }
            }
        });
        for round in 0..4 {
            let file = dir.path().join(format!("copy{round}.db"));
            db.copy_to(&file, &list).await.unwrap();
            let copy = at(&file).await;
            let kept: Vec<i64> = copy.lookup("SELECT id FROM note ORDER BY id", &[]).await.unwrap();
            assert!(kept.len() >= 50 && kept.iter().copied().eq(0..kept.len() as i64), "{kept:?}");
            // One moment for all tables.
            let held = copy.contents().await.unwrap();
            let counts = ["note", "remark", "log", "words"].map(|table| of(&held, table).rows);
            assert_eq!(counts, [kept.len() as u64; 4]);
        }
        writing.await.unwrap();
        let refused = db.copy_to(&dir.path().join("copy0.db"), &list).await.unwrap_err();
        assert_eq!(kernel::Error::from(refused).key, "backup-exists");
        let file = dir.path().join("last.db");
        db.copy_to(&file, &list).await.unwrap();
        assert_eq!(at(&file).await.contents().await.unwrap(), db.contents().await.unwrap());
        assert!(std::fs::read_dir(dir.path()).unwrap().all(|e| !e.unwrap().path().to_string_lossy().ends_with(".part")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_to_the_other_engine_and_back_is_the_same_and_goes_on_as_it_was() {
    let list = [NOTES, KINDS].concat();
    let mut all = engines().await;
    let (Some(server), Some(embedded)) = (all.pop(), all.pop()) else { return };
    embedded.db().migrate(&list).await.unwrap();
    for id in 0..40 {
        put(embedded.db(), id).await;
    }
    // The last number is gone with its row, and is not given again.
    let change = async |tx: &mut db::Tx<'_>| {
        tx.exec("UPDATE lease SET beat = 7, also = 'x'", &[]).await?;
        tx.exec("DELETE FROM remark WHERE note > 30", &[]).await
    };
    embedded.db().write(change).await.unwrap();
    let before = embedded.db().contents().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (there, back) = (dir.path().join("there.db"), dir.path().join("back.db"));
    embedded.db().copy_to(&there, &list).await.unwrap();
    server.db().fill_from(&there, &list).await.unwrap();
    assert_eq!(server.db().contents().await.unwrap(), before);
    let again = server.db().fill_from(&there, &list).await.unwrap_err();
    assert_eq!(kernel::Error::from(again).key, "restore-database-not-empty");
    server.db().copy_to(&back, &list).await.unwrap();
    let back = at(&back).await;
    assert_eq!(back.contents().await.unwrap(), before);
    for db in [server.db(), &back] {
        put(db, 40).await;
        let numbers: Vec<i64> = db.lookup("SELECT id FROM remark WHERE note = 40", &[]).await.unwrap();
        assert!(numbers[0] > 40, "{numbers:?}");
        let found: Vec<Vec<u8>> =
            db.lookup("SELECT id FROM words WHERE id IN TERMS(words, $1)", &params![&db::Terms::of("第7条\u{10FFFF}'\\")]).await.unwrap();
        assert_eq!(found, [vec![7; 16]]);
        assert!(db.write(async |tx| tx.exec("DELETE FROM log", &[]).await).await.unwrap_err().is_append_only());
        assert_ne!(of(&db.contents().await.unwrap(), "log"), of(&before, "log"));
    }
}

#[tokio::test]
async fn a_database_with_tables_this_program_does_not_make_is_not_copied_in_part() {
    for engine in engines().await {
        let more = Migration { name: "0009_more", sql: "CREATE TABLE more (id INTEGER NOT NULL PRIMARY KEY)" };
        engine.db().migrate(&[NOTES, KINDS, &[more]].concat()).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("copy.db");
        let copied = engine.db().copy_to(&file, &[NOTES, KINDS].concat()).await;
        // Page by page everything comes along.
        assert_eq!((copied.is_ok(), file.exists()), (!engine.is_pg(), !engine.is_pg()));
    }
}

//! Migrations: once, in order, by one process at a time, and never backwards.
use crate::{
    NOTES,
    engines::{engines, on_both},
};
use db::{Db, Migration, params};

const TALLY: Migration = Migration { name: "0001_tally", sql: "CREATE TABLE tally (n INTEGER NOT NULL)" };
const ONE: Migration = Migration { name: "0002_one", sql: "INSERT INTO tally (n) VALUES (1)" };
const BROKEN: Migration = Migration { name: "0003_broken", sql: "INSERT INTO tally (n) VALUES (2); INSERT INTO nowhere VALUES (1)" };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_start_together_migrate_once() {
    for engine in engines().await {
        let mut starting = Vec::new();
        for _ in 0..4 {
            let url = engine.url().to_string();
            // In no order: they run by name.
            starting.push(tokio::spawn(async move { Db::open(&url).await.unwrap().migrate(&[ONE, TALLY]).await }));
        }
        for s in starting {
            s.await.unwrap().unwrap();
        }
        assert_eq!(engine.db().lookup::<i64>("SELECT COUNT(*) FROM tally", &[]).await.unwrap(), [1], "on {engine}");
    }
}

#[tokio::test]
async fn a_migration_that_fails_is_named_and_takes_the_whole_start_back() {
    on_both(&[], async |db| {
        let failed = kernel::Error::from(db.migrate(&[TALLY, ONE, BROKEN]).await.unwrap_err());
        assert!(failed.detail.contains("0003_broken"), "{failed}");
        db.migrate(&[TALLY, ONE]).await.unwrap();
        assert_eq!(db.lookup::<i64>("SELECT n FROM tally", &[]).await.unwrap(), [1]);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_a_newer_program_migrated_is_refused() {
    on_both(&[&[TALLY, ONE]], async |db| {
        let refused = kernel::Error::from(db.migrate(&[TALLY]).await.unwrap_err());
        assert_eq!(refused.key, "migration-unknown");
        assert!(db.migrate(&[TALLY, ONE, ONE]).await.is_err(), "two of one name");
    })
    .await;
}

#[tokio::test]
async fn a_running_program_survives_a_migration_beside_it() {
    for engine in engines().await {
        let db = engine.db();
        db.migrate(NOTES).await.unwrap();
        let read = async || db.lookup::<i64>("SELECT * FROM note ORDER BY id", &[]).await;
        let write = async |id: i64| {
            db.write(async move |tx| {
                tx.all::<i64>("INSERT INTO note (id, text, size) VALUES ($1, $2, 0) RETURNING *", &params![id, &id.to_string()]).await
            })
            .await
        };
        read().await.unwrap();
        write(1).await.unwrap();
        let wider = Migration { name: "0002_wider", sql: "ALTER TABLE note ADD COLUMN more TEXT" };
        Db::open(engine.url()).await.unwrap().migrate(&[NOTES, &[wider]].concat()).await.unwrap();
        write(2).await.unwrap();
        assert_eq!(read().await.unwrap(), [1, 2], "on {engine}");
    }
}

#[tokio::test]
async fn the_schema_is_told_the_same_whatever_the_order_it_was_made_in() {
    on_both(&[&[TALLY, ONE]], async |db| {
        let schema = db.schema().await.unwrap();
        assert!(schema.contains("tally") && schema.contains("migration"), "{schema}");
        assert_eq!(schema, db.schema().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_append_only_table_takes_rows_and_refuses_everything_else() {
    let event = Migration { name: "0001_event", sql: "CREATE TABLE event (id SERIAL KEY, body TEXT NOT NULL)\n-- append only: event\n" };
    on_both(&[&[event]], async |db| {
        let run = async |sql: &'static str| db.write(async move |tx| tx.exec(sql, &[]).await).await;
        run("INSERT INTO event (body) VALUES ('a'), ('b')").await.unwrap();
        for change in ["UPDATE event SET body = 'c' WHERE id = 1", "DELETE FROM event WHERE id = 2", "DELETE FROM event"] {
            let refused = run(change).await.unwrap_err();
            assert!(refused.is_append_only(), "{change}: {refused:?}");
        }
        let again = "INSERT INTO event (id, body) VALUES (1, 'c') ON CONFLICT (id) DO UPDATE SET body = 'c'";
        // PostgreSQL refuses the number itself, SQLite the change.
        assert!(run(again).await.is_err());
        let replaced = if db.read(async |tx| Ok(tx.is_pg())).await.unwrap() {
            "TRUNCATE event"
        } else {
            "REPLACE INTO event (id, body) VALUES (1, 'c')"
        };
        assert!(run(replaced).await.unwrap_err().is_append_only());
        assert_eq!(db.lookup::<String>("SELECT body FROM event ORDER BY id", &[]).await.unwrap(), ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn automatic_numbers_are_never_given_twice() {
    on_both(&[NOTES], async |db| {
        let next = async || {
            db.write(async |tx| {
                tx.exec("INSERT INTO note (id, text, size) VALUES (1, 'n', 0) ON CONFLICT (id) DO NOTHING", &[]).await?;
                let id: i64 = tx.one("INSERT INTO remark (note) VALUES (1) RETURNING id", &[]).await?;
                tx.exec("DELETE FROM remark", &[]).await?;
                Ok(id)
            })
            .await
            .unwrap()
        };
        let (a, b) = (next().await, next().await);
        assert!(b > a);
    })
    .await;
}

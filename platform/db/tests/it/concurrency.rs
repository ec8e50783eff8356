//! Many at once, in one process and in two.
use crate::{
    NOTES,
    engines::{engines, on_both},
};
use db::{Db, Result, params};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Two accounts whose sum may never change; reading both and writing both invites every kind of overlap.
const PURSES: &[db::Migration] = &[db::Migration {
    name: "0002_purse",
    sql: "CREATE TABLE purse (id INTEGER NOT NULL PRIMARY KEY, coins INTEGER NOT NULL); INSERT INTO purse VALUES (1, 500), (2, 500)",
}];

async fn shift(db: &Db, from: i64, to: i64) -> Result<()> {
    db.write(async move |tx| {
        let have: i64 = tx.one("SELECT coins FROM purse WHERE id = $1", &params![from]).await?;
        let there: i64 = tx.one("SELECT coins FROM purse WHERE id = $1", &params![to]).await?;
        if have == 0 {
            return Err(kernel::Error::conflict("empty").into());
        }
        tx.exec("UPDATE purse SET coins = $2 WHERE id = $1", &params![from, have - 1]).await?;
        tx.later("UPDATE purse SET coins = $2 WHERE id = $1", &params![to, there + 1]).await
    })
    .await
}

/// 160 coins go from one purse to the other and 80 come back.
async fn crowd(databases: &[Db], (poorer, richer): (i64, i64)) {
    let mut running = Vec::new();
    for i in 0..240_usize {
        let db = databases[i % databases.len()].clone();
        running.push(tokio::spawn(async move {
            let (from, to) = if i % 3 == 0 { (richer, poorer) } else { (poorer, richer) };
            // Busy means: come again.
            while let Err(e) = shift(&db, from, to).await {
                assert_eq!(kernel::Error::from(e).kind, kernel::Kind::Busy);
            }
        }));
    }
    for r in running {
        r.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_doubled_when_two_processes_write_the_same_rows() {
    for engine in engines().await {
        println!("on {engine}");
        engine.db().migrate(&[NOTES, PURSES].concat()).await.unwrap();
        let other = Db::open(engine.url()).await.unwrap();
        let coins = async || engine.db().lookup::<i64>("SELECT coins FROM purse ORDER BY id", &[]).await.unwrap();
        // On two cores a crowd may be through without two of it having met; one of many is not.
        for _ in 0..50 {
            crowd(&[engine.db().clone(), other.clone()], (1, 2)).await;
            assert_eq!(coins().await, [500 - 160 + 80, 500 + 160 - 80]);
            crowd(&[engine.db().clone(), other.clone()], (2, 1)).await;
            assert_eq!(coins().await, [500, 500]);
            if !engine.is_pg() || engine.db().units_again() + other.units_again() > 0 {
                break;
            }
        }
        if engine.is_pg() {
            assert!(engine.db().units_again() + other.units_again() > 0, "two lanes and two processes on two rows, and nobody met");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_goes_away_harms_nobody_and_its_unit_is_whole_or_absent() {
    on_both(&[NOTES], async |db| {
        for i in 0..60_i64 {
            let unit = db.write(async move |tx| {
                tx.exec("INSERT INTO note (id, text, size) VALUES ($1, $2, 0)", &params![2 * i, &format!("a{i}")]).await?;
                tx.later("INSERT INTO note (id, text, size) VALUES ($1, $2, 0)", &params![2 * i + 1, &format!("b{i}")]).await
            });
            let _ = tokio::time::timeout(Duration::from_micros(100 * (i as u64 % 20)), unit).await;
            let read = db.read(async |tx| tx.all::<i64>("SELECT id FROM note", &[]).await);
            let _ = tokio::time::timeout(Duration::from_micros(50 * (i as u64 % 20)), read).await;
        }
        // Queued behind all of them.
        db.write(async |tx| tx.exec("INSERT INTO note (id, text, size) VALUES (1000, 'last', 0)", &[]).await).await.unwrap();
        let halves: Vec<i64> = db
            .lookup("SELECT a.id FROM note a WHERE a.id < 1000 AND NOT EXISTS (SELECT 1 FROM note b WHERE b.id / 2 = a.id / 2 AND b.id <> a.id)", &[])
            .await
            .unwrap();
        assert_eq!(halves, [0; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_readers_than_connections_wait_their_turn() {
    on_both(&[NOTES], async |db| {
        let mut running = Vec::new();
        for _ in 0..100 {
            let db = db.clone();
            running.push(tokio::spawn(async move {
                let n: i64 = db.read(async |tx| tx.one("SELECT COUNT(*) FROM note", &[]).await).await.unwrap();
                n + db.lookup::<i64>("SELECT COUNT(*) FROM note", &[]).await.unwrap()[0]
            }));
        }
        for r in running {
            assert_eq!(r.await.unwrap(), 0);
        }
    })
    .await;
}

/// An import on the command line beside a program that serves: it writes one large unit after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_that_writes_all_the_time_lets_others_in_between() {
    let Some(engine) = engines().await.into_iter().find(|e| !e.is_pg()) else { return };
    engine.db().migrate(NOTES).await.unwrap();
    let (busy, enough) = (Db::open(engine.url()).await.unwrap(), Arc::new(AtomicBool::new(false)));
    let stop = enough.clone();
    let writing = tokio::spawn(async move {
        for unit in 1..400_i64 {
            if stop.load(Ordering::Relaxed) {
                return true;
            }
            let written = busy.write(async move |tx| {
                for n in 0..2_000 {
                    let id = unit * 10_000 + n;
                    tx.exec("INSERT INTO note (id, text, size) VALUES ($1, $2, 0)", &params![id, &id.to_string()]).await?;
                }
                Ok(())
            });
            written.await.unwrap();
        }
        false
    });
    for n in 0..20_i64 {
        let sql = "INSERT INTO note (id, text, size) VALUES ($1, $2, 0)";
        let small = async move |tx: &mut db::Tx<'_>| tx.exec(sql, &params![n, &n.to_string()]).await;
        engine.db().write(small).await.unwrap();
    }
    enough.store(true, Ordering::Relaxed);
    assert!(writing.await.unwrap(), "who writes little had to wait until who writes much was through");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_that_holds_the_file_only_delays_the_writer() {
    let Some(engine) = engines().await.into_iter().find(|e| !e.is_pg()) else { return };
    engine.db().migrate(NOTES).await.unwrap();
    let path = engine.url().trim_start_matches("sqlite:").to_string();
    let holder = rusqlite::Connection::open(path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE; INSERT INTO note (id, text, size) VALUES (1, 'held', 0)").unwrap();
    let db = engine.db().clone();
    let waiting = tokio::spawn(async move { db.write(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM note", &[]).await).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    holder.execute_batch("COMMIT").unwrap();
    assert_eq!(waiting.await.unwrap().unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cut_its_connections_is_found_again() {
    let Some(engine) = engines().await.into_iter().find(crate::engines::Engine::is_pg) else { return };
    let db = engine.db();
    db.migrate(NOTES).await.unwrap();
    let put = async |id: i64| {
        db.write(async move |tx| tx.exec("INSERT INTO note (id, text, size) VALUES ($1, $2, 0)", &params![id, &id.to_string()]).await).await
    };
    put(1).await.unwrap();
    db.lookup::<i64>("SELECT id FROM note", &[]).await.unwrap();
    let admin = Db::open(&std::env::var("LEITU_TEST_PG").unwrap()).await.unwrap();
    let name = engine.url().rsplit('/').next().unwrap().trim_end_matches('?').to_string();
    let cut: Vec<bool> =
        admin.lookup("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", &params![&name]).await.unwrap();
    assert!(cut.len() >= 2);
    // The first may still fall on a dying connection; from then on all is well.
    let _ = put(2).await;
    put(3).await.unwrap();
    assert!(db.lookup::<i64>("SELECT id FROM note WHERE id = 3", &[]).await.unwrap() == [3]);
    assert_eq!(db.read(async |tx| tx.one::<i64>("SELECT COUNT(*) FROM note WHERE id = 3", &[]).await).await.unwrap(), 1);
}

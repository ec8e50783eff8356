//! What the engines do at best with the same durability: upserts of one small row, nothing around them.
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::{Duration, Instant};

const RUN: Duration = Duration::from_secs(2);

/// One writer that commits the rows of `group` clients together, as the program's own writer does at best.
pub fn sqlite(home: &Path, group: usize) -> f64 {
    let mut db = Connection::open(home.join("raw.db")).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS raw_score (sheet INTEGER, item TEXT, points INTEGER, PRIMARY KEY (sheet, item)) WITHOUT ROWID",
    )
    .unwrap();
    let (began, mut n) = (Instant::now(), 0_i64);
    while began.elapsed() < RUN {
        let unit = db.transaction().unwrap();
        for _ in 0..group {
            n += 1;
            let sql = "INSERT INTO raw_score VALUES (?1, 'A1', ?2) ON CONFLICT (sheet, item) DO UPDATE SET points = excluded.points";
            unit.prepare_cached(sql).unwrap().execute(params![n % 1000, n]).unwrap();
        }
        unit.commit().unwrap();
    }
    n as f64 / began.elapsed().as_secs_f64()
}

/// As many connections as clients, each committing a row at a time.
pub async fn postgres(url: &str, clients: usize) -> f64 {
    let connect = async || {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    };
    let first = connect().await;
    first
        .batch_execute("CREATE TABLE IF NOT EXISTS raw_score (sheet BIGINT, item TEXT, points BIGINT, PRIMARY KEY (sheet, item))")
        .await
        .unwrap();
    let began = Instant::now();
    let mut running = Vec::new();
    for c in 0..clients {
        let client = connect().await;
        running.push(tokio::spawn(async move {
            let sql = "INSERT INTO raw_score VALUES ($1, 'A1', $2) ON CONFLICT (sheet, item) DO UPDATE SET points = excluded.points";
            let upsert = client.prepare(sql).await.unwrap();
            let (sheet, mut n) = (i64::try_from(c).unwrap(), 0_i64);
            while began.elapsed() < RUN {
                n += 1;
                client.execute(&upsert, &[&sheet, &n]).await.unwrap();
            }
            n
        }));
    }
    let mut all = 0;
    for r in running {
        all += r.await.unwrap();
    }
    all as f64 / began.elapsed().as_secs_f64()
}

/// A database of its own on that server.
pub async fn fresh_database(server: &str) -> String {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let name = format!("leitu_bench_{}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

//! Both real engines for one test: a SQLite file and a PostgreSQL database, made for it and gone after it.
#![allow(clippy::expect_used, reason = "in a test, what is missing is a failure")]
use db::{Db, Migration};
use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;

/// Where the tests' PostgreSQL is.
const SERVER: &str = "LEITU_TEST_PG";
/// Set to `sqlite` or `postgres` (by `cargo xtask test --engine …`) to run on one engine only.
const ONLY: &str = "LEITU_TEST_ENGINE";

/// A fresh, empty database.
pub struct Engine {
    name: &'static str,
    url: String,
    db: Db,
    // Dropped after `db`, in this order.
    _home: Home,
}

enum Home {
    Folder(#[allow(dead_code)] TempDir),
    Server { server: String, database: String },
}

/// Both engines, each with a database of its own.
///
/// # Panics
/// Without `LEITU_TEST_PG`: a test that ran on one engine only has proved nothing about the other.
pub async fn engines() -> Vec<Engine> {
    let only = std::env::var(ONLY).unwrap_or_default();
    let mut list = Vec::new();
    if only != "postgres" {
        list.push(sqlite().await);
    }
    if only != "sqlite" {
        list.push(postgres().await);
    }
    list
}

/// Runs `test` on both engines, one after the other, with all of `migrations` in place.
///
/// # Panics
/// As [`engines`], and if a migration fails.
pub async fn on_both(migrations: &[&[Migration]], test: impl AsyncFn(Db)) {
    for engine in engines().await {
        // Shown only when the test fails: on which engine.
        println!("on {engine}");
        engine.db().migrate(&migrations.concat()).await.expect("migrations");
        test(engine.db().clone()).await;
    }
}

impl Engine {
    pub fn db(&self) -> &Db {
        &self.db
    }
    /// For a second [`Db`] on the same database, as a second process would have.
    pub fn url(&self) -> &str {
        &self.url
    }
    pub fn is_pg(&self) -> bool {
        matches!(self._home, Home::Server { .. })
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

async fn sqlite() -> Engine {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let db = Db::open(&url).await.expect("a SQLite file");
    Engine { name: "SQLite", url, db, _home: Home::Folder(folder) }
}

async fn postgres() -> Engine {
    let server = std::env::var(SERVER)
        .unwrap_or_else(|_| panic!("{SERVER} is not set: run `cargo xtask test`, which starts a PostgreSQL for the tests"));
    let database = fresh_name();
    // template0 has no other users; a moment's collision with another CREATE DATABASE is the server's to sort out.
    run(&server, &format!("CREATE DATABASE {database} TEMPLATE template0")).await.expect("a database of the test's own");
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let url = format!("{}/{database}?{options}", address.rsplit_once('/').map_or(address, |(host, _)| host));
    let db = Db::open(&url).await.expect("a PostgreSQL database");
    Engine { name: "PostgreSQL", url, db, _home: Home::Server { server, database } }
}

/// Unlike that of any other test, process or run.
fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    format!("leitu_test_{}_{now}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn run(server: &str, sql: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(sql).await
}

/// On a thread of its own: the test's runtime may be on its way out.
impl Drop for Home {
    fn drop(&mut self) {
        if let Home::Server { server, database } = self {
            let (server, sql) = (std::mem::take(server), format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
            let dropping = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.map(|rt| rt.block_on(run(&server, &sql)))
            });
            if !matches!(dropping.join(), Ok(Ok(Ok(())))) {
                eprintln!("a test database was not dropped");
            }
        }
    }
}

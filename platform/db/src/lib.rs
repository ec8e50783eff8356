//! One SQL text, two engines. The only crate that knows there are two.
//!
//! A **unit of work** is an `async` closure over [`Tx`] that awaits nothing but its `Tx`. It may run twice, so ids,
//! times and random values are made before it. [`Db::write`] answers once it is durable. How that is done differs:
//! SQLite has one writer thread, PostgreSQL a few lanes; both put the units that have queued up into one commit.
//!
//! What the engines really do differently has a name here and nowhere else: the words of a migration
//! (`src/dialect.rs`), tables that are append only, text indexes ([`TextIndex`], [`Terms`]), lists of ids
//! ([`Each`]).
mod ahead;
mod chain;
mod config;
mod copy;
mod dialect;
mod each;
mod error;
mod migrate;
mod pg;
#[doc(hidden)]
pub mod planted;
mod scan;
mod schema;
mod sqlite;
mod statement;
mod terms;
mod trust;
mod tx;
mod unit;
mod value;

pub use ahead::Ahead;
pub use chain::{Chain, Segment};
pub use config::Config;
pub use copy::{Content, settle};
pub use each::Each;
pub use error::{Error, Result};
pub use migrate::Migration;
pub use terms::{Terms, TextIndex};
pub use trust::distrust;
pub use tx::Tx;
pub use value::{Field, FromRow, Param, Row};

use std::{path::Path, sync::Arc};
use tokio::{runtime::Handle, task::spawn_blocking};
use tx::Inner;

/// This crate's sentences, by language.
pub const WORDS: &[(&str, &str)] =
    &[("zh", include_str!("../../../content/locales/zh/db.ftl")), ("en", include_str!("../../../content/locales/en/db.ftl"))];

/// A database; cheap to clone. The last copy to go closes it.
#[derive(Clone)]
pub struct Db(Engine);

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::Engine>),
    Pg(Arc<pg::Engine>),
}

impl Db {
    /// Opens what [`Config::parse`] reads from `url`; an SQLite file that does not exist is created.
    ///
    /// # Errors
    /// `database-url`, `database-file`, `storage-not-durable`, `database-encoding`, `database-refused`.
    pub async fn open(url: &str) -> Result<Db> {
        Self::open_with(&Config::parse(url)?).await
    }
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(config: &Config) -> Result<Db> {
        Ok(Db(match &config.0 {
            config::Kind::Sqlite(path) => Engine::Sqlite(Arc::new(sqlite::Engine::open(path)?)),
            config::Kind::Pg(config) => Engine::Pg(Arc::new(pg::Engine::open(config).await?)),
        }))
    }
    /// Brings the tables up to date. `list` is everything this program knows, in any order; it runs by name.
    /// Several processes may call it at once. All of it succeeds or nothing has changed.
    ///
    /// # Errors
    /// `migration-unknown` if a newer program has been here; `internal` naming the file that failed.
    pub async fn migrate(&self, list: &[Migration]) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(e) => {
                let (engine, list) = (e.clone(), list.to_vec());
                spawn_blocking(move || engine.migrate(&list)).await.map_err(|_| Error::Closed)?
            }
            Engine::Pg(e) => e.migrate(list).await,
        }
    }
    /// One unit of work: all or nothing, answered once durable. If the future is dropped the unit may still run.
    ///
    /// # Errors
    /// The unit's own; [`Error::Busy`] if too many wait; [`Error::Storage`]; [`Error::Closed`] if the outcome is not known.
    pub async fn write<T, F>(&self, unit: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    {
        match &self.0 {
            Engine::Sqlite(e) => e.write(unit).await,
            Engine::Pg(e) => e.write(unit).await,
        }
    }
    /// Several statements, one snapshot, off the request threads. `read` may run twice.
    ///
    /// # Errors
    /// The closure's own and the engine's; a statement that writes is refused.
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    {
        match &self.0 {
            Engine::Sqlite(e) => e.read(read).await,
            Engine::Pg(e) => e.read(read).await,
        }
    }
    /// One statement by primary key: microseconds, so on SQLite it runs where it is called.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn lookup<T: FromRow>(&self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        value::without_nul(params)?;
        match &self.0 {
            Engine::Sqlite(e) => e.lookup(sql, params),
            Engine::Pg(e) => e.lookup(sql, params).await,
        }
    }
    /// Copies the database, as it stands at one moment, into a new SQLite file while others write. `list` is everything this
    /// program knows.
    ///
    /// # Errors
    /// `backup-exists`, `backup-file`; the engine's.
    pub async fn copy_to(&self, file: &Path, list: &[Migration]) -> Result<()> {
        let (engine, file, list, here) = (self.0.clone(), file.to_owned(), list.to_vec(), Handle::current());
        let copy = move || match engine {
            Engine::Sqlite(e) => copy::into(&file, |part| copy::page::fill(&e.path, part)),
            Engine::Pg(e) => copy::into(&file, |part| here.block_on(async { copy::draw::fill(&e.apart().await?, part, &list).await })),
        };
        spawn_blocking(copy).await.map_err(|_| Error::Closed)?
    }
    /// Fills an empty PostgreSQL database with what a file of [`Db::copy_to`] holds, once it has all migrations of `list`. All of
    /// it arrives, or nothing. An embedded database is that file.
    ///
    /// # Errors
    /// `restore-database-not-empty`; the engine's.
    pub async fn fill_from(&self, file: &Path, list: &[Migration]) -> Result<()> {
        let (engine, file, list, here) = (self.0.clone(), file.to_owned(), list.to_vec(), Handle::current());
        let fill = move || match engine {
            Engine::Sqlite(_) => Err(kernel::Error::internal("an embedded database is put in its place as a file").into()),
            Engine::Pg(e) => here.block_on(async { copy::pour::fill(&e.apart().await?, &file, &list).await }),
        };
        spawn_blocking(fill).await.map_err(|_| Error::Closed)?
    }
    /// What each table holds, at one moment and told alike by both engines. It reads every row.
    ///
    /// # Errors
    /// The engine's.
    pub async fn contents(&self) -> Result<Vec<Content>> {
        let (engine, here) = (self.0.clone(), Handle::current());
        let count = move || match engine {
            Engine::Sqlite(e) => e.with_reader(|conn| copy::contents(&conn.raw)),
            Engine::Pg(e) => here.block_on(async { copy::draw::held(&e.apart().await?).await }),
        };
        spawn_blocking(count).await.map_err(|_| Error::Closed)?
    }
    /// What the engine itself finds wrong with its file; empty if nothing. PostgreSQL answers for its own.
    ///
    /// # Errors
    /// The engine's.
    pub async fn damage(&self) -> Result<Vec<String>> {
        match &self.0 {
            Engine::Sqlite(e) => {
                let found: Vec<String> = e.lookup("PRAGMA quick_check", &[])?;
                Ok(found.into_iter().filter(|line| line != "ok").collect())
            }
            Engine::Pg(_) => Ok(Vec::new()),
        }
    }
    /// What has been deleted shall not be found in the log either. An embedded database's is emptied, as soon as whoever reads lets
    /// go of it; where they do not in time it is said in the program's log, and the next call or the program's end does it. A
    /// PostgreSQL is vacuumed by whoever runs it.
    ///
    /// # Errors
    /// [`Error::Storage`] if the disk does not take it.
    pub async fn scrub(&self) -> Result<()> {
        let Engine::Sqlite(engine) = self.0.clone() else { return Ok(()) };
        spawn_blocking(move || engine.scrub()).await.map_err(|_| Error::Closed)?
    }
    /// Tables, columns, indexes and triggers as text, for a test to compare with what it was.
    ///
    /// # Errors
    /// The engine's.
    pub async fn schema(&self) -> Result<String> {
        let parts: Vec<String> = match &self.0 {
            Engine::Sqlite(e) => e.lookup(schema::SQLITE, &[])?,
            Engine::Pg(e) => e.lookup(schema::PG, &[]).await?,
        };
        Ok(parts.join("\n"))
    }
    /// The engine's plan for a statement, line by line, for tests: a `SCAN` (SQLite) or `Seq Scan` (PostgreSQL) of a
    /// big table is one that no index serves.
    ///
    /// # Errors
    /// The engine's.
    pub async fn plan(&self, sql: &str) -> Result<Vec<String>> {
        match &self.0 {
            Engine::Sqlite(e) => e.plan(sql),
            Engine::Pg(e) => e.plan(sql).await,
        }
    }
    /// How often a PostgreSQL lane ran units again because they met others; for the operations page.
    pub fn units_again(&self) -> u64 {
        match &self.0 {
            Engine::Sqlite(_) => 0,
            Engine::Pg(e) => e.again(),
        }
    }
}

//! One SQL text, two engines. A unit of work is an `async` closure over [`Tx`] that awaits nothing but its `Tx`.
mod chain;
mod lanes;
mod migrate;
mod pg;
mod sqlite;
mod value;
pub use chain::Chain;
pub use migrate::Migration;
use std::sync::Arc;
pub use value::{FromRow, Param, Row};

#[derive(Debug)]
pub enum Error {
    Sqlite(rusqlite::Error),
    Pg(tokio_postgres::Error),
    Unit(kernel::Error),
    Busy,
    Closed,
    Missing,
    Foreign,
}
pub type Result<T> = std::result::Result<T, Error>;
impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Error::Sqlite(e)
    }
}
impl From<tokio_postgres::Error> for Error {
    fn from(e: tokio_postgres::Error) -> Self {
        Error::Pg(e)
    }
}
impl From<kernel::Error> for Error {
    fn from(e: kernel::Error) -> Self {
        Error::Unit(e)
    }
}
impl From<Error> for kernel::Error {
    fn from(e: Error) -> Self {
        match e {
            Error::Unit(e) => e,
            Error::Missing => kernel::Error::not_found(),
            Error::Busy => kernel::Error::new(kernel::Kind::Busy, "busy"),
            e => kernel::Error::internal(format!("{e:?}")),
        }
    }
}
impl Error {
    fn again(&self) -> bool {
        matches!(self, Error::Pg(e) if e.code().is_some_and(|c| matches!(c.code(), "40001" | "40P01")))
    }
}

/// One statement sequence inside a unit of work.
pub struct Tx<'a>(Inner<'a>);
enum Inner<'a> {
    Sqlite(&'a mut sqlite::Conn),
    Pg(pg::Unit<'a>),
}
impl Tx<'_> {
    pub async fn all<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        let mut v = Vec::new();
        match &mut self.0 {
            Inner::Sqlite(c) => c.each(sql, params, &mut |r| {
                v.push(T::from_row(r)?);
                Ok(())
            })?,
            Inner::Pg(u) => {
                for r in u.query(sql, params).await? {
                    v.push(T::from_row(&Row::Pg(&r))?);
                }
            }
        }
        Ok(v)
    }
    pub async fn opt<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Option<T>> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }
    pub async fn one<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<T> {
        self.opt(sql, params).await?.ok_or(Error::Missing)
    }
    pub async fn exec(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<u64> {
        match &mut self.0 {
            Inner::Sqlite(c) => c.exec(sql, params),
            Inner::Pg(u) => u.exec(sql, params).await,
        }
    }
    /// A statement whose answer nobody waits for: it travels with COMMIT (PostgreSQL) or runs now (SQLite).
    pub async fn later(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<()> {
        match &mut self.0 {
            Inner::Sqlite(c) => c.exec(sql, params).map(drop),
            Inner::Pg(u) => u.later(sql, params).await,
        }
    }
    /// The chain of events this connection writes; taken back if the unit fails.
    pub fn chain(&mut self) -> Chain<'_> {
        match &mut self.0 {
            Inner::Sqlite(c) => Chain(&mut c.chain),
            Inner::Pg(u) => Chain(u.chain()),
        }
    }
    pub fn is_pg(&self) -> bool {
        matches!(self.0, Inner::Pg(_))
    }
}

#[derive(Clone)]
pub struct Db(Engine);
#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::Engine>),
    Pg(Arc<pg::Engine>),
}
impl Db {
    pub async fn open(url: &str) -> Result<Db> {
        Ok(Db(match url.strip_prefix("sqlite:") {
            Some(path) => Engine::Sqlite(Arc::new(sqlite::Engine::open(path)?)),
            None => Engine::Pg(Arc::new(pg::Engine::open(url)?)),
        }))
    }
    /// One unit of work: all or nothing, answered once durable. It may run twice, so it acts on nothing outside.
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
    /// Several statements, one snapshot, off the request threads.
    pub async fn read<T, F>(&self, f: F) -> Result<T>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    {
        match &self.0 {
            Engine::Sqlite(e) => e.read(f).await,
            Engine::Pg(e) => e.read(f).await,
        }
    }
    /// One statement by primary key: microseconds, so it runs where it is called.
    pub async fn lookup<T: FromRow>(&self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        match &self.0 {
            Engine::Sqlite(e) => e.lookup(sql, params),
            Engine::Pg(e) => e.lookup(sql, params).await,
        }
    }
    pub async fn migrate(&self, list: &[Migration]) -> Result<()> {
        migrate::run(self, list).await
    }
    pub fn units_again(&self) -> u64 {
        match &self.0 {
            Engine::Sqlite(_) => 0,
            Engine::Pg(e) => e.again.load(std::sync::atomic::Ordering::Relaxed),
        }
    }
    async fn batch(&self, sql: String) -> Result<()> {
        match &self.0 {
            Engine::Sqlite(e) => e.batch(sql),
            Engine::Pg(e) => e.batch(&sql).await,
        }
    }
    fn dialect(&self, sql: &str) -> String {
        match &self.0 {
            Engine::Sqlite(_) => sqlite::dialect(sql),
            Engine::Pg(_) => pg::dialect(sql),
        }
    }
}

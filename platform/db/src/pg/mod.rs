//! PostgreSQL: writing in lanes, reading through a small pool.
mod group;
mod lanes;
mod migrate;
mod plan;
mod session;
mod tls;
mod wire;
mod work;
pub(crate) use migrate::{begin_alone, bring};
pub(crate) use session::Session;
pub(crate) use wire::Whole;
pub(crate) use work::{Rows, Work};

use crate::{Error, Inner, Migration, Param, Result, Row, Tx, config::PgConfig, trust, unit::ask, value::FromRow};
use deadpool::managed::{Manager, Object, Pool, PoolError};
use futures_util::future::BoxFuture;
use session::Open;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Connections for reads and lookups of one process.
const READERS: usize = 16;
/// A page that waited this long for a connection is better told to come again.
const WAIT: Duration = Duration::from_secs(10);

const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(crate) struct Engine {
    open: Open,
    pool: Pool<Open>,
    lanes: lanes::Lanes,
    again: Arc<AtomicU64>,
}

impl Engine {
    pub async fn open(config: &PgConfig) -> Result<Engine> {
        let open = Open::new(config)?;
        // What would fail at the first request fails the start instead.
        open.create().await.map_err(refused)?.prove().await?;
        let pool = Pool::builder(open.clone())
            .max_size(READERS)
            .wait_timeout(Some(WAIT))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map_err(|_| Error::Closed)?;
        let again = Arc::default();
        let lanes = lanes::Lanes::open(&open, config.lanes, &again)?;
        Ok(Engine { open, pool, lanes, again })
    }

    pub async fn write<T: Send + 'static>(&self, work: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        trust::check()?;
        let (unit, answer) = ask(work);
        self.lanes.queue(unit)?;
        answer.await.map_err(|_| Error::Closed)?
    }

    pub async fn read<T>(&self, work: impl AsyncFn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        match self.read_once(&work).await {
            // A connection may have died in the pool since its last use.
            Err(e) if e.is_lost() || e.is_stale() => self.read_once(&work).await,
            end => end,
        }
    }
    async fn read_once<T>(&self, work: &impl AsyncFn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut held = Held { session: Some(self.session().await?), clean: false };
        let session: &mut Session = held.session.as_mut().ok_or(Error::Closed)?;
        let mut tx = Tx(Inner::Pg(Work::new(session, BEGIN_READ)));
        let end = work(&mut tx).await;
        let Inner::Pg(inner) = tx.0 else { return Err(Error::Closed) };
        let failed = inner.failed;
        let settled = inner.finish().await;
        held.clean = settled.is_ok();
        match end {
            Ok(_) if failed => Err(Error::Swallowed),
            Ok(value) => settled.map(|()| value),
            Err(e) => Err(e),
        }
    }

    pub async fn lookup<T: FromRow>(&self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        self.rows(sql, params).await?.iter().map(|row| T::from_row(&Row::Pg(row))).collect()
    }
    fn rows<'a>(&'a self, sql: &'static str, params: &'a [Param<'a>]) -> BoxFuture<'a, Result<Vec<tokio_postgres::Row>>> {
        Box::pin(async move {
            match self.session().await?.query(sql, params).await {
                Err(e) if e.is_lost() || e.is_stale() => self.session().await?.query(sql, params).await,
                end => end,
            }
        })
    }

    pub async fn migrate(&self, list: &[Migration]) -> Result<()> {
        migrate::run(&self.open.create().await?, list).await
    }

    /// A connection to itself, for work that takes long.
    pub async fn apart(&self) -> Result<Session> {
        self.open.create().await
    }

    pub async fn plan(&self, sql: &str) -> Result<Vec<String>> {
        plan::of(&self.open.create().await?, sql).await
    }

    pub fn again(&self) -> u64 {
        self.again.load(Ordering::Relaxed)
    }

    /// In a box, like every future of this engine that callers wait for: a caller's own future would otherwise hold all of
    /// connecting in it, once for each of hundreds of callers.
    fn session(&self) -> BoxFuture<'_, Result<Object<Open>>> {
        Box::pin(async move {
            self.pool.get().await.map_err(|e| match e {
                PoolError::Backend(e) => e,
                PoolError::Timeout(_) => Error::Busy,
                _ => Error::Closed,
            })
        })
    }
}

/// At the start nobody has done anything yet: what matters is the server's own words.
fn refused(e: Error) -> Error {
    let problem = match &e {
        Error::Pg(p) if p.as_db_error().is_none() => std::error::Error::source(p).map_or_else(|| p.to_string(), ToString::to_string),
        e => e.to_string(),
    };
    kernel::Error::invalid("database-refused").with("problem", problem).into()
}

/// A reader dropped in mid-transaction must not hand an open transaction to the next one.
struct Held {
    session: Option<Object<Open>>,
    clean: bool,
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.clean
            && let Some(session) = self.session.take()
        {
            drop(Object::take(session));
        }
    }
}

//! BEGIN travels with the first statement, the last statements travel with COMMIT: a save is two round trips.
use crate::{
    Error, Inner, Param, Result, Row, Tx,
    chain::Segment,
    value::{FromRow, Owned},
};
use deadpool::managed::{Manager, Metrics, Object, Pool, RecycleError, RecycleResult};
use futures_util::future::join_all;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio_postgres::{
    Client, Config, NoTls, Statement,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

impl ToSql for Param<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(i) => i.to_sql(ty, out),
            Param::Bool(b) => b.to_sql(ty, out),
            Param::Text(t) => t.to_sql(ty, out),
            Param::Blob(b) => b.to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}
pub struct Session {
    pub(crate) client: Arc<Client>,
    cache: HashMap<(usize, usize), Statement>,
    pub(crate) chain: Option<Segment>,
}
impl Session {
    async fn prepared(&mut self, sql: &'static str) -> Result<Statement> {
        let key = (sql.as_ptr() as usize, sql.len());
        if let Some(s) = self.cache.get(&key) {
            return Ok(s.clone());
        }
        let s = self.client.prepare(sql).await?;
        self.cache.insert(key, s.clone());
        Ok(s)
    }
}
/// For the measurement only: a database one to two milliseconds away.
pub(crate) static FAR: std::sync::LazyLock<bool> = std::sync::LazyLock::new(|| std::env::var("FAR").is_ok());
#[derive(Clone)]
pub struct Open(Config);
impl Manager for Open {
    type Type = Session;
    type Error = tokio_postgres::Error;
    async fn create(&self) -> std::result::Result<Session, Self::Error> {
        let (client, driver) = self.0.connect(NoTls).await?;
        tokio::spawn(driver);
        Ok(Session { client: Arc::new(client), cache: HashMap::new(), chain: None })
    }
    async fn recycle(&self, s: &mut Session, _: &Metrics) -> RecycleResult<Self::Error> {
        if s.client.is_closed() { Err(RecycleError::message("closed")) } else { Ok(()) }
    }
}
pub struct Engine {
    pool: Pool<Open>,
    begin: &'static str,
    pub again: Arc<AtomicU64>,
    lanes: Option<crate::lanes::Lanes>,
}
/// Dropped without commit (error, or the client hung up): the connection is closed with its transaction.
pub struct Unit<'a> {
    pub(crate) session: &'a mut Session,
    pub(crate) begin: Option<&'static str>,
    pub(crate) later: Vec<(Statement, Vec<Owned>)>,
    pub(crate) wrote: bool,
}
impl<'a> Unit<'a> {
    pub fn chain(&mut self) -> &mut Option<Segment> {
        &mut self.session.chain
    }
    pub async fn query(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<tokio_postgres::Row>> {
        let st = self.session.prepared(sql).await?;
        let p: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        if *FAR {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        let q = self.session.client.query(&st, &p);
        Ok(match self.begin.take() {
            Some(b) => {
                let (b, q) = futures_util::future::join(self.session.client.batch_execute(b), q).await;
                b?;
                q?
            }
            None => q.await?,
        })
    }
    pub async fn exec(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<u64> {
        self.wrote = true;
        let st = self.session.prepared(sql).await?;
        if let Some(b) = self.begin.take() {
            self.session.client.batch_execute(b).await?;
        }
        let p: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        Ok(self.session.client.execute(&st, &p).await?)
    }
    pub async fn later(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<()> {
        let st = self.session.prepared(sql).await?;
        if let Some(b) = self.begin.take() {
            self.session.client.batch_execute(b).await?;
        }
        self.later.push((st, params.iter().map(Param::owned).collect()));
        Ok(())
    }
    /// All in one packet; PostgreSQL turns COMMIT after a failure into ROLLBACK, so every answer is looked at.
    async fn commit(self) -> Result<()> {
        if self.begin.is_some() {
            return Ok(());
        }
        if *FAR {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        let client = &self.session.client;
        let sends = self.later.iter().map(|(st, p)| async move {
            let p: Vec<Param<'_>> = p.iter().map(Owned::param).collect();
            let p: Vec<&(dyn ToSql + Sync)> = p.iter().map(|p| p as _).collect();
            client.execute(st, &p).await.map(drop)
        });
        let (sent, end) = futures_util::future::join(join_all(sends), client.batch_execute("COMMIT")).await;
        for s in sent {
            s?;
        }
        Ok(end?)
    }
}
impl Engine {
    pub fn open(url: &str) -> Result<Engine> {
        let n = std::env::var("PG_POOL").ok().and_then(|v| v.parse().ok()).unwrap_or(16);
        let open = Open(url.parse()?);
        let pool = Pool::builder(open.clone()).max_size(n).build().map_err(|_| Error::Closed)?;
        let begin = match std::env::var("PG_ISO").as_deref() {
            Ok("rc") => "BEGIN",
            Ok("rr") => "BEGIN ISOLATION LEVEL REPEATABLE READ",
            _ => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        };
        let again = Arc::new(AtomicU64::new(0));
        let lanes = std::env::var("PG_LANES")
            .ok()
            .and_then(|v| v.parse().ok())
            .filter(|n| *n > 0)
            .map(|n| crate::lanes::Lanes::open(&open, begin, n, &again));
        Ok(Engine { pool, begin, again, lanes })
    }
    async fn session(&self) -> Result<Object<Open>> {
        self.pool.get().await.map_err(|_| Error::Busy)
    }
    pub async fn write<T: Send + 'static>(&self, f: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        if let Some(l) = &self.lanes {
            return l.write(f).await;
        }
        let mut s = Guard { session: Some(self.session().await?), clean: true };
        for left in (0..20u64).rev() {
            s.clean = false;
            let session: &mut Session = s.session.as_mut().ok_or(Error::Closed)?;
            let before = session.chain.clone();
            let mut tx = Tx(Inner::Pg(Unit { session, begin: Some(self.begin), later: Vec::new(), wrote: false }));
            let r = match f(&mut tx).await {
                Ok(v) => {
                    let Inner::Pg(u) = tx.0 else { return Err(Error::Closed) };
                    u.commit().await.map(|()| v)
                }
                Err(e) => Err(e),
            };
            let session: &mut Session = s.session.as_mut().ok_or(Error::Closed)?;
            let Err(e) = r else {
                s.clean = true;
                return r;
            };
            session.client.batch_execute("ROLLBACK").await?;
            session.chain = before;
            s.clean = true;
            if left == 0 || !e.again() {
                return Err(e);
            }
            let n = self.again.fetch_add(1, Ordering::Relaxed);
            if left < 18 {
                tokio::time::sleep(std::time::Duration::from_micros(300 * (20 - left) * (1 + n % 4))).await;
            }
        }
        Err(Error::Busy)
    }
    pub async fn read<T>(&self, f: impl AsyncFn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut s = Guard { session: Some(self.session().await?), clean: false };
        let session: &mut Session = s.session.as_mut().ok_or(Error::Closed)?;
        let mut tx = Tx(Inner::Pg(Unit {
            session,
            begin: Some("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            later: Vec::new(),
            wrote: false,
        }));
        let r = f(&mut tx).await;
        if let Inner::Pg(u) = tx.0 {
            u.commit().await?;
        }
        s.clean = true;
        r
    }
    pub async fn lookup<T: FromRow>(&self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        let mut s = self.session().await?;
        if *FAR {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        let st = s.prepared(sql).await?;
        let p: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        s.client.query(&st, &p).await?.iter().map(|r| T::from_row(&Row::Pg(r))).collect()
    }
    pub async fn batch(&self, sql: &str) -> Result<()> {
        Ok(self.session().await?.client.batch_execute(sql).await?)
    }
}
/// A handler dropped in mid-transaction must not hand an open transaction to the next one.
struct Guard {
    session: Option<Object<Open>>,
    clean: bool,
}
impl Drop for Guard {
    fn drop(&mut self) {
        if !self.clean
            && let Some(s) = self.session.take()
        {
            drop(Object::take(s));
        }
    }
}
pub fn dialect(sql: &str) -> String {
    sql.replace("SERIAL KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        .replace(" WITHOUT ROWID", "")
        .replace(" BLOB", " BYTEA")
        .replace(" INTEGER", " BIGINT")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
}

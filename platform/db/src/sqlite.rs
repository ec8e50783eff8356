//! One writer thread groups units of work into one commit; lookups run inline; reads on blocking threads.
use crate::{Error, Inner, Param, Result, Row, Tx, chain::Segment, value::FromRow};
use rusqlite::{
    Connection, OpenFlags, ToSql,
    types::{ToSqlOutput, Value, ValueRef},
};
use std::{
    collections::HashMap,
    pin::pin,
    sync::{Mutex, mpsc},
    task::{Context, Poll, Waker},
};
use tokio::sync::oneshot;

const GROUP: usize = 256;
impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Param::Null => ToSqlOutput::Owned(Value::Null),
            Param::Int(i) => (*i).into(),
            Param::Bool(b) => i64::from(*b).into(),
            Param::Text(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Param::Blob(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        })
    }
}
pub struct Conn {
    c: Connection,
    texts: HashMap<(usize, usize), Box<str>>,
    pub chain: Option<Segment>,
}
/// To SQLite `$2` is a name, numbered by first appearance; only `?2` is the second parameter.
fn numbered<'a>(texts: &'a mut HashMap<(usize, usize), Box<str>>, sql: &'static str) -> &'a str {
    texts.entry((sql.as_ptr() as usize, sql.len())).or_insert_with(|| sql.replace('$', "?").into())
}
impl Conn {
    fn open(path: &str, write: bool) -> Result<Conn> {
        let mode = if write { OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
        let c = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_NO_MUTEX | mode)?;
        c.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-20000; PRAGMA busy_timeout=5000")?;
        if std::env::var("CKPT").is_ok() {
            c.execute_batch("PRAGMA wal_autocheckpoint=0")?;
        }
        c.set_prepared_statement_cache_capacity(256);
        Ok(Conn { c, texts: HashMap::new(), chain: None })
    }
    pub fn each(&mut self, sql: &'static str, params: &[Param<'_>], f: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut st = self.c.prepare_cached(numbered(&mut self.texts, sql))?;
        for (i, p) in params.iter().enumerate() {
            st.raw_bind_parameter(i + 1, p)?;
        }
        let mut rows = st.raw_query();
        while let Some(r) = rows.next()? {
            f(&Row::Sqlite(r))?;
        }
        Ok(())
    }
    pub fn exec(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<u64> {
        let mut st = self.c.prepare_cached(numbered(&mut self.texts, sql))?;
        for (i, p) in params.iter().enumerate() {
            st.raw_bind_parameter(i + 1, p)?;
        }
        Ok(st.raw_execute()? as u64)
    }
    /// A future over SQLite is ready at its first poll, or it awaited something foreign.
    fn run<T>(&mut self, f: impl AsyncFn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut tx = Tx(Inner::Sqlite(self));
        match pin!(f(&mut tx)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(r) => r,
            Poll::Pending => Err(Error::Foreign),
        }
    }
}
type Answer = Box<dyn FnOnce(bool) + Send>;
type Work = Box<dyn FnOnce(&mut Conn) -> (bool, Answer) + Send>;
pub struct Engine {
    work: mpsc::SyncSender<Work>,
    readers: Mutex<Vec<Conn>>,
    path: String,
}
impl Engine {
    pub fn open(path: &str) -> Result<Engine> {
        let (work, queue) = mpsc::sync_channel::<Work>(8192);
        let mut conn = Conn::open(path, true)?;
        std::thread::Builder::new().name("db-writer".into()).spawn(move || writer(&mut conn, &queue)).map_err(|_| Error::Closed)?;
        if std::env::var("CKPT").is_ok() {
            let c = Conn::open(path, true)?;
            let _ = std::thread::Builder::new().name("db-checkpoint".into()).spawn(move || {
                loop {
                    std::thread::sleep(std::time::Duration::from_millis(250));
                    let _ = c.c.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                }
            });
        }
        Ok(Engine { work, readers: Mutex::default(), path: path.into() })
    }
    fn reader<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let free = self.readers.lock().unwrap().pop();
        let mut c = match free {
            Some(c) => c,
            None => Conn::open(&self.path, false)?,
        };
        let r = f(&mut c);
        self.readers.lock().unwrap().push(c);
        r
    }
    pub fn lookup<T: FromRow>(&self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        self.reader(|c| {
            let mut v = Vec::new();
            c.each(sql, params, &mut |r| {
                v.push(T::from_row(r)?);
                Ok(())
            })?;
            Ok(v)
        })
    }
    pub fn batch(&self, sql: String) -> Result<()> {
        Ok(Conn::open(&self.path, true)?.c.execute_batch(&sql)?)
    }
    pub async fn read<T: Send + 'static>(
        self: &std::sync::Arc<Self>,
        f: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let me = self.clone();
        tokio::task::spawn_blocking(move || {
            me.reader(|c| {
                c.exec("BEGIN", &[])?;
                let r = c.run(f);
                c.exec("COMMIT", &[])?;
                r
            })
        })
        .await
        .map_err(|_| Error::Closed)?
    }
    pub async fn write<T: Send + 'static>(&self, f: impl AsyncFn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let (ack, done) = oneshot::channel();
        let work: Work = Box::new(move |c| {
            let r = c.run(f);
            (
                r.is_ok(),
                Box::new(move |durable| {
                    let _ = ack.send(if durable { r } else { Err(Error::Closed) });
                }),
            )
        });
        self.work.try_send(work).map_err(|_| Error::Busy)?;
        done.await.map_err(|_| Error::Closed)?
    }
}
/// Whatever has queued up shares one transaction and one fsync; a failed unit takes only itself back.
fn writer(c: &mut Conn, queue: &mpsc::Receiver<Work>) {
    while let Ok(first) = queue.recv() {
        let before = c.chain.clone();
        let mut answers = Vec::new();
        let durable = group(c, first, queue, &mut answers).is_ok();
        if !durable {
            let _ = c.exec("ROLLBACK", &[]);
            c.chain = before;
        }
        for a in answers {
            a(durable);
        }
    }
}
fn group(c: &mut Conn, first: Work, queue: &mpsc::Receiver<Work>, answers: &mut Vec<Answer>) -> Result<()> {
    c.exec("BEGIN IMMEDIATE", &[])?;
    let mut next = Some(first);
    while let Some(work) = next.take() {
        let before = c.chain.clone();
        c.exec("SAVEPOINT unit", &[])?;
        let (ok, answer) = work(c);
        answers.push(answer);
        if !ok {
            c.exec("ROLLBACK TO unit", &[])?;
            c.chain = before;
        }
        c.exec("RELEASE unit", &[])?;
        if answers.len() < GROUP {
            next = queue.try_recv().ok();
        }
    }
    c.exec("COMMIT", &[]).map(drop)
}
pub fn dialect(sql: &str) -> String {
    sql.replace("SERIAL KEY", "INTEGER PRIMARY KEY")
}

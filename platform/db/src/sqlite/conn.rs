//! One connection: how it is opened, what it proves of itself, how statements run.
use super::migrate::create_privately;
use crate::{Error, Inner, Param, Result, Row, Tx, chain::Segment, dialect::Engine, planted::Defect, statement::statement};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, ToSql,
    config::DbConfig,
    types::{ToSqlOutput, Value, ValueRef},
};
use std::{
    collections::HashMap,
    path::Path,
    pin::pin,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

/// How long SQLite itself waits for another process's lock before it says so; the writer then asks again.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(1);
const STATEMENTS: usize = 256;

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

pub(crate) struct Conn {
    pub(crate) raw: Connection,
    texts: HashMap<&'static str, Box<str>>,
    pub(crate) chain: Option<Segment>,
    /// A statement of the running unit failed.
    failed: bool,
}

impl Conn {
    /// Creates the file if there is none, readable by its owner only.
    pub fn writing(path: &Path) -> Result<Conn> {
        create_privately(path)?;
        let conn = Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Turning the log on wants the file for itself for a moment and does not wait for it.
        patiently(|| Ok(conn.raw.pragma_update(None, "journal_mode", "WAL")?))?;
        // What a unit may have to take back is kept in memory: in a file of its own it took a sixth of the writer's time.
        conn.raw.execute_batch(
            "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON; \
             PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY",
        )?;
        if Defect::SynchronousNormal.is_on() {
            conn.raw.pragma_update(None, "synchronous", "NORMAL")?;
            return Ok(conn);
        }
        if Defect::KeepDeleted.is_on() {
            conn.raw.pragma_update(None, "secure_delete", "OFF")?;
            return Ok(conn);
        }
        conn.prove()?;
        Ok(conn)
    }
    pub fn reading(path: &Path) -> Result<Conn> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }
    fn open(path: &Path, mode: OpenFlags) -> Result<Conn> {
        let raw = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_NO_MUTEX | mode)?;
        wait_for_others(&raw)?;
        raw.execute_batch("PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-20000")?;
        // A statement goes the way our tests have seen, whatever is bound to it; else SQLite would plan it anew for each value.
        raw.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        raw.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Conn { raw, texts: HashMap::new(), chain: None, failed: false })
    }
    /// Settings are asked for, not assumed: a file system without shared memory silently keeps the old journal.
    fn prove(&self) -> Result<()> {
        let number = |name| self.raw.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
        let journal: String = self.raw.pragma_query_value(None, "journal_mode", |r| r.get(0))?;
        let proven = journal == "wal" && number("synchronous")? == 2 && number("foreign_keys")? == 1 && number("secure_delete")? == 1;
        if proven { Ok(()) } else { Err(kernel::Error::invalid("storage-not-durable").with("journal", journal).into()) }
    }

    /// A future over SQLite is ready at its first poll, or it awaited something foreign.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.failed = false;
        let end = {
            let mut tx = Tx(Inner::Sqlite(self));
            match pin!(work(&mut tx)).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(end) => end,
                Poll::Pending => Err(Error::Foreign),
            }
        };
        // PostgreSQL gives up a transaction at its first failed statement; both engines shall.
        if end.is_ok() && self.failed { Err(Error::Swallowed) } else { end }
    }
    pub fn each(&mut self, sql: &'static str, params: &[Param<'_>], take: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut statement = prepare(&self.raw, &mut self.texts, sql, params).inspect_err(|_| self.failed = true)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().inspect_err(|_| self.failed = true)? {
            take(&Row::Sqlite(row))?;
        }
        Ok(())
    }
    pub fn exec(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<u64> {
        let mut statement = prepare(&self.raw, &mut self.texts, sql, params).inspect_err(|_| self.failed = true)?;
        Ok(statement.raw_execute().inspect_err(|_| self.failed = true)? as u64)
    }
}

fn prepare<'c>(
    raw: &'c Connection,
    texts: &mut HashMap<&'static str, Box<str>>,
    sql: &'static str,
    params: &[Param<'_>],
) -> rusqlite::Result<rusqlite::CachedStatement<'c>> {
    let text = texts.entry(sql).or_insert_with(|| statement(sql, Engine::Sqlite).into());
    let mut statement = raw.prepare_cached(text)?;
    if statement.parameter_count() != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(params.len(), statement.parameter_count()));
    }
    for (i, p) in params.iter().enumerate() {
        statement.raw_bind_parameter(i + 1, p)?;
    }
    Ok(statement)
}

/// A lock of another process is asked for again in short steps, up to [`PATIENCE`]: SQLite's own steps grow to a tenth of a
/// second, and a process that writes all the time lets go for a few milliseconds only.
pub(super) fn wait_for_others(raw: &Connection) -> rusqlite::Result<()> {
    raw.busy_handler(Some(|tried| {
        std::thread::sleep(STEP);
        STEP * u32::try_from(tried).unwrap_or(u32::MAX) < PATIENCE
    }))
}

/// Repeats what another process's lock refused, up to [`PATIENCE`].
pub(crate) fn patiently<T>(mut act: impl FnMut() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        match act() {
            Err(e) if is_busy(&e) && start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(10)),
            end => return end,
        }
    }
}

pub(super) fn is_busy(e: &Error) -> bool {
    matches!(e.sqlite(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

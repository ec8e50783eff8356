//! What the two engines and a unit of work can fail with, under one name.
use rusqlite::ffi;
use tokio_postgres::error::SqlState;

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Turns into [`kernel::Error`] with `?`, so callers need not look inside.
#[derive(Debug)]
pub enum Error {
    /// SQLite refused a statement.
    Sqlite(rusqlite::Error),
    /// PostgreSQL refused a statement, or could not be reached.
    Pg(tokio_postgres::Error),
    /// The unit of work itself said no; everything it did is taken back.
    Unit(kernel::Error),
    /// The queue is full, no connection came free, or ten runs met a conflict.
    Busy,
    /// The database is shut, or the connection broke: whether the unit was committed is not known,
    /// which is why every write that a client may repeat carries an idempotency key.
    Closed,
    /// [`Tx::one`](crate::Tx::one) found no row, or a column holds what its type does not allow.
    Missing,
    /// A unit of work awaited something other than its `Tx`.
    Foreign,
    /// A unit of work went on, and ended well, after one of its statements had failed.
    Swallowed,
    /// A unit of work panicked; it is taken back like one that failed.
    Panicked,
    /// A commit could not be made durable. Nothing was acknowledged.
    Storage(&'static str),
}

impl Error {
    /// Whether a row with this key is already there.
    pub fn is_unique(&self) -> bool {
        self.is(
            &[ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY, ffi::SQLITE_CONSTRAINT_ROWID],
            &SqlState::UNIQUE_VIOLATION,
        )
    }
    /// Whether a row points at nothing, or something still points at the row to be removed.
    pub fn is_foreign_key(&self) -> bool {
        self.is(&[ffi::SQLITE_CONSTRAINT_FOREIGNKEY], &SqlState::FOREIGN_KEY_VIOLATION)
    }
    /// Whether the table is append only (`-- append only:` in its migration) and refused a change.
    pub fn is_append_only(&self) -> bool {
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(e, text)) => {
                e.extended_code == ffi::SQLITE_CONSTRAINT_TRIGGER && text.as_deref().is_some_and(|t| t.starts_with("append only"))
            }
            Error::Pg(e) => e.code().is_some_and(|c| c.code() == crate::dialect::APPEND_ONLY_STATE),
            _ => false,
        }
    }
    /// Whether the same unit may succeed when it runs again: two lanes met.
    pub(crate) fn again(&self) -> bool {
        matches!(self, Error::Pg(e) if e.code().is_some_and(|c| *c == SqlState::T_R_SERIALIZATION_FAILURE || *c == SqlState::T_R_DEADLOCK_DETECTED))
    }
    /// Whether PostgreSQL wants the statement prepared anew: a migration changed its tables.
    pub(crate) fn is_stale(&self) -> bool {
        matches!(self, Error::Pg(e) if e.as_db_error().is_some_and(|d|
            *d.code() == SqlState::INVALID_SQL_STATEMENT_NAME
            || *d.code() == SqlState::FEATURE_NOT_SUPPORTED && d.routine() == Some("RevalidateCachedQuery")))
    }
    /// Whether the connection is gone, and with it the knowledge whether a commit on its way was done.
    pub(crate) fn is_lost(&self) -> bool {
        match self {
            Error::Pg(e) => e.code().map_or_else(|| !is_mistake(e), |c| ["08", "57", "58", "XX"].contains(&&c.code()[..2])),
            _ => false,
        }
    }
    /// Whether the unit itself refused, as opposed to the engine.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self, Error::Unit(_) | Error::Missing | Error::Panicked)
    }
    /// SQLite's primary code, if it is SQLite's error.
    pub(crate) fn sqlite(&self) -> Option<rusqlite::ErrorCode> {
        match self {
            Error::Sqlite(e) => e.sqlite_error_code(),
            _ => None,
        }
    }
    /// Whether the system could not bring pages to the disk.
    pub(crate) fn is_sync(&self) -> bool {
        self.is(&[ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_DIR_FSYNC], &SqlState::IO_ERROR)
    }
    /// The same refusal for another unit of the group.
    pub(crate) fn echo(&self) -> Error {
        match self {
            Error::Storage(key) => Error::Storage(key),
            Error::Sqlite(rusqlite::Error::SqliteFailure(e, text)) => rusqlite::Error::SqliteFailure(*e, text.clone()).into(),
            Error::Closed => Error::Closed,
            _ => Error::Busy,
        }
    }
    fn is(&self, sqlite: &[i32], pg: &SqlState) -> bool {
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(e, _)) => sqlite.contains(&e.extended_code),
            Error::Pg(e) => e.code() == Some(pg),
            _ => false,
        }
    }
}

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
        let busy = |key| kernel::Error::new(kernel::Kind::Busy, key);
        match e {
            Error::Unit(e) => e,
            Error::Missing => kernel::Error::not_found(),
            Error::Busy => busy("busy"),
            Error::Closed => busy("database-unreachable"),
            Error::Storage(key) => busy(key),
            e if e.is_unique() => detailed(kernel::Error::conflict("already-there"), &e),
            e if e.is_foreign_key() => detailed(kernel::Error::conflict("still-referenced"), &e),
            Error::Sqlite(ref s) => match s.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DiskFull) => detailed(busy("storage-full"), &e),
                // A file that is none, or no longer whole: its owner can mend it, we cannot.
                Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => detailed(busy("database-damaged"), &e),
                Some(rusqlite::ErrorCode::SystemIoFailure) => detailed(busy("storage-failed"), &e),
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => detailed(busy("busy"), &e),
                _ => kernel::Error::internal(format!("{e:?}")),
            },
            Error::Pg(ref p) => match p.code() {
                Some(c) if *c == SqlState::DISK_FULL => detailed(busy("storage-full"), &e),
                // A statement was refused for its own sake; every other class is the server's trouble.
                Some(c) if !["08", "53", "57", "58", "XX", "40", "25"].contains(&&c.code()[..2]) => {
                    kernel::Error::internal(format!("{e:?}"))
                }
                None if is_mistake(p) => kernel::Error::internal(format!("{e:?}")),
                _ => detailed(busy("database-unreachable"), &e),
            },
            e => kernel::Error::internal(format!("{e:?}")),
        }
    }
}

/// The client library gives these two no type of their own: a value that does not fit its column, a missing parameter.
fn is_mistake(e: &tokio_postgres::Error) -> bool {
    let text = e.to_string();
    text.contains("serializing") || text.contains("parameters")
}

fn detailed(mut error: kernel::Error, cause: &Error) -> kernel::Error {
    error.detail = format!("{cause:?}");
    error
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Sqlite(e) => write!(f, "SQLite: {e}"),
            Error::Pg(e) => match e.as_db_error() {
                Some(d) => write!(f, "PostgreSQL: {} ({})", d.message(), d.code().code()),
                None => write!(f, "PostgreSQL: {e}"),
            },
            Error::Unit(e) => write!(f, "{e}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

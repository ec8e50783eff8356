//! What goes into a statement and comes out of a row.
use crate::{Error, Result};

/// A statement's parameter, borrowed. Both engines bind the same five kinds.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// PostgreSQL holds no U+0000 in a text; what one engine refuses neither shall take.
///
/// # Errors
/// `text-nul`.
pub(crate) fn without_nul(params: &[Param<'_>]) -> Result<()> {
    let has_nul = |p: &Param<'_>| matches!(p, Param::Text(t) if t.as_bytes().contains(&0));
    if params.iter().any(has_nul) { Err(kernel::Error::invalid("text-nul").into()) } else { Ok(()) }
}

impl From<i64> for Param<'_> {
    fn from(v: i64) -> Self {
        Param::Int(v)
    }
}
impl From<bool> for Param<'_> {
    fn from(v: bool) -> Self {
        Param::Bool(v)
    }
}
impl<'a> From<&'a str> for Param<'a> {
    fn from(v: &'a str) -> Self {
        Param::Text(v)
    }
}
impl<'a> From<&'a String> for Param<'a> {
    fn from(v: &'a String) -> Self {
        Param::Text(v)
    }
}
impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(v: &'a [u8]) -> Self {
        Param::Blob(v)
    }
}
impl<'a> From<&'a Vec<u8>> for Param<'a> {
    fn from(v: &'a Vec<u8>) -> Self {
        Param::Blob(v)
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Param<'a> {
    fn from(v: &'a [u8; N]) -> Self {
        Param::Blob(v)
    }
}
impl From<kernel::Points> for Param<'_> {
    fn from(v: kernel::Points) -> Self {
        Param::Int(v.as_hundredths())
    }
}
impl From<kernel::BusinessDate> for Param<'_> {
    fn from(v: kernel::BusinessDate) -> Self {
        Param::Int(v.number())
    }
}
impl From<kernel::Instant> for Param<'_> {
    fn from(v: kernel::Instant) -> Self {
        Param::Int(v.0)
    }
}
impl<'a> From<&'a kernel::OrgPath> for Param<'a> {
    fn from(v: &'a kernel::OrgPath) -> Self {
        Param::Text(v.as_str())
    }
}
impl<'a, T> From<Option<T>> for Param<'a>
where
    Param<'a>: From<T>,
{
    fn from(v: Option<T>) -> Self {
        v.map_or(Param::Null, Param::from)
    }
}

/// `params![id, name, 3]`: an array of [`Param`]s. References to ids, strings and blobs are taken as they are.
#[macro_export]
macro_rules! params {
    ($($v:expr),* $(,)?) => { [$($crate::Param::from($v)),*] };
}

/// A parameter that outlives its call: statements whose answer nobody needs wait in a queue.
#[derive(Debug, Clone)]
pub(crate) enum Owned {
    Null,
    Int(i64),
    Bool(bool),
    Text(Box<str>),
    Blob(Box<[u8]>),
}

impl Param<'_> {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Param::Null => "NULL",
            Param::Int(_) => "a number",
            Param::Bool(_) => "true or false",
            Param::Text(_) => "text",
            Param::Blob(_) => "bytes",
        }
    }
    pub(crate) fn owned(&self) -> Owned {
        match *self {
            Param::Null => Owned::Null,
            Param::Int(i) => Owned::Int(i),
            Param::Bool(b) => Owned::Bool(b),
            Param::Text(t) => Owned::Text(t.into()),
            Param::Blob(b) => Owned::Blob(b.into()),
        }
    }
}

impl Owned {
    pub(crate) fn param(&self) -> Param<'_> {
        match self {
            Owned::Null => Param::Null,
            Owned::Int(i) => Param::Int(*i),
            Owned::Bool(b) => Param::Bool(*b),
            Owned::Text(t) => Param::Text(t),
            Owned::Blob(b) => Param::Blob(b),
        }
    }
}

/// One row of an answer.
pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Pg(&'a tokio_postgres::Row),
}

/// A type one column can be read as.
pub trait Field: Sized {
    /// # Errors
    /// The engine's own, if the column is of another type.
    fn get(row: &Row<'_>, i: usize) -> Result<Self>;
}

macro_rules! field {
    ($($t:ty),*) => { $(impl Field for $t {
        fn get(row: &Row<'_>, i: usize) -> Result<Self> {
            match row {
                Row::Sqlite(r) => Ok(r.get(i)?),
                Row::Pg(r) => Ok(r.try_get(i)?),
            }
        }
    })* };
}
field!(String, bool, Vec<u8>, Option<String>, Option<Vec<u8>>, Option<bool>);

impl Field for i64 {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        Option::<i64>::get(row, i)?.ok_or(Error::Missing)
    }
}
impl Field for Option<i64> {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        match row {
            Row::Sqlite(r) => Ok(r.get(i)?),
            Row::Pg(r) => Ok(r.try_get::<_, Option<crate::pg::Whole>>(i)?.map(|w| w.0)),
        }
    }
}

macro_rules! via {
    ($($t:ty: $raw:ty => |$v:ident| $make:expr;)*) => { $(
        impl Field for $t {
            fn get(row: &Row<'_>, i: usize) -> Result<Self> {
                let $v: $raw = row.get(i)?;
                $make
            }
        }
        impl Field for Option<$t> {
            fn get(row: &Row<'_>, i: usize) -> Result<Self> {
                let found: Option<$raw> = row.get(i)?;
                found.map(|$v| $make).transpose()
            }
        }
    )* };
}
via! {
    kernel::Points: i64 => |v| Ok(kernel::Points::hundredths(v));
    kernel::BusinessDate: i64 => |v| Ok(kernel::BusinessDate::from_number(v));
    kernel::Instant: i64 => |v| Ok(kernel::Instant(v));
    kernel::OrgPath: String => |v| Ok(kernel::OrgPath::parse(&v)?);
    kernel::Quantity: String => |v| Ok(kernel::Quantity::parse(&v)?);
    [u8; 16]: Vec<u8> => |v| v.try_into().map_err(|_| Error::Missing);
    [u8; 32]: Vec<u8> => |v| v.try_into().map_err(|_| Error::Missing);
}

macro_rules! ids {
    ($($t:ident),* $(,)?) => { $(
        via! { kernel::$t: [u8; 16] => |v| Ok(kernel::$t::from_bytes(v)); }
        impl<'a> From<&'a kernel::$t> for Param<'a> {
            fn from(v: &'a kernel::$t) -> Self {
                Param::Blob(v.bytes())
            }
        }
        impl<'a> FromIterator<&'a kernel::$t> for crate::Each {
            fn from_iter<I: IntoIterator<Item = &'a kernel::$t>>(ids: I) -> Self {
                ids.into_iter().map(kernel::$t::bytes).collect()
            }
        }
    )* };
}
ids!(
    OrgId,
    AccountId,
    PostId,
    SessionId,
    MemberId,
    TermId,
    EditionId,
    SchemeId,
    CycleId,
    SheetId,
    TeamId,
    DrawId,
    ObjectionId,
    AdjustmentId,
    ProblemId,
    FileId,
    JobId,
    ImportId,
    TodoId,
    NoticeId,
    SuggestionId,
    FactId
);

impl Row<'_> {
    /// # Errors
    /// As [`Field::get`].
    pub fn get<T: Field>(&self, i: usize) -> Result<T> {
        T::get(self, i)
    }
}

/// A type one row can be read as: a single column, a struct made by [`row!`](crate::row), or two or three of these side by
/// side (a join).
pub trait FromRow: Sized {
    /// How many columns it takes.
    const WIDTH: usize;
    /// Reads it from the columns that begin at `first`.
    ///
    /// # Errors
    /// As [`Field::get`].
    fn from_columns(row: &Row<'_>, first: usize) -> Result<Self>;
    /// # Errors
    /// As [`Field::get`].
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Self::from_columns(row, 0)
    }
}

impl<T: Field> FromRow for T {
    const WIDTH: usize = 1;

    fn from_columns(row: &Row<'_>, first: usize) -> Result<Self> {
        row.get(first)
    }
}

impl<A: FromRow, B: FromRow> FromRow for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn from_columns(row: &Row<'_>, first: usize) -> Result<Self> {
        Ok((A::from_columns(row, first)?, B::from_columns(row, first + A::WIDTH)?))
    }
}

impl<A: FromRow, B: FromRow, C: FromRow> FromRow for (A, B, C) {
    const WIDTH: usize = A::WIDTH + B::WIDTH + C::WIDTH;

    fn from_columns(row: &Row<'_>, first: usize) -> Result<Self> {
        let ((a, b), c) = FromRow::from_columns(row, first)?;
        Ok((a, b, c))
    }
}

/// `row! { struct Name { a: i64, b: String } }`: fields are read in the order of the SELECT list.
#[macro_export]
macro_rules! row {
    ($($(#[$m:meta])* $v:vis struct $n:ident { $($(#[$fm:meta])* $fv:vis $f:ident : $t:ty),* $(,)? })*) => { $(
        $(#[$m])* $v struct $n { $($(#[$fm])* $fv $f: $t),* }
        impl $crate::FromRow for $n {
            const WIDTH: usize = [$(stringify!($f)),*].len();

            #[allow(unused_assignments)]
            fn from_columns(row: &$crate::Row<'_>, first: usize) -> $crate::Result<Self> {
                let mut i = first;
                $(let $f = row.get(i)?; i += 1;)*
                Ok($n { $($f),* })
            }
        }
    )* };
}

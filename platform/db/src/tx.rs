//! What a unit of work holds: statements on one connection, all inside one transaction.
use crate::value::{FromRow, without_nul};
use crate::{Chain, Error, Param, Result, Row, pg, sqlite};

/// A transaction under way. Statements are `&'static str` with places `$1`, `$2`, …, in whatever order they are bound,
/// and are prepared once per connection.
///
/// After a statement has failed the unit is lost on both engines, even if it goes on and returns `Ok`;
/// `INSERT … ON CONFLICT` is the way to try.
pub struct Tx<'a>(pub(crate) Inner<'a>);

pub(crate) enum Inner<'a> {
    Sqlite(&'a mut sqlite::Conn),
    Pg(pg::Work<'a>),
}

impl Tx<'_> {
    /// All rows.
    ///
    /// # Errors
    /// The engine's; `text-nul` for a text with U+0000; [`Error::Missing`] if a column does not hold what its type allows.
    pub async fn all<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<T>> {
        without_nul(params)?;
        let mut list = Vec::new();
        match &mut self.0 {
            Inner::Sqlite(conn) => conn.each(sql, params, &mut |row| {
                list.push(T::from_row(row)?);
                Ok(())
            })?,
            Inner::Pg(work) => {
                for row in work.query(sql, params).await? {
                    list.push(T::from_row(&Row::Pg(&row))?);
                }
            }
        }
        Ok(list)
    }
    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn opt<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Option<T>> {
        Ok(self.all(sql, params).await?.into_iter().next())
    }
    /// The first row.
    ///
    /// # Errors
    /// As [`Tx::all`]; [`Error::Missing`] if there is none, which becomes a 404.
    pub async fn one<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<T> {
        self.opt(sql, params).await?.ok_or(Error::Missing)
    }
    /// How many rows were changed.
    ///
    /// # Errors
    /// The engine's.
    pub async fn exec(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<u64> {
        without_nul(params)?;
        match &mut self.0 {
            Inner::Sqlite(conn) => conn.exec(sql, params),
            Inner::Pg(work) => work.exec(sql, params).await,
        }
    }
    /// A statement whose answer nobody waits for: on PostgreSQL it leaves at once and its answer is looked at before
    /// the commit; later statements of the unit see what it did. If it fails, so does the unit.
    ///
    /// # Errors
    /// The engine's, as far as it is known at once.
    pub async fn later(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<()> {
        without_nul(params)?;
        match &mut self.0 {
            Inner::Sqlite(conn) => conn.exec(sql, params).map(drop),
            Inner::Pg(work) => work.later(sql, params).await,
        }
    }
    /// The chain of events this connection writes; taken back if the unit fails.
    pub fn chain(&mut self) -> Chain<'_> {
        match &mut self.0 {
            Inner::Sqlite(conn) => Chain(&mut conn.chain),
            Inner::Pg(work) => Chain(&mut work.session.chain),
        }
    }
    /// For tests and logs; a slice that asks this has found a difference that belongs into this crate.
    pub fn is_pg(&self) -> bool {
        matches!(self.0, Inner::Pg(_))
    }
}

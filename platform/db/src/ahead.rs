//! Reads that are asked for before they are needed: on PostgreSQL several of them take one way to the server and back.
use crate::value::{FromRow, without_nul};
use crate::{Inner, Param, Result, Row, Tx, pg};

/// Rows that were asked for; [`Ahead::rows`] waits for them.
pub struct Ahead<T>(Asked<T>);

enum Asked<T> {
    /// SQLite has nobody to wait for.
    Known(Vec<T>),
    Sent(pg::Rows),
}

impl<T: FromRow> Ahead<T> {
    /// The rows as they were when they were asked for; what the unit has written since is not among them.
    ///
    /// # Errors
    /// As [`Tx::all`].
    pub async fn rows(self, tx: &mut Tx<'_>) -> Result<Vec<T>> {
        match (self.0, &mut tx.0) {
            (Asked::Known(list), _) => Ok(list),
            (Asked::Sent(rows), Inner::Pg(work)) => work.answer(rows).await?.iter().map(|row| T::from_row(&Row::Pg(row))).collect(),
            (Asked::Sent(_), Inner::Sqlite(_)) => Err(crate::Error::Foreign),
        }
    }
}

impl Tx<'_> {
    /// Asks for all rows of a SELECT whose parameters are known already, and does not wait for them.
    ///
    /// # Errors
    /// As [`Tx::all`], as far as it is known at once.
    pub async fn ahead<T: FromRow>(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Ahead<T>> {
        Ok(Ahead(match &mut self.0 {
            Inner::Sqlite(_) => Asked::Known(self.all(sql, params).await?),
            Inner::Pg(work) => {
                without_nul(params)?;
                Asked::Sent(work.ahead(sql, params).await?)
            }
        }))
    }
}

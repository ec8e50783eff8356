//! A transaction under way on one connection: BEGIN travels with the first statement, and statements whose answer
//! nobody needs travel without being waited for.
use super::session::{Session, bound};
use crate::{Error, Param, Result, value::Owned};
use futures_util::{
    StreamExt,
    future::{BoxFuture, FutureExt},
    stream::FuturesOrdered,
};
use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::oneshot;
use tokio_postgres::Client;

/// Rows that are on their way.
pub(crate) struct Rows(oneshot::Receiver<Vec<tokio_postgres::Row>>);

pub(crate) struct Work<'a> {
    pub(crate) session: &'a mut Session,
    /// Still to be sent, before the first statement.
    begin: Option<&'static str>,
    /// On their way. Whatever is waited for meanwhile, their answers are taken as they arrive: the connection holds two
    /// pieces of an unread answer at most, and then nobody behind it gets theirs.
    sent: FuturesOrdered<BoxFuture<'static, Result<()>>>,
    /// The first of them that failed is the one that made all after it fail.
    broken: Option<Error>,
    /// The running unit has sent something that may have written.
    pub(crate) wrote: bool,
    /// A statement failed: PostgreSQL has given the transaction up and answers COMMIT with a silent ROLLBACK.
    pub(crate) failed: bool,
}

impl<'a> Work<'a> {
    pub fn new(session: &'a mut Session, begin: &'static str) -> Work<'a> {
        Work { session, begin: Some(begin), sent: FuturesOrdered::new(), broken: None, wrote: false, failed: false }
    }
    pub fn client(&self) -> Arc<Client> {
        self.session.client.clone()
    }
    /// Whether anything was sent at all.
    pub fn is_open(&self) -> bool {
        self.begin.is_none()
    }

    /// This and the next two in boxes, so that no caller's own future holds the exchange with the server in it.
    pub fn query<'w>(&'w mut self, sql: &'static str, params: &'w [Param<'w>]) -> BoxFuture<'w, Result<Vec<tokio_postgres::Row>>> {
        Box::pin(async move {
            let statement = self.start(sql).await?;
            // An INSERT … RETURNING comes this way too.
            self.wrote |= !sql.trim_start().starts_with("SELECT");
            let (client, params) = (self.client(), bound(params));
            let end = self.beside(client.query(&statement, &params)).await;
            end.map_err(|e| self.fail(e.into()))
        })
    }
    pub fn exec<'w>(&'w mut self, sql: &'static str, params: &'w [Param<'w>]) -> BoxFuture<'w, Result<u64>> {
        Box::pin(async move {
            let statement = self.start(sql).await?;
            self.wrote = true;
            let (client, params) = (self.client(), bound(params));
            let end = self.beside(client.execute(&statement, &params)).await;
            end.map_err(|e| self.fail(e.into()))
        })
    }
    pub fn later<'w>(&'w mut self, sql: &'static str, params: &'w [Param<'w>]) -> BoxFuture<'w, Result<()>> {
        Box::pin(async move {
            let statement = self.start(sql).await?;
            self.wrote = true;
            let (client, owned) = (self.client(), params.iter().map(Param::owned).collect::<Vec<_>>());
            let send = async move {
                let params: Vec<Param<'_>> = owned.iter().map(Owned::param).collect();
                Ok(client.execute(&statement, &bound(&params)).await.map(drop)?)
            };
            self.send(Box::pin(send)).await
        })
    }

    /// Sends a SELECT and lets the unit go on; [`Work::answer`] takes its rows.
    pub fn ahead<'w>(&'w mut self, sql: &'static str, params: &'w [Param<'w>]) -> BoxFuture<'w, Result<Rows>> {
        Box::pin(async move {
            let statement = self.start(sql).await?;
            let (client, owned) = (self.client(), params.iter().map(Param::owned).collect::<Vec<_>>());
            let (there, rows) = oneshot::channel();
            let send = async move {
                let params: Vec<Param<'_>> = owned.iter().map(Owned::param).collect();
                let _ = there.send(client.query(&statement, &bound(&params)).await?);
                Ok(())
            };
            self.send(Box::pin(send)).await?;
            Ok(Rows(rows))
        })
    }
    /// The rows of a statement that was sent ahead.
    ///
    /// # Errors
    /// What it, or a statement before it, failed with.
    pub fn answer(&mut self, rows: Rows) -> BoxFuture<'_, Result<Vec<tokio_postgres::Row>>> {
        Box::pin(async move {
            match self.beside(rows.0).await {
                Ok(rows) => Ok(rows),
                Err(_) => Err(self.settle().await.err().unwrap_or(Error::Closed)),
            }
        })
    }

    async fn start(&mut self, sql: &'static str) -> Result<tokio_postgres::Statement> {
        let statement = match self.session.known(sql) {
            Some(statement) => statement,
            None => self.prepare(sql).await?,
        };
        if let Some(begin) = self.begin.take() {
            let client = self.client();
            self.send(Box::pin(async move { Ok(client.batch_execute(begin).await?) })).await?;
        }
        Ok(statement)
    }
    async fn prepare(&mut self, sql: &'static str) -> Result<tokio_postgres::Statement> {
        let client = self.client();
        match self.beside(Session::prepare(&client, sql)).await {
            Ok(statement) => Ok(self.session.keep(sql, statement)),
            Err(e) => Err(self.fail(e)),
        }
    }
    /// The first poll puts the message on the wire; the answer is taken while others are waited for, or by [`Work::settle`].
    async fn send(&mut self, mut statement: BoxFuture<'static, Result<()>>) -> Result<()> {
        match std::future::poll_fn(|cx| Poll::Ready(statement.poll_unpin(cx))).await {
            Poll::Pending => self.sent.push_back(statement),
            Poll::Ready(end) => end.map_err(|e| self.fail(e))?,
        }
        Ok(())
    }
    /// Waits for something, and takes the answers of what is on its way.
    async fn beside<T>(&mut self, wanted: impl Future<Output = T>) -> T {
        let mut wanted = pin!(wanted);
        std::future::poll_fn(|cx| {
            let _ = self.take_answers(cx);
            wanted.as_mut().poll(cx)
        })
        .await
    }
    fn take_answers(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(end) = std::task::ready!(self.sent.poll_next_unpin(cx)) {
            self.broken = self.broken.take().or(end.err());
        }
        Poll::Ready(())
    }
    fn fail(&mut self, e: Error) -> Error {
        self.failed = true;
        self.session.forget(&e);
        e
    }

    /// Waits for everything on its way.
    ///
    /// # Errors
    /// The first that failed.
    pub async fn settle(&mut self) -> Result<()> {
        std::future::poll_fn(|cx| self.take_answers(cx)).await;
        match self.broken.take() {
            Some(e) => Err(self.fail(e)),
            None => Ok(()),
        }
    }
    /// Sends COMMIT behind everything else and waits for all answers at once.
    ///
    /// # Errors
    /// The first of the statements' or the commit's own; the transaction is then rolled back, unless the connection is lost.
    pub async fn finish(mut self) -> Result<()> {
        if !self.is_open() {
            return Ok(());
        }
        let client = self.client();
        let (settled, end) = futures_util::future::join(self.settle(), client.batch_execute("COMMIT")).await;
        settled?;
        Ok(end?)
    }
}

//! One connection: how it is made, what it proves, its prepared statements and its segment of the chain.
use super::tls;
use crate::{Error, Param, Result, chain::Segment, config::PgConfig, dialect::Engine, planted::Defect, statement::statement};
use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use std::{collections::HashMap, sync::Arc};
use tokio_postgres::{Client, NoTls, Statement, types::ToSql};
use tokio_postgres_rustls::MakeRustlsConnect;

/// An acknowledged commit is on the disk, whatever the server's default is; a stronger setting stays.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

pub(crate) struct Session {
    pub(crate) client: Arc<Client>,
    statements: HashMap<&'static str, Statement>,
    pub(crate) chain: Option<Segment>,
}

impl Session {
    /// Prepared on this connection before.
    pub fn known(&self, sql: &'static str) -> Option<Statement> {
        self.statements.get(sql).cloned()
    }
    pub async fn prepare(client: &Client, sql: &'static str) -> Result<Statement> {
        Ok(client.prepare(&statement(sql, Engine::Pg)).await?)
    }
    pub fn keep(&mut self, sql: &'static str, statement: Statement) -> Statement {
        self.statements.insert(sql, statement.clone());
        statement
    }
    /// Outside any transaction.
    pub async fn query(&mut self, sql: &'static str, params: &[Param<'_>]) -> Result<Vec<tokio_postgres::Row>> {
        let statement = match self.known(sql) {
            Some(statement) => statement,
            None => {
                let statement = Self::prepare(&self.client, sql).await?;
                self.keep(sql, statement)
            }
        };
        let end = self.client.query(&statement, &bound(params)).await.map_err(Error::from);
        end.inspect_err(|e| self.forget(e))
    }
    /// After a migration the server refuses what was prepared before it.
    pub fn forget(&mut self, e: &Error) {
        if e.is_stale() {
            self.statements.clear();
        }
    }
    /// # Errors
    /// `database-encoding` unless the database keeps UTF-8.
    pub async fn prove(&self) -> Result<()> {
        let row = self.client.query_one("SELECT current_setting('server_encoding'), current_setting('fsync')", &[]).await?;
        let (encoding, fsync): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        if fsync != "on" {
            tracing::warn!("this PostgreSQL runs with fsync=off: a power cut loses acknowledged writes");
        }
        if encoding == "UTF8" { Ok(()) } else { Err(kernel::Error::invalid("database-encoding").with("encoding", encoding).into()) }
    }
}

/// Parameters as the client library wants them.
pub(super) fn bound<'p>(params: &'p [Param<'p>]) -> Vec<&'p (dyn ToSql + Sync)> {
    params.iter().map(|p| p as _).collect()
}

#[derive(Clone)]
pub(crate) struct Open {
    config: tokio_postgres::Config,
    tls: Option<MakeRustlsConnect>,
}

impl Open {
    pub fn new(config: &PgConfig) -> Result<Open> {
        let tls = config.tls.as_ref().map(|root| tls::connector(root.as_deref())).transpose()?;
        Ok(Open { config: config.client.clone(), tls })
    }
}

impl Manager for Open {
    type Type = Session;
    type Error = Error;

    async fn create(&self) -> Result<Session> {
        let client = match &self.tls {
            Some(tls) => {
                let (client, driver) = self.config.connect(tls.clone()).await?;
                tokio::spawn(driver);
                client
            }
            None => {
                let (client, driver) = self.config.connect(NoTls).await?;
                tokio::spawn(driver);
                client
            }
        };
        client.batch_execute(if Defect::CommitOff.is_on() { "SET synchronous_commit = off" } else { DURABLE }).await?;
        Ok(Session { client: Arc::new(client), statements: HashMap::new(), chain: None })
    }
    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<Error> {
        if session.client.is_closed() { Err(RecycleError::message("closed")) } else { Ok(()) }
    }
}

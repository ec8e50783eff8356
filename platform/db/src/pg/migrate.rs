//! Migrating PostgreSQL: one transaction, under a lock that every process takes first.
use super::session::Session;
use crate::{Migration, Result, dialect, dialect::Engine, migrate, planted::Defect};

/// Advisory locks are numbers; this one is ours in its database.
const LOCK: &str = "BEGIN; SELECT pg_advisory_xact_lock(4705521013)";

/// A transaction in which nobody else migrates.
pub(crate) async fn begin_alone(session: &Session) -> Result<()> {
    Ok(session.client.batch_execute(LOCK).await?)
}

/// A failure leaves nothing: the connection is dropped with its transaction.
pub(super) async fn run(session: &Session, list: &[Migration]) -> Result<()> {
    begin_alone(session).await?;
    bring(session, list).await?;
    Ok(session.client.batch_execute("COMMIT").await?)
}

/// All that is missing, inside the transaction that is under way.
pub(crate) async fn bring(session: &Session, list: &[Migration]) -> Result<()> {
    let client = &session.client;
    client.batch_execute(&dialect::translate(migrate::TABLE, Engine::Pg)?).await?;
    let rows = client.query("SELECT name FROM migration", &[]).await?;
    let done = rows.iter().map(|r| r.try_get(0)).collect::<std::result::Result<_, _>>()?;
    for (name, sql) in migrate::missing(list, &done, Engine::Pg)? {
        client.batch_execute(&sql).await.map_err(|e| migrate::failed(name, &e.into()))?;
        if Defect::MigrateApart.is_on() {
            client.batch_execute("COMMIT; BEGIN").await?;
        }
        client.execute("INSERT INTO migration (name) VALUES ($1)", &[&name]).await?;
    }
    Ok(())
}

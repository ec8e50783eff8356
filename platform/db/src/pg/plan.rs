//! How the server would run a statement, for tests that forbid full scans.
use super::session::Session;
use crate::{Result, dialect::Engine, statement};
use tokio_postgres::SimpleQueryMessage;

/// A test's tables are too small for an index to pay, so scans are made dear: one that remains has no index to use.
pub(super) async fn of(session: &Session, sql: &str) -> Result<Vec<String>> {
    let (client, text) = (&session.client, statement::statement(sql, Engine::Pg));
    let places = client.prepare(&text).await?.params().len();
    client.batch_execute(&format!("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE asked AS {text}")).await?;
    let values = if places == 0 { String::new() } else { format!("({})", vec!["NULL"; places].join(", ")) };
    let lines = client.simple_query(&format!("EXPLAIN (COSTS OFF) EXECUTE asked{values}")).await?;
    Ok(lines.into_iter().filter_map(|m| if let SimpleQueryMessage::Row(row) = m { row.get(0).map(Into::into) } else { None }).collect())
}

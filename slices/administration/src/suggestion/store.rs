//! The SQL of suggestions. What was written is sealed: people name people.
use db::{Result, Tx, params};
use kernel::{Instant, OrgId, SuggestionId};

db::row! {
    #[derive(Clone)]
    pub struct Suggestion {
        pub id: SuggestionId,
        pub org: OrgId,
        pub body: Vec<u8>,
        pub contact: Option<Vec<u8>>,
        pub created: Instant,
        pub closed: Option<Instant>,
        pub closed_by: Option<String>,
        pub answer: Option<String>,
    }
}

pub async fn insert(tx: &mut Tx<'_>, s: &Suggestion) -> Result<()> {
    tx.exec(
        "INSERT INTO suggestion (id, org, body, contact, created, closed, closed_by, answer) VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL)",
        &params![&s.id, &s.org, &s.body, s.contact.as_ref(), s.created],
    )
    .await?;
    Ok(())
}

pub async fn one(tx: &mut Tx<'_>, id: SuggestionId) -> Result<Suggestion> {
    let sql = "SELECT id, org, body, contact, created, closed, closed_by, answer FROM suggestion WHERE id = $1";
    tx.one(sql, &params![&id]).await
}

/// The newest first, older than `before`.
pub async fn of(tx: &mut Tx<'_>, org: OrgId, before: SuggestionId, limit: i64) -> Result<Vec<Suggestion>> {
    let sql = "SELECT id, org, body, contact, created, closed, closed_by, answer FROM suggestion
         WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    tx.all(sql, &params![&org, &before, limit]).await
}

/// Answers whether it was open.
pub async fn close(tx: &mut Tx<'_>, id: SuggestionId, by: &str, answer: &str, at: Instant) -> Result<bool> {
    let sql = "UPDATE suggestion SET closed = $2, closed_by = $3, answer = $4 WHERE id = $1 AND closed IS NULL";
    Ok(tx.exec(sql, &params![&id, at, by, answer]).await? == 1)
}

/// Counts one more for a browser on a day and answers how many it has sent, and how many all have. Nothing joins
/// this table to what was written; yesterday's counts go.
pub async fn count(tx: &mut Tx<'_>, day: i64, device: &[u8; 32]) -> Result<(i64, i64)> {
    tx.exec("DELETE FROM suggestion_rate WHERE day < $1", &params![day]).await?;
    let own: i64 = tx
        .one(
            "INSERT INTO suggestion_rate (day, device, n) VALUES ($1, $2, 1)
             ON CONFLICT (day, device) DO UPDATE SET n = suggestion_rate.n + 1 RETURNING n",
            &params![day, device],
        )
        .await?;
    let all: i64 = tx.one("SELECT CAST(SUM(n) AS BIGINT) FROM suggestion_rate WHERE day = $1", &params![day]).await?;
    Ok((own, all))
}

//! The SQL of confirmations.
use super::{Asking, Confirmation, State};
use crate::problem::By;
use db::{Field, Result, Row, Tx, params};
use kernel::OrgId;

impl Field for State {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        let name: String = row.get(i)?;
        Ok(State::parse(&name)?)
    }
}

/// The columns of [`Confirmation`], in its order.
macro_rules! columns {
    () => {
        concat!(
            "c.org, c.board, c.no, c.org_code, ",
            organisations::name_of!("c.org"),
            ", c.year, c.path, c.href, c.state, c.asked, c.by_name, c.confirmed, c.at, c.ended"
        )
    };
}
pub(super) use columns;

/// A branch's, the newest year first; the caller has checked that it is within reach.
///
/// # Errors
/// The engine's own.
pub async fn of_org(tx: &mut Tx<'_>, org: OrgId) -> Result<Vec<Confirmation>> {
    let sql = concat!("SELECT ", columns!(), " FROM confirmation c WHERE c.org = $1 ORDER BY c.year DESC, c.board, c.no DESC");
    tx.all(sql, &params![&org]).await
}

/// A branch's on a board, newest first.
///
/// # Errors
/// The engine's own.
pub async fn of_branch(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<Vec<Confirmation>> {
    let sql = concat!("SELECT ", columns!(), " FROM confirmation c WHERE c.org = $1 AND c.board = $2 ORDER BY c.no DESC");
    tx.all(sql, &params![&org, board]).await
}

/// The one that counts, asked or confirmed.
///
/// # Errors
/// The engine's own.
pub async fn standing(tx: &mut Tx<'_>, board: &str, org: OrgId) -> Result<Option<Confirmation>> {
    Ok(of_branch(tx, board, org).await?.into_iter().find(|c| c.ended.is_none()))
}

/// All of a board that count, for a recount.
///
/// # Errors
/// The engine's own.
pub(crate) async fn of_board(tx: &mut Tx<'_>, board: &str) -> Result<Vec<Confirmation>> {
    let sql = concat!("SELECT ", columns!(), " FROM confirmation c WHERE c.board = $1 AND c.ended IS NULL");
    tx.all(sql, &params![board]).await
}

/// # Errors
/// The engine's own.
pub(super) async fn insert(tx: &mut Tx<'_>, a: &Asking, who: &By) -> Result<()> {
    let no: i64 = tx.one("SELECT COUNT(*) + 1 FROM confirmation WHERE org = $1 AND board = $2", &params![&a.org, &a.board]).await?;
    tx.exec(
        "INSERT INTO confirmation (org, board, no, org_code, year, path, href, state, asked, by_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')",
        &params![&a.org, &a.board, no, &a.org_code, a.year, &a.path, &a.href, State::Waiting.name(), who.day],
    )
    .await
    .map(drop)
}

/// Answers whether it still waited.
///
/// # Errors
/// The engine's own.
pub(super) async fn say(tx: &mut Tx<'_>, c: &Confirmation, who: &By) -> Result<bool> {
    let n = tx
        .exec(
            "UPDATE confirmation SET state = $4, account = $5, by_name = $6, confirmed = $7, at = $8
             WHERE org = $1 AND board = $2 AND no = $3 AND state = 'waiting'",
            &params![&c.org, &c.board, c.no, State::Confirmed.name(), who.account.as_ref(), &who.name, who.day, who.at],
        )
        .await?;
    Ok(n == 1)
}

/// # Errors
/// The engine's own.
pub(super) async fn end(tx: &mut Tx<'_>, c: &Confirmation, who: &By) -> Result<()> {
    let sql = "UPDATE confirmation SET state = $4, ended = $5 WHERE org = $1 AND board = $2 AND no = $3 AND ended IS NULL";
    tx.exec(sql, &params![&c.org, &c.board, c.no, c.state.overtaken().name(), who.day]).await.map(drop)
}

//! The relation that lets an inspector at a sheet: their team has been given it.
use db::{Result, Tx, params};
use kernel::{AccountId, Error, SheetId};
use scoring::Layer;

/// The names of the team, if `account` belongs to the one that inspects this sheet in this layer.
///
/// # Errors
/// `outside-scope` (shown as not found) for everybody else.
pub async fn team(tx: &mut Tx<'_>, account: AccountId, sheet: SheetId, layer: Layer) -> Result<Vec<String>> {
    let mine: Vec<Vec<u8>> = tx
        .all(
            "SELECT a.team FROM assignment a JOIN team_member m ON m.team = a.team AND m.account = $3 WHERE a.sheet = $1 AND a.layer = $2",
            &params![&sheet, layer.name(), &account],
        )
        .await?;
    let Some(team) = mine.first() else { return Err(Error { key: "outside-scope", ..Error::not_found() }.into()) };
    tx.all("SELECT name FROM team_member WHERE team = $1 ORDER BY name", &params![team]).await
}

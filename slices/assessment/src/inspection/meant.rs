//! The team that somebody means: chosen from a few, or named where there are too many to choose from.
use super::store::{Team, team};
use db::{Result, Tx, params};
use kernel::{CycleId, TeamId};
use scoring::Layer;
use web::Meant;

/// From more than this nobody chooses.
pub const FEW: usize = 50;

/// By the id that a choice sends, by name, or by a part of the name.
///
/// # Errors
/// The engine's own.
pub async fn meant(tx: &mut Tx<'_>, cycle: CycleId, layer: Layer, typed: &str, chosen: &str) -> Result<Meant<Team>> {
    for text in [chosen, typed] {
        if let Ok(id) = TeamId::parse(text)
            && let Some(team) = team(tx, cycle, id).await?.filter(|t| t.layer == layer.name())
        {
            return Ok(Meant::One(team));
        }
    }
    let sql = "SELECT id, layer, name FROM team WHERE cycle = $1 AND layer = $2 AND REPLACE(name, $3, '') <> name
         ORDER BY CASE WHEN name = $3 THEN 0 ELSE 1 END, id LIMIT $4";
    let mut found: Vec<Team> = tx.all(sql, &params![&cycle, layer.name(), typed, FEW as i64 + 1]).await?;
    Ok(match found.len() {
        0 => Meant::Nothing,
        n if n == 1 || found.first().is_some_and(|team| team.name == typed) => Meant::One(found.swap_remove(0)),
        n if n > FEW => Meant::Many,
        _ => Meant::Several(found),
    })
}

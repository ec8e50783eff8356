//! The SQL of draws.
use super::Announced;
use db::{Result, Tx, params};
use kernel::{AccountId, CycleId, DrawId, Error, Instant, SheetId, TeamId};
use scoring::Layer;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Draw {
        pub id: DrawId, pub cycle: CycleId, pub kind: String, pub candidates: String, pub hash: String, settings: String, pub published_by: AccountId,
        pub published_name: String, pub published_at: Instant, pub number: Option<String>, pub number_name: Option<String>,
        pub number_at: Option<Instant>, pub result: Option<String>, pub reason: String, pub team: TeamId, pub replaces: Option<DrawId>,
    }
}

/// Of branches to be re-checked.
pub const RECHECK: &str = "recheck";
/// Of teams of inspectors.
pub const TEAMS: &str = "teams";

impl Draw {
    /// A ratio, or layer, number of teams and size.
    pub fn settings(&self) -> &str {
        &self.settings
    }
    /// The result's lines: codes, or teams.
    pub fn drawn(&self) -> Vec<&str> {
        self.result.as_deref().unwrap_or_default().lines().collect()
    }
    pub fn of_teams(&self) -> bool {
        self.kind == TEAMS
    }
    /// The layer in which what is drawn inspects, or is inspected.
    pub fn layer(&self) -> Layer {
        layer(&self.kind, &self.settings)
    }
}

fn layer(kind: &str, settings: &str) -> Layer {
    let of_teams = settings.split(' ').next().filter(|_| kind == TEAMS);
    of_teams.and_then(|layer| Layer::parse(layer).ok()).unwrap_or(Layer::Recheck)
}

/// Codes of the branches whose acceptance has been handed in, in path order.
///
/// # Errors
/// The engine's own.
pub async fn candidates(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<String>> {
    tx.all("SELECT code FROM sheet WHERE cycle = $1 AND acceptance_state = 'submitted' ORDER BY code", &params![&cycle]).await
}

/// The newest draw of the same: of branches, or of the teams of the same layer. Teams of acceptance and of the re-check are
/// drawn beside each other.
///
/// # Errors
/// The engine's own.
pub(super) async fn earlier(tx: &mut Tx<'_>, cycle: CycleId, a: &Announced) -> Result<Option<DrawId>> {
    db::row! { struct Line { id: DrawId, settings: String } }
    let sql = "SELECT id, settings FROM draw WHERE cycle = $1 AND kind = $2 ORDER BY published_at DESC";
    let all: Vec<Line> = tx.all(sql, &params![&cycle, a.kind]).await?;
    let same = layer(a.kind, &a.settings);
    Ok(all.into_iter().find(|d| layer(a.kind, &d.settings) == same).map(|d| d.id))
}

/// # Errors
/// The engine's own.
pub(super) async fn insert(tx: &mut Tx<'_>, cycle: CycleId, a: &Announced, hash: &str, replaces: Option<DrawId>) -> Result<()> {
    let (account, name) = &a.by;
    tx.exec(
        "INSERT INTO draw (id, cycle, kind, candidates, hash, settings, published_by, published_name, published_at, replaces, reason, team)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &params![&a.id, &cycle, a.kind, &a.candidates, hash, &a.settings, account, name, a.at, replaces.as_ref(), &a.reason, &a.team],
    )
    .await?;
    Ok(())
}

/// # Errors
/// `not-found` if there is no such draw.
pub async fn one(tx: &mut Tx<'_>, id: DrawId) -> Result<Draw> {
    tx.one(
        "SELECT id, cycle, kind, candidates, hash, settings, published_by, published_name, published_at, number, number_name, number_at, result, reason, team, replaces
         FROM draw WHERE id = $1",
        &params![&id],
    )
    .await
}

/// All draws of a cycle, newest first; an earlier one stays beside the one that replaced it.
///
/// # Errors
/// The engine's own.
pub async fn of_cycle(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<Draw>> {
    tx.all(
        "SELECT id, cycle, kind, candidates, hash, settings, published_by, published_name, published_at, number, number_name, number_at, result, reason, team, replaces
         FROM draw WHERE cycle = $1 ORDER BY published_at DESC",
        &params![&cycle],
    )
    .await
}

/// Whether branches to be re-checked were ever drawn, or a list of them published.
///
/// # Errors
/// The engine's own.
pub async fn of_branches(tx: &mut Tx<'_>, cycle: CycleId) -> Result<bool> {
    let one: Option<DrawId> = tx.opt("SELECT id FROM draw WHERE cycle = $1 AND kind = $2 LIMIT 1", &params![&cycle, RECHECK]).await?;
    Ok(one.is_some())
}

/// Lists that were published and wait for their number.
///
/// # Errors
/// The engine's own.
pub async fn waiting(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<Draw>> {
    let all = of_cycle(tx, cycle).await?;
    let replaced: Vec<DrawId> = all.iter().filter_map(|d| d.replaces).collect();
    Ok(all.into_iter().filter(|d| d.number.is_none() && !replaced.contains(&d.id)).collect())
}

/// Whether the list was published anew; its record stays, and nothing is drawn from it any more.
///
/// # Errors
/// The engine's own.
pub(super) async fn is_replaced(tx: &mut Tx<'_>, draw: &Draw) -> Result<bool> {
    let by: Option<DrawId> = tx.opt("SELECT id FROM draw WHERE cycle = $1 AND replaces = $2", &params![&draw.cycle, &draw.id]).await?;
    Ok(by.is_some())
}

/// # Errors
/// `draw-done` if somebody was quicker.
pub async fn finish(tx: &mut Tx<'_>, id: DrawId, number: &str, account: AccountId, name: &str, result: &str, at: Instant) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE draw SET number = $2, number_by = $3, number_name = $4, number_at = $5, result = $6 WHERE id = $1 AND number IS NULL",
            &params![&id, number, &account, name, at, result],
        )
        .await?;
    if n == 1 { Ok(()) } else { Err(Error::conflict("draw-done").into()) }
}

/// A branch is to be re-checked, whoever does it.
///
/// # Errors
/// The engine's own.
pub(super) async fn keep_drawn(tx: &mut Tx<'_>, cycle: CycleId, sheet: SheetId) -> Result<()> {
    tx.later("INSERT INTO drawn (cycle, sheet) VALUES ($1, $2) ON CONFLICT DO NOTHING", &params![&cycle, &sheet]).await
}

/// A branch is not to be re-checked any more.
///
/// # Errors
/// The engine's own.
pub(super) async fn take_back(tx: &mut Tx<'_>, cycle: CycleId, sheet: SheetId) -> Result<()> {
    tx.later("DELETE FROM drawn WHERE cycle = $1 AND sheet = $2", &params![&cycle, &sheet]).await?;
    tx.later("DELETE FROM assignment WHERE sheet = $1 AND layer = 'recheck'", &params![&sheet]).await
}

//! The SQL of draws.
use db::{Result, Tx, params};
use kernel::{AccountId, CycleId, DrawId, Error, Instant, Quantity, TeamId};

db::row! {
    #[derive(Clone, Debug)]
    pub struct Draw {
        pub id: DrawId, pub cycle: CycleId, pub candidates: String, pub hash: String, settings: String, pub published_by: AccountId,
        pub published_name: String, pub published_at: Instant, pub number: Option<String>, pub number_name: Option<String>,
        pub number_at: Option<Instant>, pub result: Option<String>, pub reason: String, pub team: TeamId,
    }
}

impl Draw {
    /// # Errors
    /// `quantity-format` if the stored ratio is none.
    pub fn ratio(&self) -> kernel::Result<Quantity> {
        Quantity::parse(&self.settings)
    }
    pub fn drawn(&self) -> Vec<&str> {
        self.result.as_deref().unwrap_or_default().lines().collect()
    }
}

pub struct NewDraw {
    pub id: DrawId,
    pub cycle: CycleId,
    pub candidates: String,
    pub hash: String,
    pub ratio: Quantity,
    pub team: TeamId,
    pub account: AccountId,
    pub name: String,
    pub at: Instant,
    pub replaces: Option<DrawId>,
    pub reason: String,
}

/// Codes of the branches whose acceptance has been handed in, in path order.
///
/// # Errors
/// The engine's own.
pub async fn candidates(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Vec<String>> {
    tx.all("SELECT code FROM sheet WHERE cycle = $1 AND acceptance_state = 'submitted' ORDER BY code", &params![&cycle]).await
}

/// # Errors
/// The engine's own.
pub async fn latest(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Option<DrawId>> {
    tx.opt("SELECT id FROM draw WHERE cycle = $1 ORDER BY published_at DESC LIMIT 1", &params![&cycle]).await
}

/// # Errors
/// The engine's own.
pub async fn insert(tx: &mut Tx<'_>, d: &NewDraw) -> Result<()> {
    tx.exec(
        "INSERT INTO draw (id, cycle, kind, candidates, hash, settings, published_by, published_name, published_at, replaces, reason, team)
         VALUES ($1, $2, 'recheck', $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &params![
            &d.id,
            &d.cycle,
            &d.candidates,
            &d.hash,
            &d.ratio.to_string(),
            &d.account,
            &d.name,
            d.at,
            d.replaces.as_ref(),
            &d.reason,
            &d.team
        ],
    )
    .await?;
    Ok(())
}

/// # Errors
/// `not-found` if there is no such draw.
pub async fn one(tx: &mut Tx<'_>, id: DrawId) -> Result<Draw> {
    tx.one(
        "SELECT id, cycle, candidates, hash, settings, published_by, published_name, published_at, number, number_name, number_at, result, reason, team
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
        "SELECT id, cycle, candidates, hash, settings, published_by, published_name, published_at, number, number_name, number_at, result, reason, team
         FROM draw WHERE cycle = $1 ORDER BY published_at DESC",
        &params![&cycle],
    )
    .await
}

/// # Errors
/// `draw-done` if somebody was quicker.
pub async fn finish(
    tx: &mut Tx<'_>,
    id: DrawId,
    number: &str,
    account: AccountId,
    name: &str,
    drawn: &[String],
    at: Instant,
) -> Result<()> {
    let n = tx
        .exec(
            "UPDATE draw SET number = $2, number_by = $3, number_name = $4, number_at = $5, result = $6 WHERE id = $1 AND number IS NULL",
            &params![&id, number, &account, name, at, &drawn.join("\n")],
        )
        .await?;
    if n == 1 { Ok(()) } else { Err(Error::conflict("draw-done").into()) }
}

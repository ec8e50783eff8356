//! How many branches of a place have each star: kept when a result is made final, and by each correction since.
use super::Asking;
use db::Db;
use kernel::{CycleId, OrgPath, Result};

/// A star with its branches.
pub struct Star {
    pub level: u8,
    pub branches: i64,
}

impl Star {
    /// Its branches in the ledger.
    pub fn rows(&self, cycle: &CycleId) -> String {
        format!("/ledger?cycle={cycle}&star={}", self.level)
    }
}

/// Of the reader's places together, the highest first.
///
/// # Errors
/// The engine's own.
pub async fn stars(db: &Db, asking: &Asking, tops: &[OrgPath]) -> Result<Vec<Star>> {
    let mut all: Vec<Star> = asking.stars.iter().map(|level| Star { level: *level, branches: 0 }).collect();
    let metrics: Vec<String> = asking.stars.iter().map(|level| format!("star:{level}")).collect();
    let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
    for top in tops {
        let kept = figures::of(db, &asking.board, top, &names).await?;
        all.iter_mut().zip(kept).for_each(|(star, n)| star.branches += n);
    }
    Ok(all)
}

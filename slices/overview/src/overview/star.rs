//! How many branches of a place have each star: in a running year by itself, as results change; in a finished one what was made
//! final, and each correction since. In 公示 the quotas have been taken into account, and its own list says how it stands.
use super::Asking;
use assessment::cycle::Cycle;
use assessment::cycle::phase::Phase;
use assessment::sheet::counted::by_itself;
use db::Db;
use kernel::{OrgPath, Result};

/// A star with its branches.
pub struct Star {
    pub level: u8,
    pub branches: i64,
    /// The list of them.
    pub rows: String,
}

/// Of the reader's places together, the highest first; none before any branch has one.
///
/// # Errors
/// The engine's own.
pub async fn stars(db: &Db, asking: &Asking, cycle: &Cycle, tops: &[OrgPath]) -> Result<Vec<Star>> {
    if cycle.phase == Phase::Publicity {
        return Ok(Vec::new());
    }
    let (id, under) = (cycle.id, tops.iter().map(OrgPath::as_str).collect::<Vec<_>>().join(","));
    let rows = |level: u8| match cycle.is_final() {
        true => format!("/ledger?cycle={id}&star={level}"),
        false => format!("/assess/{id}/sheets?star={level}&under={under}"),
    };
    let star = |level: &u8| Star { level: *level, branches: 0, rows: rows(*level) };
    let mut all: Vec<Star> = asking.stars.iter().map(star).collect();
    let metric = |level: &u8| if cycle.is_final() { format!("star:{level}") } else { by_itself(i64::from(*level)) };
    let metrics: Vec<String> = asking.stars.iter().map(metric).collect();
    let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
    for top in tops {
        let kept = figures::of(db, &asking.board, top, &names).await?;
        all.iter_mut().zip(kept).for_each(|(star, n)| star.branches += n);
    }
    let any = cycle.is_final() || all.iter().any(|star| star.branches > 0);
    Ok(if any { all } else { Vec::new() })
}

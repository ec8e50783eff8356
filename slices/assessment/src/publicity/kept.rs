//! The SQL of what 公示 shows. A computation's lines are seen only once the cycle's row names it; the row also counts which
//! changes still call for one, so that whoever is killed between leaves a note.
use crate::result::{Line, version};
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, CycleId, Instant, OrgId, Points};
use scoring::Allotment;
use std::collections::HashMap;

db::row! {
    struct Head { at: Instant, allotments: String }
    /// What one branch is publicised with.
    #[derive(Clone, Debug)]
    pub struct Kept { pub org: OrgId, pub total: Option<Points>, pub grade: String, star: Option<i64>, pub rank: i64 }
}

impl Kept {
    pub fn star(&self) -> Option<u8> {
        self.star.and_then(|s| u8::try_from(s).ok())
    }
}

/// The computation that counts.
#[derive(Clone, Debug)]
pub struct Edition {
    /// When its data were read.
    pub at: Instant,
    pub allotments: Vec<Allotment>,
}

/// A cycle enters 公示: its first computation is called for.
///
/// # Errors
/// The engine's own.
pub async fn begin(tx: &mut Tx<'_>, cycle: CycleId, day: BusinessDate, at: Instant) -> Result<()> {
    tx.later(
        "INSERT INTO publicised (cycle, at, day, asked, asked_at, done, allotments) VALUES ($1, 0, $2, 1, $3, 0, '[]') ON CONFLICT DO NOTHING",
        &params![&cycle, day, at],
    )
    .await
}

/// Something has changed that a ranking of that year may rest on; said in the unit of work that changes it.
///
/// # Errors
/// The engine's own.
pub async fn ask(tx: &mut Tx<'_>, year: i64, at: Instant) -> Result<()> {
    tx.later(
        "UPDATE publicised SET asked = asked + 1, asked_at = $2 WHERE cycle IN (SELECT id FROM cycle WHERE year = $1 AND phase = 'publicity')",
        &params![year, at],
    )
    .await
}

/// Cycles in 公示 that something has changed for until `since`, or whose registers nobody has asked on `day` yet.
///
/// # Errors
/// The engine's own.
pub async fn due(tx: &mut Tx<'_>, since: Instant, day: BusinessDate) -> Result<Vec<CycleId>> {
    tx.all(
        "SELECT p.cycle FROM publicised p JOIN cycle c ON c.id = p.cycle
         WHERE c.phase = 'publicity' AND ((p.done < p.asked AND p.asked_at <= $1) OR p.day < $2) ORDER BY p.cycle",
        &params![since, day],
    )
    .await
}

/// How many changes have called for a computation so far.
///
/// # Errors
/// [`db::Error::Missing`] for a cycle that has never been in 公示.
pub async fn asked(tx: &mut Tx<'_>, cycle: CycleId) -> Result<i64> {
    tx.one("SELECT asked FROM publicised WHERE cycle = $1", &params![&cycle]).await
}

/// Keeps a line nobody sees yet.
///
/// # Errors
/// The engine's own.
pub async fn put(tx: &mut Tx<'_>, cycle: CycleId, at: Instant, line: &Line) -> Result<()> {
    tx.later(
        "INSERT INTO publicised_line (cycle, org, at, total, grade, star, rank) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![&cycle, &line.org, at, line.total, &line.grade, line.star.map(i64::from), line.rank],
    )
    .await
}

/// Makes a computation the one that counts, unless one that read its data later counts already.
///
/// # Errors
/// The engine's own.
pub async fn show(tx: &mut Tx<'_>, cycle: CycleId, e: &Edition, day: BusinessDate, done: i64) -> Result<()> {
    tx.later(
        "UPDATE publicised SET at = $2, day = $3, done = $4, allotments = $5 WHERE cycle = $1 AND at < $2",
        &params![&cycle, e.at, day, done, &version::allotments_text(&e.allotments)],
    )
    .await
}

/// Throws away what earlier computations said of these branches.
///
/// # Errors
/// The engine's own.
pub async fn forget(tx: &mut Tx<'_>, cycle: CycleId, before: Instant, orgs: &Each) -> Result<()> {
    let sql = "DELETE FROM publicised_line WHERE cycle = $1 AND at < $2 AND org IN EACH($3)";
    tx.later(sql, &params![&cycle, before, orgs]).await
}

/// The computation that counts; none before the first has been made.
///
/// # Errors
/// The engine's own.
pub async fn edition(tx: &mut Tx<'_>, cycle: CycleId) -> Result<Option<Edition>> {
    let head: Option<Head> = tx.opt("SELECT at, allotments FROM publicised WHERE cycle = $1 AND done > 0", &params![&cycle]).await?;
    let edition = |h: Head| Ok::<_, kernel::Error>(Edition { at: h.at, allotments: version::allotments_of(&h.allotments)? });
    Ok(head.map(edition).transpose()?)
}

/// What these branches are publicised with.
///
/// # Errors
/// The engine's own.
pub async fn of_orgs(tx: &mut Tx<'_>, cycle: CycleId, orgs: &Each) -> Result<HashMap<OrgId, Kept>> {
    let kept: Vec<Kept> = tx
        .all(
            "SELECT l.org, l.total, l.grade, l.star, l.rank FROM publicised_line l JOIN publicised p ON p.cycle = l.cycle AND p.at = l.at
             WHERE l.cycle = $1 AND l.org IN EACH($2)",
            &params![&cycle, orgs],
        )
        .await?;
    Ok(kept.into_iter().map(|k| (k.org, k)).collect())
}

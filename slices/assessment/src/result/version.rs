//! Versions of a cycle's results: 定稿 makes the first, each correction the next; when, by whom and why.
use crate::cycle::Cycle;
use db::{Result as Unit, Tx, params};
use kernel::{BusinessDate, CycleId, Error, Instant, Points, Result};
use scoring::Allotment;
use std::collections::HashMap;

db::row! {
    /// When and by whom a version was made.
    #[derive(Clone, Debug)]
    pub struct Version {
        pub version: i64, pub day: BusinessDate, pub at: Instant, pub by_name: String, pub second_name: String, pub reason: String,
        /// Of its lines, see [`super::finalise::digest`]; empty if it was made before digests were kept.
        pub digest: String,
        allotments: String,
    }
}

impl Version {
    /// # Errors
    /// `internal` if what is stored is not what was written.
    pub fn allotments(&self) -> Result<Vec<Allotment>> {
        allotments_of(&self.allotments)
    }
}

/// # Errors
/// `internal` if the text is not what [`allotments_text`] wrote.
pub(crate) fn allotments_of(text: &str) -> Result<Vec<Allotment>> {
    let field = |v: &serde_json::Value, name: &str| v.get(name).and_then(serde_json::Value::as_i64);
    let rows: Vec<serde_json::Value> = serde_json::from_str(text).map_err(Error::internal)?;
    let one = |v: &serde_json::Value| {
        let number = |name| field(v, name).and_then(|n| u32::try_from(n).ok());
        Some(Allotment {
            level: u8::try_from(field(v, "level")?).ok()?,
            places: number("places"),
            candidates: number("candidates")?,
            given: number("given")?,
            last_total: field(v, "last").map(Points::hundredths),
        })
    };
    rows.iter().map(|v| one(v).ok_or_else(|| Error::internal("allotments"))).collect()
}

/// How the levels were given out, as it is kept.
pub(crate) fn allotments_text(all: &[Allotment]) -> String {
    let one = |a: &Allotment| {
        serde_json::json!({ "level": a.level, "places": a.places, "candidates": a.candidates, "given": a.given,
            "last": a.last_total.map(Points::as_hundredths) })
    };
    serde_json::Value::from(all.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// # Errors
/// [`db::Error::Missing`] if there is no such version.
pub async fn one(tx: &mut Tx<'_>, cycle: CycleId, version: i64) -> Unit<Version> {
    tx.one(
        "SELECT version, day, at, by_name, second_name, reason, digest, allotments FROM result_version WHERE cycle = $1 AND version = $2",
        &params![&cycle, version],
    )
    .await
}

/// Oldest first.
///
/// # Errors
/// The engine's own.
pub async fn of_cycle(tx: &mut Tx<'_>, cycle: CycleId) -> Unit<Vec<Version>> {
    tx.all(
        "SELECT version, day, at, by_name, second_name, reason, digest, allotments FROM result_version WHERE cycle = $1 ORDER BY version",
        &params![&cycle],
    )
    .await
}

/// A new version: who, second, why, and which results it is.
pub struct Made<'a> {
    pub version: i64,
    pub day: BusinessDate,
    pub at: Instant,
    pub by: &'a str,
    pub second: &'a str,
    pub reason: &'a str,
    pub digest: &'a str,
    pub allotments: &'a [Allotment],
}

/// Makes a version the one that counts.
///
/// # Errors
/// `result-meanwhile` if somebody else made one.
pub async fn make(tx: &mut Tx<'_>, cycle: &Cycle, made: &Made<'_>) -> Unit<()> {
    let n = tx
        .exec(
            "UPDATE cycle SET result_version = $2 WHERE id = $1 AND result_version = $3",
            &params![&cycle.id, made.version, cycle.result_version],
        )
        .await?;
    if n != 1 {
        return Err(Error::conflict("result-meanwhile").into());
    }
    tx.exec(
        "INSERT INTO result_version (cycle, version, day, at, by_name, second_name, reason, digest, allotments)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &params![
            &cycle.id,
            made.version,
            made.day,
            made.at,
            made.by,
            made.second,
            made.reason,
            made.digest,
            &allotments_text(made.allotments)
        ],
    )
    .await?;
    Ok(())
}

/// How many branches a version gave each grade.
///
/// # Errors
/// The engine's own.
pub async fn graded(tx: &mut Tx<'_>, cycle: CycleId, version: i64) -> Unit<HashMap<String, i64>> {
    db::row! { struct Graded { grade: String, n: i64 } }
    let sql = "SELECT grade, COUNT(*) FROM result WHERE cycle = $1 AND version = $2 GROUP BY grade";
    let all: Vec<Graded> = tx.all(sql, &params![&cycle, version]).await?;
    Ok(all.into_iter().map(|g| (g.grade, g.n)).collect())
}

/// How many branches a version gave each star.
///
/// # Errors
/// The engine's own.
pub async fn starred(tx: &mut Tx<'_>, cycle: CycleId, version: i64) -> Unit<HashMap<i64, i64>> {
    db::row! { struct Starred { star: i64, n: i64 } }
    let sql = "SELECT star, COUNT(*) FROM result WHERE cycle = $1 AND version = $2 AND star IS NOT NULL GROUP BY star";
    let all: Vec<Starred> = tx.all(sql, &params![&cycle, version]).await?;
    Ok(all.into_iter().map(|s| (s.star, s.n)).collect())
}

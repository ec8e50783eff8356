//! Recorded values. A newer one replaces, the older stays in history.
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, Instant, OrgId};

/// A value to be recorded. It has been checked against the known keys by whoever brings it.
#[derive(Clone, Debug)]
pub struct NewFact<'a> {
    pub org: OrgId,
    pub year: i64,
    pub key: &'a str,
    /// An exact decimal, or the name of a grade for `history.grade`.
    pub value: &'a str,
    /// Where it comes from, as people read it: a file's name, a module's.
    pub source: &'a str,
    pub evidence: &'a str,
    /// The day it was true.
    pub effective: BusinessDate,
    pub received: Instant,
    pub by: &'a str,
}

db::row! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Fact {
        pub org: OrgId, pub key: String, pub value: String, pub source: String, pub evidence: String, pub effective: BusinessDate, pub received: Instant,
        pub by_name: String, pub rev: i64,
    }
}

/// Records a value. Recording the same value from the same source again changes nothing; answers whether it did.
///
/// # Errors
/// The engine's own.
pub async fn record(tx: &mut Tx<'_>, new: &NewFact<'_>) -> Result<bool> {
    let before: Option<Fact> = tx
        .opt(
            "SELECT org, key, value, source, evidence, effective, received, by_name, rev FROM fact WHERE org = $1 AND year = $2 AND key = $3",
            &params![&new.org, new.year, new.key],
        )
        .await?;
    if before.as_ref().is_some_and(|b| b.value == new.value && b.source == new.source) {
        return Ok(false);
    }
    let rev = before.as_ref().map_or(0, |b| b.rev) + 1;
    if let Some(old) = &before {
        tx.later(
            "INSERT INTO fact_past (org, year, key, rev, value, source, evidence, effective, received, by_name)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
            &params![
                &new.org,
                new.year,
                new.key,
                old.rev,
                &old.value,
                &old.source,
                &old.evidence,
                old.effective,
                old.received,
                &old.by_name
            ],
        )
        .await?;
    }
    tx.later(
        "INSERT INTO fact (org, year, key, value, source, evidence, effective, received, by_name, rev)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (org, year, key) DO UPDATE SET value = excluded.value, source = excluded.source, evidence = excluded.evidence,
           effective = excluded.effective, received = excluded.received, by_name = excluded.by_name, rev = excluded.rev",
        &params![&new.org, new.year, new.key, new.value, new.source, new.evidence, new.effective, new.received, new.by, rev],
    )
    .await?;
    Ok(true)
}

/// The values recorded for these branches and a year, branch by branch in the order of their keys.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, orgs: &[OrgId], year: i64) -> Result<Vec<Fact>> {
    let each: Each = orgs.iter().collect();
    tx.all(
        "SELECT org, key, value, source, evidence, effective, received, by_name, rev FROM fact
         WHERE org IN EACH($1) AND year = $2 ORDER BY org, key",
        &params![&each, year],
    )
    .await
}

/// What stood there before, newest first.
///
/// # Errors
/// The engine's own.
pub async fn past(tx: &mut Tx<'_>, org: OrgId, year: i64, key: &str) -> Result<Vec<Fact>> {
    tx.all(
        "SELECT org, key, value, source, evidence, effective, received, by_name, rev FROM fact_past
         WHERE org = $1 AND year = $2 AND key = $3 ORDER BY rev DESC",
        &params![&org, year, key],
    )
    .await
}

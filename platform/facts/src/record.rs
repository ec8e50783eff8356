//! Recorded values. A newer one replaces, the older stays in history.
use db::{Ahead, Each, Result, Tx, params};
use kernel::{BusinessDate, Instant, OrgId};
use std::collections::{BTreeSet, HashMap};

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
    /// What a calculation needs of a fact.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Value { pub org: OrgId, pub key: String, pub value: String }
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
    Ok(put(tx, new, before.as_ref()).await?.is_some())
}

/// Records many values, as one after the other would be; what stands there is asked for once a year they are of.
///
/// # Errors
/// The engine's own.
pub async fn record_many(tx: &mut Tx<'_>, all: &[NewFact<'_>]) -> Result<()> {
    let years: BTreeSet<i64> = all.iter().map(|new| new.year).collect();
    for year in years {
        let of_year = || all.iter().filter(|new| new.year == year);
        let orgs: BTreeSet<OrgId> = of_year().map(|new| new.org).collect();
        let standing = of(tx, &orgs.into_iter().collect::<Vec<_>>(), year).await?;
        let mut standing: HashMap<(OrgId, String), Fact> = standing.into_iter().map(|f| ((f.org, f.key.clone()), f)).collect();
        for new in of_year() {
            let place = (new.org, new.key.to_owned());
            if let Some(fact) = put(tx, new, standing.get(&place)).await? {
                standing.insert(place, fact);
            }
        }
    }
    Ok(())
}

/// Puts a value in the place of `before`; what stands there then, or `None` if it is the same from the same source.
async fn put(tx: &mut Tx<'_>, new: &NewFact<'_>, before: Option<&Fact>) -> Result<Option<Fact>> {
    if before.is_some_and(|b| b.value == new.value && b.source == new.source) {
        return Ok(None);
    }
    let rev = before.map_or(0, |b| b.rev) + 1;
    if let Some(old) = before {
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
    Ok(Some(Fact {
        org: new.org,
        key: new.key.to_owned(),
        value: new.value.to_owned(),
        source: new.source.to_owned(),
        evidence: new.evidence.to_owned(),
        effective: new.effective,
        received: new.received,
        by_name: new.by.to_owned(),
        rev,
    }))
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

/// The values of one branch for a year, in the order of their keys, asked for before they are needed.
///
/// # Errors
/// The engine's own.
pub async fn ahead(tx: &mut Tx<'_>, org: OrgId, year: i64) -> Result<Ahead<Fact>> {
    let sql =
        "SELECT org, key, value, source, evidence, effective, received, by_name, rev FROM fact WHERE org = $1 AND year = $2 ORDER BY key";
    tx.ahead(sql, &params![&org, year]).await
}

/// The values of [`of`] without their history: for those who calculate with the facts of thousands of branches.
///
/// # Errors
/// The engine's own.
pub async fn values(tx: &mut Tx<'_>, orgs: &[OrgId], year: i64) -> Result<Vec<Value>> {
    let each: Each = orgs.iter().collect();
    tx.all("SELECT org, key, value FROM fact WHERE org IN EACH($1) AND year = $2 ORDER BY org, key", &params![&each, year]).await
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

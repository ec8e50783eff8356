//! Bringing in published holidays, from a file or from what ships.
use super::recount::KIND;
use super::store;
use access::System;
use audit::{Author, Event};
use calendar::{Calendar, Day, DayKind};
use db::Db;
use kernel::{AccountId, Error, Instant, JobId, OrgPath, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an import did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Imported {
    pub days: i64,
    /// The years whose announcement the file is.
    pub years: Vec<i32>,
    /// The job that recounts provisional dates.
    pub job: JobId,
}

/// Where days come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Who brings it, in words.
    pub by: &'a str,
    /// Who sees the job, if an account does it.
    pub owner: Option<AccountId>,
}

/// Takes a file of `date,kind,name` (UTF-8). The announcement of a year replaces what was known of that year.
///
/// # Errors
/// Every bad row at once: those of [`Calendar::parse`], `calendar-encoding`; nothing is half-written.
pub async fn import(db: &Db, by: &impl Author, source: Source<'_>, bytes: &[u8]) -> std::result::Result<Imported, Vec<Error>> {
    let text = std::str::from_utf8(bytes).map_err(|_| vec![Error::invalid("calendar-encoding").at("file")])?;
    let calendar = Calendar::parse(text)?;
    bring(db, by, source, calendar.days().collect()).await.map_err(|e| vec![e])
}

/// Brings in the years that ship and are not known yet; at every start, and nothing the second time.
///
/// # Errors
/// The engine's own.
pub async fn seed(db: &Db, by: &System, shipped: &Calendar) -> Result<()> {
    let known = announced(&super::calendar(db).await?.days().collect::<Vec<_>>());
    let missing: Vec<Day> = shipped.days().filter(|d| !known.contains(&year_of(d))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let source = Source { file: "holidays.csv", by: by.who(), owner: None };
    bring(db, by, source, missing).await.map(drop)
}

async fn bring(db: &Db, by: &impl Author, source: Source<'_>, days: Vec<Day>) -> Result<Imported> {
    let (file, who, owner) = (source.file.chars().take(120).collect::<String>(), source.by.to_owned(), source.owner);
    let (job, now) = (JobId::new(), Instant::now());
    let years: Vec<i32> = announced(&days).into_iter().collect();
    // The job is about no organisation: its place is one that nobody's post covers.
    let nowhere = OrgPath::parse("/0/")?;
    audit::change(db, by, async move |tx| {
        for year in &years {
            store::clear(tx, *year).await?;
        }
        for day in &days {
            store::put(tx, day).await?;
        }
        let n = days.len() as i64;
        store::note(tx, &file, n, &who, now).await?;
        let payload = serde_json::to_string(&years).map_err(Error::internal)?;
        jobs::enqueue(tx, &job, KIND, owner.as_ref(), &nowhere, &payload).await?;
        let event = Event::new("calendar.imported", "calendar").with("file", &file).with("days", n).with("years", &payload);
        Ok((Imported { days: n, years: years.clone(), job }, event))
    })
    .await
}

/// The years whose announcement these days are: each that has a holiday of its own.
fn announced(days: &[Day]) -> BTreeSet<i32> {
    days.iter().filter(|d| d.kind == DayKind::Holiday).map(year_of).collect()
}

/// Days from 28 December on belong to the New Year of the next year's announcement.
fn year_of(day: &Day) -> i32 {
    let late = day.date.month() == 12 && day.date.day() >= 28;
    day.date.year() + i32::from(late)
}

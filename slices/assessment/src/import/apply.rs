//! Carrying waiting rows over, in chunks, each whole in itself; a sheet's total is kept in the chunk that changes it.
use super::row::What;
use super::store::{self, Intake, Waiting};
use crate::cycle::{self, Cycle};
use crate::publicity::{kept, publicise};
use crate::score::store::{NewScore, force, of_sheets};
use crate::sheet::{self, keep};
use db::{Db, Result as Unit, Tx};
use facts::{NewFact, Suppliers};
use kernel::{BusinessDate, ImportId, Instant, OrgId, Points, Result, SheetId};
use scoring::Layer;
use std::collections::HashMap;

const CHUNK: i64 = 600;

/// Continues what a killed process had made valid and nobody has worked on since. Cheap when there is nothing.
///
/// # Errors
/// The engine's own.
pub async fn resume(db: &Db, suppliers: &Suppliers, day: BusinessDate, since: Instant) -> Result<()> {
    let left = db.read(async move |tx| store::applying(tx, since).await).await?;
    for intake in &left {
        carry(db, suppliers, intake, day).await?;
    }
    Ok(())
}

/// Whether a file of facts or scores counts and is not carried over whole, whoever works on it.
///
/// # Errors
/// The engine's own.
pub async fn is_carrying(db: &Db) -> Result<bool> {
    Ok(!db.read(async |tx| store::applying(tx, Instant::now().plus_minutes(1)).await).await?.is_empty())
}

/// Throws away what killed processes had staged and nobody made valid.
///
/// # Errors
/// The engine's own.
pub async fn discard_abandoned(db: &Db, since: Instant) -> Result<()> {
    for id in db.read(async move |tx| store::abandoned(tx, since).await).await? {
        discard(db, id).await?;
    }
    Ok(())
}

/// Throws away what waits of a file that does not count.
pub(super) async fn discard(db: &Db, id: ImportId) -> Result<()> {
    while audit::stage(db, async move |tx| store::drop_some(tx, id, 2000).await).await? {}
    Ok(())
}

/// Carries an import over. Two processes may do it at once: a row is taken and deleted in one transaction.
///
/// # Errors
/// The engine's own.
pub async fn carry(db: &Db, suppliers: &Suppliers, intake: &Intake, day: BusinessDate) -> Result<()> {
    let id = intake.cycle;
    let cycle = db.read(async move |tx| cycle::store::any(tx, id).await).await?;
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    loop {
        let now = Instant::now();
        let (i, c, s, of) = (intake.clone(), cycle.clone(), scheme.clone(), suppliers.clone());
        let more = audit::stage(db, async move |tx| {
            let rows = store::waiting(tx, i.id, CHUNK).await?;
            match i.kind == What::Facts.name() {
                true => facts_of(tx, &c, &i, &rows, day).await?,
                false => scores_of(tx, &i, &rows).await?,
            }
            if let Some(last) = rows.last() {
                store::carried(tx, i.id, last).await?;
            }
            let sheets: Vec<SheetId> =
                rows.chunk_by(|a, b| a.sheet == b.sheet).filter_map(|of_sheet| of_sheet.first()).map(|row| row.sheet).collect();
            keep::keep_many(tx, (&c, &s), &sheets, &of, day).await?;
            store::beat(tx, i.id, now).await?;
            if rows.is_empty() {
                store::done(tx, i.id).await?;
                kept::ask(tx, c.year, now).await?;
            }
            Ok(!rows.is_empty())
        })
        .await?;
        if !more {
            return publicise(db, suppliers, day, Instant::now()).await;
        }
    }
}

/// A later file replaces; the older value stays in history.
async fn facts_of(tx: &mut Tx<'_>, cycle: &Cycle, intake: &Intake, rows: &[Waiting], day: BusinessDate) -> Unit<()> {
    let ids: Vec<SheetId> = rows.iter().map(|r| r.sheet).collect();
    let orgs: HashMap<SheetId, OrgId> = sheet::store::many(tx, &ids).await?.into_iter().map(|s| (s.id, s.org)).collect();
    let facts = rows.iter().filter_map(|row| {
        let source = if row.source.is_empty() { intake.file.as_str() } else { row.source.as_str() };
        let (org, year, by) = (*orgs.get(&row.sheet)?, cycle.year, intake.by_name.as_str());
        Some(NewFact { org, year, key: &row.key, value: &row.value, source, evidence: "", effective: day, received: intake.at, by })
    });
    facts::record_many(tx, &facts.collect::<Vec<_>>()).await
}

/// A later file replaces; the older value stays in history. Importing a layer opens no problems.
async fn scores_of(tx: &mut Tx<'_>, intake: &Intake, rows: &[Waiting]) -> Unit<()> {
    let (standing, file) = (of_sheets(tx, rows.iter().map(|r| &r.sheet)).await?, format!("file:{}", intake.file));
    for row in rows {
        let layer = Layer::parse(&row.layer)?;
        let before = standing.iter().find(|s| s.sheet == row.sheet && s.indicator == row.key && s.is_of(layer));
        let new = NewScore {
            sheet: row.sheet,
            indicator: &row.key,
            layer,
            points: Some(Points::parse(&row.value)?),
            reason: &row.source,
            seen: 0,
            account: None,
            by: &intake.by_name,
            source: &file,
            at: intake.at,
        };
        force(tx, &new, before).await?;
    }
    Ok(())
}

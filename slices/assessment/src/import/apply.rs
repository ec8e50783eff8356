//! Carrying waiting rows over, in chunks, each whole in itself; a sheet's total is kept in the chunk that changes it.
use super::row::What;
use super::store::{self, Intake, Waiting};
use crate::cycle;
use crate::score::store::{NewScore, force, one};
use crate::sheet::context::Context;
use crate::sheet::{self, keep};
use db::{Db, Result as Unit, Tx};
use facts::{NewFact, Suppliers};
use kernel::{BusinessDate, ImportId, Instant, Points, Result};
use scoring::Layer;

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
        let (i, c, s, suppliers) = (intake.clone(), cycle.clone(), scheme.clone(), suppliers.clone());
        let more = audit::stage(db, async move |tx| {
            let rows = store::waiting(tx, i.id, CHUNK).await?;
            for of_sheet in rows.chunk_by(|a, b| a.sheet == b.sheet) {
                let Some(first) = of_sheet.first() else { continue };
                let sheet = sheet::store::any(tx, first.sheet).await?;
                let context = Context { sheet, cycle: c.clone(), scheme: s.clone() };
                for row in of_sheet {
                    one_row(tx, &context, &i, row, day).await?;
                    store::carried(tx, i.id, row).await?;
                }
                keep::keep(tx, &context, &suppliers, day).await?;
            }
            store::beat(tx, i.id, now).await?;
            if rows.is_empty() {
                store::done(tx, i.id).await?;
            }
            Ok(!rows.is_empty())
        })
        .await?;
        if !more {
            return Ok(());
        }
    }
}

/// A later file replaces; the older value stays in history. Importing a layer opens no problems.
async fn one_row(tx: &mut Tx<'_>, context: &Context, intake: &Intake, row: &Waiting, day: BusinessDate) -> Unit<()> {
    if intake.kind == What::Facts.name() {
        let source = if row.source.is_empty() { intake.file.as_str() } else { row.source.as_str() };
        let (org, year, key, value) = (context.sheet.org, context.cycle.year, row.key.as_str(), row.value.as_str());
        let new = NewFact { org, year, key, value, source, evidence: "", effective: day, received: intake.at, by: &intake.by_name };
        facts::record(tx, &new).await?;
        return Ok(());
    }
    let layer = Layer::parse(&row.layer)?;
    let source = format!("file:{}", intake.file);
    let before = one(tx, row.sheet, &row.key, layer).await?;
    let new = NewScore {
        sheet: row.sheet,
        indicator: &row.key,
        layer,
        points: Some(Points::parse(&row.value)?),
        reason: &row.source,
        seen: 0,
        account: None,
        by: &intake.by_name,
        source: &source,
        at: intake.at,
    };
    force(tx, &new, before.as_ref()).await
}

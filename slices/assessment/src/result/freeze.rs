//! Making a version: inputs are frozen first, then everything is computed from what is frozen, so that what is kept and
//! what a replay finds can only be the same.
use super::compute::{CHUNK, Collected, Line};
use super::grade::inputs_after;
use super::{frozen, store};
use crate::cycle::Cycle;
use crate::sheet::counted;
use db::{Db, Result as Unit, Tx, params};
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, OrgId, Result};
use scheme::Scheme;
use scoring::Allotment;

/// Freezes what is known now. Begun again after a kill it simply writes the same places anew.
///
/// # Errors
/// The engine's own.
pub async fn freeze_now(db: &Db, suppliers: &Suppliers, cycle: &Cycle, version: i64, day: BusinessDate) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let chunk = inputs_after(db, suppliers, cycle, after.take(), day).await?;
        let Some((last, _)) = chunk.last() else { return Ok(()) };
        after = Some(last.code.clone());
        let rows = chunk.iter().map(|(s, input)| Ok((s.org, frozen::write(input)?))).collect::<Result<Vec<_>>>()?;
        let id = cycle.id;
        audit::stage(db, async move |tx| {
            for (org, input) in &rows {
                store::freeze(tx, id, version, *org, input).await?;
            }
            Ok(())
        })
        .await?;
    }
}

/// Takes over what the version before had frozen.
///
/// # Errors
/// The engine's own.
pub async fn freeze_again(db: &Db, cycle: CycleId, version: i64) -> Result<()> {
    let mut after = String::new();
    loop {
        let from = after.clone();
        let chunk = db.read(async move |tx| store::frozen_after(tx, cycle, version - 1, &from, CHUNK).await).await?;
        let Some((last, _)) = chunk.last() else { return Ok(()) };
        after = last.code.clone();
        let rows = chunk.iter().map(|(w, input)| Ok((w.org, frozen::write(input)?))).collect::<Result<Vec<_>>>()?;
        audit::stage(db, async move |tx| {
            for (org, input) in &rows {
                store::freeze(tx, cycle, version, *org, input).await?;
            }
            Ok(())
        })
        .await?;
    }
}

/// Computes a version from its frozen inputs alone.
///
/// # Errors
/// `internal` if what is stored is not what was written.
pub async fn computed(db: &Db, scheme: &Scheme, cycle: CycleId, version: i64) -> Result<(Vec<Line>, Vec<Allotment>)> {
    let mut collected = Collected::new(scheme);
    let mut after = String::new();
    loop {
        let from = after.clone();
        let chunk = db.read(async move |tx| store::frozen_after(tx, cycle, version, &from, CHUNK).await).await?;
        let Some((last, _)) = chunk.last() else { return Ok(collected.placed()) };
        after = last.code.clone();
        chunk.into_iter().for_each(|(who, input)| collected.add(who, &input));
    }
}

/// Keeps the lines of a version nobody sees yet, and tells the figures. Begun again after a kill, each line first takes
/// back what it had told them.
///
/// # Errors
/// The engine's own.
pub async fn keep(db: &Db, cycle: CycleId, version: i64, lines: &[Line]) -> Result<()> {
    // Ranks are unique: what a killed attempt left under other ranks must be gone before the first new one.
    for chunk in lines.chunks(CHUNK as usize) {
        let orgs: Vec<OrgId> = chunk.iter().map(|l| l.org).collect();
        audit::stage(db, async move |tx| take_back(tx, cycle, version, &orgs).await).await?;
    }
    for chunk in lines.chunks(CHUNK as usize / 2) {
        let lines = chunk.to_vec();
        audit::stage(db, async move |tx| {
            for line in &lines {
                keep_one(tx, cycle, version, line).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn take_back(tx: &mut Tx<'_>, cycle: CycleId, version: i64, orgs: &[OrgId]) -> Unit<()> {
    for org in orgs {
        if let Some(old) = store::of_org(tx, cycle, version, *org).await? {
            tell(tx, cycle, &old, -1).await?;
            store::clear(tx, cycle, version, *org).await?;
            if let Some(before) = store::of_org(tx, cycle, version - 1, *org).await? {
                tell(tx, cycle, &before, 1).await?;
            }
        }
    }
    Ok(())
}

async fn keep_one(tx: &mut Tx<'_>, cycle: CycleId, version: i64, line: &Line) -> Unit<()> {
    if let Some(before) = store::of_org(tx, cycle, version - 1, line.org).await? {
        tell(tx, cycle, &before, -1).await?;
    }
    store::put(tx, cycle, version, line).await?;
    tell(tx, cycle, line, 1).await?;
    keep_total(tx, cycle, line).await
}

/// The metrics of a final line: `star:N`, `change:up|down|same`, `final`.
async fn tell(tx: &mut Tx<'_>, cycle: CycleId, line: &Line, n: i64) -> Unit<()> {
    let board = cycle.to_string();
    figures::add(tx, &board, &line.path, "final", n).await?;
    figures::add(tx, &board, &line.path, &format!("star:{}", line.star.unwrap_or(0)), n).await?;
    match line.change {
        Some(change) => figures::add(tx, &board, &line.path, &format!("change:{}", change.name()), n).await,
        None => Ok(()),
    }
}

/// The sheet shows what is final; its grade and star are counted by the same metrics as before 定稿.
async fn keep_total(tx: &mut Tx<'_>, cycle: CycleId, line: &Line) -> Unit<()> {
    db::row! { struct Before { grade: Option<String>, star: Option<i64> } }
    let before: Before = tx.one("SELECT grade, star FROM sheet WHERE cycle = $1 AND org = $2", &params![&cycle, &line.org]).await?;
    let star = i64::from(line.star.unwrap_or(0));
    counted::regraded(tx, cycle, &line.path, &line.category, before.grade.as_deref(), &line.grade).await?;
    counted::restarred(tx, cycle, &line.path, before.star, star).await?;
    let sql = "UPDATE sheet SET total = $3, grade = $4, star = $5 WHERE cycle = $1 AND org = $2";
    tx.later(sql, &params![&cycle, &line.org, line.total, &line.grade, star]).await
}

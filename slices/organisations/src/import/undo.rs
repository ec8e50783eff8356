//! Taking an import back: all of it or nothing. What somebody has built on a row, or changed since, is named.
use super::store::{self, Waiting};
use super::{Kind, Report, Take};
use audit::{Author, Event};
use db::{Db, Tx};
use kernel::{BusinessDate, Error, ImportId, Instant, Kind as Kindness, Result};
use std::collections::HashSet;

/// Rows looked at or taken back in one unit of work.
const CHUNK: i64 = 100;
/// Rows named when an import cannot be taken back.
const NAMED: usize = 200;

/// Ids of what an import touched: its own rows do not stand in each other's way.
pub type Own = HashSet<[u8; 16]>;

/// A kind that can be taken back.
pub trait Undo: Kind {
    /// What is asked of other slices.
    type Ground: Clone + Send + Sync + 'static;
    /// The id of what the row touched.
    fn touched(trace: &Self::Trace) -> [u8; 16];
    /// What stands on the row, or has changed since; `None` if it can be taken back.
    ///
    /// # Errors
    /// The engine's own.
    fn stands(tx: &mut Tx<'_>, trace: &Self::Trace, own: &Own, ground: &Self::Ground) -> impl Future<Output = db::Result<Option<Error>>>;
    /// Makes it what it was.
    ///
    /// # Errors
    /// Refusals, if the world has changed since it was looked at.
    fn back(tx: &mut Tx<'_>, trace: &Self::Trace, day: BusinessDate, at: Instant, file: &str) -> impl Future<Output = db::Result<()>>;
}

/// Takes an import back, or names what stands on its rows in [`Report::changed`]; then nothing has been taken back.
///
/// # Errors
/// `import-state` if it is not one that was brought in.
pub async fn take_back<K: Undo, A: Author>(db: &Db, by: &A, take: &Take, ground: &K::Ground) -> Result<Report> {
    let id = take.id;
    let state = db.read(async move |tx| store::state(tx, id).await).await?;
    let mut report = Report::empty();
    if state.as_deref() == Some("done") {
        report.changed = standing::<K>(db, id, ground).await?;
        if !report.changed.is_empty() {
            return Ok(report);
        }
        let (event, action) = (Event::new(K::UNDONE, format!("import:{}", K::NAME)).with("file", &take.file), id);
        audit::change(db, by, async move |tx| {
            store::turn(tx, action, "done", "undoing").await?;
            Ok(((), event.clone()))
        })
        .await?;
    } else if state.as_deref() != Some("undoing") {
        return Err(Error::conflict("import-state"));
    }
    report.changed = backwards::<K>(db, take).await?;
    audit::stage(db, async move |tx| store::turn(tx, id, "undoing", "undone").await).await?;
    Ok(report)
}

fn parsed<K: Kind>(row: &Waiting) -> Result<K::Trace> {
    serde_json::from_str(&row.body).map_err(Error::internal)
}

/// The rows somebody builds on. Reads everything twice: first whose rows are the import's own.
async fn standing<K: Undo>(db: &Db, id: ImportId, ground: &K::Ground) -> Result<Vec<(u64, Error)>> {
    let (mut own, mut before) = (Own::new(), i64::MAX);
    loop {
        let rows = db.read(async move |tx| store::traces(tx, id, before, 2000).await).await?;
        let Some(last) = rows.last() else { break };
        before = last.place;
        for row in &rows {
            own.insert(K::touched(&parsed::<K>(row)?));
        }
    }
    let (own, mut found, mut before) = (std::sync::Arc::new(own), Vec::new(), i64::MAX);
    while found.len() < NAMED {
        let (own, ground) = (own.clone(), ground.clone());
        let looked = db.read(async move |tx| {
            let rows = store::traces(tx, id, before, CHUNK).await?;
            let mut stands = Vec::new();
            for row in &rows {
                stands.extend(K::stands(tx, &parsed::<K>(row)?, &own, &ground).await?);
            }
            Ok((rows.last().map(|r| r.place), stands))
        });
        let (last, stands) = looked.await?;
        found.extend(stands.into_iter().map(|e| (0, e)));
        let Some(last) = last else { break };
        before = last;
    }
    Ok(found)
}

/// From the last row to the first. One that cannot be taken back any more stays, and is named.
async fn backwards<K: Undo>(db: &Db, take: &Take) -> Result<Vec<(u64, Error)>> {
    let (mut late, mut limit) = (Vec::new(), CHUNK);
    take.progress.begin();
    loop {
        match step::<K>(db, take, limit).await {
            Ok(0) => return Ok(late),
            Ok(n) => {
                take.progress.add(n);
                limit = CHUNK;
            }
            Err(e) if e.kind == Kindness::Internal => return Err(e),
            Err(e) if limit == 1 => {
                let id = take.id;
                audit::stage(db, async move |tx| match store::traces(tx, id, i64::MAX, 1).await?.pop() {
                    Some(row) => store::untrace(tx, id, row.place).await,
                    None => Ok(()),
                })
                .await?;
                late.push((0, e));
            }
            Err(_) => limit = 1,
        }
    }
}

async fn step<K: Undo>(db: &Db, take: &Take, limit: i64) -> Result<usize> {
    let (id, day, file, now) = (take.id, take.today, take.file.clone(), Instant::now());
    audit::stage(db, async move |tx| {
        let rows = store::traces(tx, id, i64::MAX, limit).await?;
        for row in &rows {
            K::back(tx, &parsed::<K>(row)?, day, now, &file).await?;
            store::untrace(tx, id, row.place).await?;
        }
        store::beat(tx, id, now).await?;
        Ok(rows.len())
    })
    .await
}

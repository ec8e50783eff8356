//! Staging checked rows and carrying them over, in chunks that hold no other writer up.
use super::store::{self, Import, Waiting};
use super::{Kind, Progress, Take};
use audit::{Author, Event};
use db::Db;
use kernel::{Error, ImportId, Instant, Kind as Kindness, Result};

/// Rows staged in one unit of work.
const STAGED: usize = 1000;
/// Rows carried over in one unit of work: each costs a dozen statements, so this stays near 50 ms.
const CARRIED: i64 = 100;

/// Rows that the world no longer takes, by number.
type Late = Vec<(u64, Error)>;

/// Makes a file valid by one event and carries it over; it was checked when `seen` of its kind counted.
///
/// # Errors
/// `import-overtaken`; the engine's own.
pub(super) async fn keep<K: Kind, A: Author>(
    db: &Db,
    by: &A,
    (take, seen): (&Take, i64),
    rows: Vec<(u64, K::Row)>,
    event: Event,
) -> Result<Late> {
    let import = Import { id: take.id, by_name: by.name(), at: Instant::now() };
    let (new, file, count) = (import.clone(), take.file.clone(), i64::try_from(rows.len()).map_err(Error::internal)?);
    audit::stage(db, async move |tx| store::insert(tx, &new, K::NAME, &file, count).await).await?;
    for (chunk, rows) in rows.chunks(STAGED).enumerate() {
        let waiting = rows.iter().enumerate().map(|(i, row)| waiting::<K>(chunk * STAGED + i, row)).collect::<Result<Vec<_>>>()?;
        let (id, now) = (import.id, Instant::now());
        audit::stage(db, async move |tx| {
            for row in &waiting {
                store::wait(tx, id, row).await?;
            }
            store::beat(tx, id, now).await
        })
        .await?;
    }
    drop(rows);
    let id = import.id;
    audit::change(db, by, async move |tx| {
        store::start(tx, id, (K::NAME, seen), count).await?;
        Ok(((), event.clone()))
    })
    .await?;
    carry::<K>(db, &import, &take.progress).await
}

fn waiting<K: Kind>(place: usize, (number, row): &(u64, K::Row)) -> Result<Waiting> {
    let body = serde_json::to_string(row).map_err(Error::internal)?;
    let signed = |n: u64| i64::try_from(n).map_err(Error::internal);
    Ok(Waiting { place: signed(place as u64)?, number: signed(*number)?, body })
}

/// Whether this import was begun before: then it is finished, and the file need not be read again. What came of one that
/// was cut off while it was staged is thrown away.
///
/// # Errors
/// The engine's own.
pub(super) async fn again<K: Kind>(db: &Db, take: &Take) -> Result<bool> {
    let id = take.id;
    match db.read(async move |tx| store::state(tx, id).await).await?.as_deref() {
        None => Ok(false),
        Some("reading") => discard(db, id).await.map(|()| false),
        Some(_) => resume::<K>(db, Instant::now()).await.map(|()| true),
    }
}

/// Continues what a killed process had made valid and nobody has worked on since. Cheap when there is nothing.
///
/// # Errors
/// The engine's own.
pub async fn resume<K: Kind>(db: &Db, since: Instant) -> Result<()> {
    for import in db.read(async move |tx| store::applying(tx, K::NAME, since).await).await? {
        carry::<K>(db, &import, &Progress::default()).await?;
    }
    Ok(())
}

/// Whether an import, of any kind, counts and is not carried over whole, whoever works on it.
///
/// # Errors
/// The engine's own.
pub async fn is_carrying(db: &Db) -> Result<bool> {
    Ok(!db.read(async |tx| store::carrying(tx).await).await?.is_empty())
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

async fn discard(db: &Db, id: ImportId) -> Result<()> {
    while audit::stage(db, async move |tx| store::drop_some(tx, id, 2000).await).await? {}
    Ok(())
}

/// Two processes may do it at once: rows are carried and deleted in one transaction. A row that is refused now (somebody
/// closed its parent since the check) takes its chunk back; the chunk is then carried row by row, without it.
async fn carry<K: Kind>(db: &Db, import: &Import, progress: &Progress) -> Result<Late> {
    let mut late = Vec::new();
    progress.begin();
    loop {
        match step::<K>(db, import, CARRIED).await {
            Ok(0) => return Ok(late),
            Ok(n) => progress.add(n),
            Err(e) if e.kind == Kindness::Internal => return Err(e),
            Err(_) => one_by_one::<K>(db, import, &mut late).await?,
        }
    }
}

async fn one_by_one<K: Kind>(db: &Db, import: &Import, late: &mut Late) -> Result<()> {
    for _ in 0..CARRIED {
        match step::<K>(db, import, 1).await {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(e) if e.kind == Kindness::Internal => return Err(e),
            Err(e) => late.push((leave(db, import.id).await?, e)),
        }
    }
    Ok(())
}

/// Carries the next `limit` rows over; how many there were.
async fn step<K: Kind>(db: &Db, import: &Import, limit: i64) -> Result<usize> {
    let (import, now) = (import.clone(), Instant::now());
    audit::stage(db, async move |tx| {
        let rows = store::waiting(tx, import.id, limit).await?;
        for waiting in &rows {
            let row: K::Row = serde_json::from_str(&waiting.body).map_err(Error::internal)?;
            if let Some(trace) = K::apply(tx, &row, import.at, &import.by_name).await? {
                store::trace(tx, import.id, waiting.place, &serde_json::to_string(&trace).map_err(Error::internal)?).await?;
            }
        }
        store::beat(tx, import.id, now).await?;
        match rows.last() {
            Some(last) => store::carried(tx, import.id, last.place).await?,
            None => store::done(tx, import.id).await?,
        }
        Ok(rows.len())
    })
    .await
}

/// Drops the next row; its number in the file.
async fn leave(db: &Db, id: ImportId) -> Result<u64> {
    audit::stage(db, async move |tx| {
        let Some(row) = store::waiting(tx, id, 1).await?.pop() else { return Ok(0) };
        store::carried(tx, id, row.place).await?;
        Ok(u64::try_from(row.number).unwrap_or(0))
    })
    .await
}

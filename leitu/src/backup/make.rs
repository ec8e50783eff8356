//! Making one.
use super::manifest::{Audit, Manifest, hex};
use super::{DATABASE, Evidence, FILES, carry, entries, sync, unwritten};
use crate::actor::actor;
use crate::ground::{Ground, make_private};
use crate::house;
use crate::options::Place;
use audit::{Broken, Whole};
use db::{
    Db,
    planted::{self, Defect},
};
use kernel::{Error, Instant, Result};
use std::fs;
use std::path::Path;

/// Where everything lies until it is whole.
const INCOMPLETE: &str = "incomplete";

/// What was made, and what is to be said of it.
pub struct Made {
    pub evidence: Evidence,
    pub log: std::result::Result<Whole, Broken>,
}

/// What was found in the copy.
struct Read {
    log: std::result::Result<Whole, Broken>,
    audit: Audit,
    named: Vec<files::Hash>,
    tables: Vec<db::Content>,
}

/// Copies the database as it stands at one moment and the evidence it names into `dir`, which holds nothing yet.
///
/// # Errors
/// `backup-not-empty`; `backup-file` if it cannot be written.
pub async fn make(ground: &Ground, place: &Place, dir: &Path) -> Result<Made> {
    let aside = dir.join(INCOMPLETE);
    free(dir, &aside)?;
    make_private(dir)?;
    make_private(&aside)?;
    // Before the copy, so that the copy knows of it.
    administration::note_backup(&ground.db, &actor()).await?;
    let copy = aside.join(DATABASE);
    let mut early = None;
    if Defect::EvidenceFirst.is_on() {
        early = Some(ground.db.read(async |tx| files::named(tx).await).await?);
        tokio::time::sleep(planted::LATE).await;
    }
    ground.db.copy_to(&copy, &house::migrations(&house::slices())).await?;
    let Read { log, audit, named, tables } = read(ground, &copy).await?;
    db::settle(&copy)?;
    // After the database: a row is written only when its file is there, and files never change.
    let (from, to) = (place.data_dir.join(FILES), aside.join(FILES));
    let named = early.unwrap_or(named);
    let carried = tokio::task::spawn_blocking(move || carry(&named, &from, &to));
    let evidence = carried.await.map_err(Error::internal)??;
    let engine = if place.embedded() { "sqlite" } else { "postgres" };
    let made = ground.clock.date_time(Instant::now());
    let manifest = Manifest::new(engine, made, &copy, audit, &evidence, tables)?;
    for name in [FILES, DATABASE] {
        fs::rename(aside.join(name), dir.join(name)).map_err(|e| unwritten(&dir.join(name), &e))?;
    }
    fs::remove_dir(&aside).map_err(|e| unwritten(&aside, &e))?;
    sync(dir)?;
    manifest.write(dir)?;
    Ok(Made { evidence, log })
}

/// In a folder of ours that was cut off nothing is worth keeping; anything else is somebody's.
fn free(dir: &Path, aside: &Path) -> Result<()> {
    let there = entries(dir).map_err(|e| unwritten(dir, &e))?;
    if there.iter().any(|path| path != aside) {
        return Err(Error::conflict("backup-not-empty").with("path", dir.display()));
    }
    if aside.exists() { fs::remove_dir_all(aside).map_err(|e| unwritten(aside, &e)) } else { Ok(()) }
}

/// The log of the copy is checked as `audit verify` does, and what it names and holds is told. A log that does not hold is no
/// reason to have no backup.
async fn read(ground: &Ground, copy: &Path) -> Result<Read> {
    let db = Db::open(&format!("sqlite:{}", copy.display())).await?;
    let log = audit::verify_against(&db, Some(audit::signer(&ground.keys)?.public()), Vec::new()).await?;
    let ends = audit::checkpoint::ends(&db).await?;
    let named = db.read(async |tx| files::named(tx).await).await?;
    let audit = Audit { events: ends.events(), segments: ends.segments(), head: hex(&ends.root()), whole: log.is_ok() };
    Ok(Read { log, audit, named, tables: db.contents().await? })
}

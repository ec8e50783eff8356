//! Putting one back, into a place that holds nothing yet.
use super::manifest::{Manifest, file};
use super::{DATABASE, Evidence, FILES, carry, entries, sync, unwritten};
use crate::actor::actor;
use crate::ground::make_private;
use crate::house;
use crate::options::Place;
use db::Db;
use kernel::{Error, Result};
use std::fs;
use std::path::Path;

/// Where everything lies until it is put in its place.
const ASIDE: &str = "restoring";

/// # Errors
/// `restore-no-backup`, `restore-newer`, `restore-damaged`; `restore-over-data`, `restore-database-not-empty`; `data-dir`.
pub async fn restore(place: &Place, dir: &Path) -> Result<Evidence> {
    let manifest = Manifest::read(dir)?;
    let damaged = || Error::invalid("restore-damaged").with("path", dir.join(DATABASE).display());
    let found = file(&dir.join(DATABASE)).map_err(|_| damaged())?;
    if (found.bytes, &found.sha256) != (manifest.database.bytes, &manifest.database.sha256) {
        return Err(damaged());
    }
    free(place)?;
    make_private(&place.data_dir)?;
    let aside = place.data_dir.join(ASIDE);
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(|e| unwritten(&aside, &e))?;
    }
    make_private(&aside)?;
    let copy = aside.join(DATABASE);
    fs::copy(dir.join(DATABASE), &copy).map_err(|e| unwritten(&copy, &e))?;
    let named = brought_up(&copy).await?;
    let (from, to) = (dir.join(FILES), aside.join(FILES));
    let evidence = tokio::task::spawn_blocking(move || carry(&named, &from, &to)).await.map_err(Error::internal)??;
    // What was lost before the backup was made is not in it; anything beyond that was lost since.
    if (evidence.missing.len() + evidence.damaged.len()) as u64 > manifest.evidence.missing {
        let lost = evidence.damaged.first().or(evidence.missing.first());
        return Err(Error::invalid("restore-damaged").with("path", lost.map_or(dir, |p| p).display()));
    }
    put(place, &aside).await?;
    fs::remove_dir_all(&aside).map_err(|e| unwritten(&aside, &e))?;
    let db = Db::open(&place.database_url()).await?;
    administration::note_restore(&db, &actor(), &manifest.made).await?;
    Ok(evidence)
}

/// Nothing is overwritten. A database on a server says so itself, in the transaction that fills it.
fn free(place: &Place) -> Result<()> {
    let over = |path: &Path| Error::conflict("restore-over-data").with("path", path.display());
    let files = place.data_dir.join(FILES);
    let there = entries(&files).map_err(|e| unwritten(&files, &e))?;
    // An empty folder of uploads is made at each start.
    for path in there {
        if path.file_name() != Some("incoming".as_ref()) || !entries(&path).map_err(|e| unwritten(&path, &e))?.is_empty() {
            return Err(over(&files));
        }
    }
    match place.file() {
        Some(file) if file.exists() => Err(over(&file)),
        _ => Ok(()),
    }
}

/// The copy with the tables of this program; the evidence it names.
async fn brought_up(copy: &Path) -> Result<Vec<files::Hash>> {
    let db = Db::open(&format!("sqlite:{}", copy.display())).await?;
    db.migrate(&house::migrations(&house::slices())).await?;
    let named = db.read(async |tx| files::named(tx).await).await?;
    drop(db);
    db::settle(copy)?;
    Ok(named)
}

/// Evidence first: a row is there only when its file is.
async fn put(place: &Place, aside: &Path) -> Result<()> {
    let files = place.data_dir.join(FILES);
    if files.exists() {
        fs::remove_dir_all(&files).map_err(|e| unwritten(&files, &e))?;
    }
    fs::rename(aside.join(FILES), &files).map_err(|e| unwritten(&files, &e))?;
    sync(&place.data_dir)?;
    let copy = aside.join(DATABASE);
    let Some(target) = place.file() else {
        let filled = Db::open(&place.database_url()).await?.fill_from(&copy, &house::migrations(&house::slices())).await;
        if filled.is_err() {
            // They were ours alone a moment ago, and the next try finds the place as empty as this one did.
            fs::remove_dir_all(&files).map_err(|e| unwritten(&files, &e))?;
        }
        return Ok(filled?);
    };
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder == place.data_dir {
        fs::rename(&copy, &target).map_err(|e| unwritten(&target, &e))?;
    } else {
        // It may lie on another disk.
        Db::open(&format!("sqlite:{}", copy.display())).await?.copy_to(&target, &house::migrations(&house::slices())).await?;
    }
    sync(folder)
}

//! What serving and every command stand on: the data directory, keys, and a database whose tables are up to date.
use crate::house;
use crate::options::Place;
use access::System;
use db::Db;
use installation::{Installation, Keys};
use kernel::{BusinessDate, Clock, Error, Instant, Result};
use organisations::import::Organisations;
use std::time::Duration;

/// An import nobody has worked on for this long belongs to a process that is dead.
const QUIET: Duration = Duration::from_secs(3);

pub struct Ground {
    pub db: Db,
    pub keys: Keys,
    /// `None` before set-up.
    pub installation: Option<Installation>,
    pub clock: Clock,
}

impl Ground {
    /// Opens (and if need be makes) the database and the keys, brings the tables up to date, publishes what ships.
    ///
    /// # Errors
    /// What a person can mend: an unreachable database, keys that do not fit it, a data directory that cannot be written.
    pub async fn open(place: &Place) -> Result<Ground> {
        make_private(&place.data_dir)?;
        let db = Db::open(&place.database_url()).await?;
        let keys = installation::keys_for(&db, &place.key_dir()).await?;
        db.migrate(&house::migrations(&house::slices())).await?;
        installation::fit(&db, &keys).await?;
        let installation = installation::describe(&db, &keys.fingerprint()).await?;
        let clock = installation::clock(&db).await?;
        standards::seed(&db).await?;
        administration::seed_calendar(&db, &System::job("calendar-seed"), &crate::calendars::shipped()?).await?;
        Ok(Ground { db, keys, installation, clock })
    }
    /// As [`Ground::open`], for whoever counts branches or points: what a killed process had made valid of a file is there
    /// whole before anything is counted.
    ///
    /// # Errors
    /// As [`Ground::open`]; the engine's own.
    pub async fn settled(place: &Place) -> Result<Ground> {
        let ground = Self::open(place).await?;
        assessment::carried::resume(&ground.db, Instant::now()).await?;
        // Whoever is at work is waited for: two processes would only keep each other from writing.
        while organisations::import::is_carrying(&ground.db).await? || assessment::import::is_carrying(&ground.db).await? {
            let quiet = Instant::now();
            tokio::time::sleep(QUIET).await;
            carry_on(&ground.db, ground.clock.today(), quiet).await?;
        }
        Ok(ground)
    }
}

/// Finishes what a killed process left half way and nobody has worked on since `quiet`: an import that had become valid;
/// problems that were to be carried into another year; the stars of sheets from before stars were kept; what 公示 is to show. Two processes carrying the same one do no harm.
///
/// # Errors
/// The engine's own.
pub async fn carry_on(db: &Db, today: BusinessDate, quiet: Instant) -> Result<()> {
    organisations::import::resume::<Organisations>(db, quiet).await?;
    members::resume_import(db, quiet).await?;
    assessment::import::resume(db, &house::suppliers(), today, quiet).await?;
    assessment::carried::resume(db, quiet).await?;
    assessment::sheet::starless::resume(db, &house::suppliers(), today).await?;
    assessment::publicity::publicise(db, &house::suppliers(), today, quiet).await
}

/// Personal data lies in it, so nobody else on the machine reads it.
pub fn make_private(dir: &std::path::Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let failed = |e: std::io::Error| Error::invalid("data-dir").with("dir", dir.display()).with("why", e);
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)
}

//! The one row that says what this database is. It is written when the installation is founded.
use db::{Db, Result, Tx, params};
use jiff::tz::TimeZone;
use kernel::{BusinessDate, Clock, Error, Instant};

/// The civil zone of every business date, whatever the machine's own zone is.
const ZONE: &str = "Asia/Shanghai";

/// Whether one-press entry and a set business date exist here. It never changes after founding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Real,
    Demo,
}

impl Kind {
    /// Whether those whose role needs a second factor are asked for it: everywhere but in a demo, whose accounts have no secret
    /// of their own. Nothing else switches it off.
    pub fn asks_second_factor(self) -> bool {
        self == Kind::Real
    }
}

#[derive(Clone, Debug)]
pub struct Installation {
    pub kind: Kind,
    /// Shown in the masthead.
    pub name: String,
    pub area: String,
    /// The year the first cycle is about.
    pub year: i64,
}

db::row! {
    struct Line { kind: String, name: String, area: String, year: i64, keys: Vec<u8>, business_date: Option<BusinessDate> }
}

/// Writes the row; a second founding is refused by its primary key.
///
/// # Errors
/// The engine's own.
pub async fn found(tx: &mut Tx<'_>, what: &Installation, keys: &[u8; 32], date: Option<BusinessDate>) -> Result<()> {
    let kind = if what.kind == Kind::Demo { "demo" } else { "real" };
    tx.exec(
        "INSERT INTO installation (one, kind, name, area, year, keys, business_date) VALUES (1, $1, $2, $3, $4, $5, $6)",
        &params![kind, &what.name, &what.area, what.year, keys, date],
    )
    .await?;
    // Whatever is made ready for a demo belongs to its first day.
    if let Some(date) = date { stands(tx, date, Instant(0)).await } else { Ok(()) }
}

/// Whether a database has been founded; one without tables has not.
///
/// # Errors
/// The engine's own.
pub(crate) async fn founded(db: &Db) -> kernel::Result<bool> {
    Ok(db.schema().await?.contains("installation") && read(db).await?.is_some())
}

/// What this database is, or `None` before set-up.
///
/// # Errors
/// `keys-do-not-fit` if it was founded with other keys: what they sealed could not be read.
pub async fn describe(db: &Db, keys: &[u8; 32]) -> kernel::Result<Option<Installation>> {
    let Some(line) = read(db).await? else { return Ok(None) };
    if line.keys != keys {
        return Err(Error::invalid("keys-do-not-fit"));
    }
    let kind = if line.kind == "demo" { Kind::Demo } else { Kind::Real };
    Ok(Some(Installation { kind, name: line.name, area: line.area, year: line.year }))
}

/// The clock of this installation: the real date in its zone, or the demo's own.
///
/// # Errors
/// `zone-unknown` if the zone's rules are not on this machine nor in the program.
pub async fn clock(db: &Db) -> kernel::Result<Clock> {
    let clock = Clock::real(TimeZone::get(ZONE).map_err(|e| Error::internal(format!("zone {ZONE}: {e}")))?);
    if let Some(date) = read(db).await?.and_then(|l| l.business_date) {
        for moved in moves(db).await? {
            clock.set_at(moved.at, moved.day);
        }
        // Of a demo older than the list of its days only the last one is known.
        if clock.today() != date {
            clock.set(date);
        }
    }
    Ok(clock)
}

db::row! {
    /// A business date, and since when it has stood.
    struct Moved { at: Instant, day: BusinessDate }
}

async fn moves(db: &Db) -> kernel::Result<Vec<Moved>> {
    Ok(db.lookup("SELECT at, day FROM installation_day ORDER BY at", &[]).await?)
}

/// The demo's date as it is now, taken over if another process has moved it.
///
/// # Errors
/// The engine's own.
pub async fn follow(db: &Db, clock: &Clock) -> kernel::Result<()> {
    let newest: Vec<Moved> = db.lookup("SELECT at, day FROM installation_day ORDER BY at DESC LIMIT 1", &[]).await?;
    if let Some(moved) = newest.first().filter(|moved| moved.day != clock.today()) {
        clock.set_at(moved.at, moved.day);
    }
    Ok(())
}

/// The day that stood from an instant on. While a demo is made its days go by, and what was done on one is shown under it.
///
/// # Errors
/// The engine's own.
pub async fn stands(tx: &mut Tx<'_>, date: BusinessDate, at: Instant) -> Result<()> {
    tx.exec("INSERT INTO installation_day (at, day) VALUES ($1, $2) ON CONFLICT (at) DO UPDATE SET day = excluded.day", &params![at, date])
        .await?;
    Ok(())
}

/// Moves the demo's date; a real installation has none to move.
///
/// # Errors
/// `not-a-demo` on a real installation.
pub async fn move_date(tx: &mut Tx<'_>, date: BusinessDate, at: Instant) -> Result<()> {
    let moved = tx.exec("UPDATE installation SET business_date = $1 WHERE kind = 'demo'", &params![date]).await?;
    if moved == 1 { stands(tx, date, at).await } else { Err(Error::conflict("not-a-demo").into()) }
}

async fn read(db: &Db) -> kernel::Result<Option<Line>> {
    let lines = db.lookup("SELECT kind, name, area, year, keys, business_date FROM installation WHERE one = 1", &[]).await;
    Ok(lines.map_err(Error::from)?.pop())
}

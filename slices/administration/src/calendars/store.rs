//! The SQL of the holidays and of the editions that brought them.
use calendar::{Calendar, Day, DayKind};
use db::{Db, Result, Tx, params};
use kernel::{BusinessDate, Error, Instant};

db::row! {
    struct Line { date: BusinessDate, kind: String, name: String }
    /// One file that was brought in.
    #[derive(Clone)]
    pub struct Edition { pub number: i64, pub source: String, pub days: i64, pub brought_by: String, pub at: Instant }
}

pub async fn all(tx: &mut Tx<'_>) -> Result<Calendar> {
    let lines: Vec<Line> = tx.all("SELECT date, kind, name FROM holiday ORDER BY date", &[]).await?;
    let day = |l: Line| {
        let kind = match l.kind.as_str() {
            "holiday" => DayKind::Holiday,
            "workday" => DayKind::Workday,
            other => return Err(Error::internal(format!("holiday of kind {other}"))),
        };
        Ok(Day { date: l.date, kind, name: l.name })
    };
    Ok(Calendar::of(lines.into_iter().map(day).collect::<kernel::Result<Vec<_>>>()?))
}

/// The number of the newest edition; 0 before the first.
pub async fn newest(db: &Db) -> Result<i64> {
    let number: Vec<i64> = db.lookup("SELECT number FROM holiday_edition ORDER BY number DESC LIMIT 1", &[]).await?;
    Ok(number.first().copied().unwrap_or(0))
}

pub async fn editions(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Edition>> {
    tx.all("SELECT number, source, days, brought_by, at FROM holiday_edition ORDER BY number DESC LIMIT $1", &params![limit]).await
}

/// An announcement of a year speaks for that year up to 27 December and for the last days of December before it,
/// which belong to New Year; it replaces what stood there.
pub async fn clear(tx: &mut Tx<'_>, year: i32) -> Result<()> {
    let day = |year: i32, day: i8| BusinessDate::of(i16::try_from(year).unwrap_or(i16::MAX), 12, day);
    let (from, to) = (day(year - 1, 28)?, day(year, 27)?);
    tx.exec("DELETE FROM holiday WHERE date >= $1 AND date <= $2", &params![from, to]).await?;
    Ok(())
}

pub async fn put(tx: &mut Tx<'_>, day: &Day) -> Result<()> {
    let kind = if day.kind == DayKind::Holiday { "holiday" } else { "workday" };
    tx.later(
        "INSERT INTO holiday (date, kind, name) VALUES ($1, $2, $3)
         ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, name = excluded.name",
        &params![day.date, kind, &day.name],
    )
    .await
}

pub async fn note(tx: &mut Tx<'_>, source: &str, days: i64, by: &str, at: Instant) -> Result<()> {
    let number: i64 = tx.one("SELECT COALESCE(MAX(number), 0) + 1 FROM holiday_edition", &[]).await?;
    tx.exec(
        "INSERT INTO holiday_edition (number, source, days, brought_by, at) VALUES ($1, $2, $3, $4, $5)",
        &params![number, source, days, by, at],
    )
    .await?;
    Ok(())
}

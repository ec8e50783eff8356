//! The published holidays that ship.
use calendar::Calendar;
use kernel::{Error, Result};

/// # Errors
/// `internal` if the shipped file is broken; a test reads it.
pub fn shipped() -> Result<Calendar> {
    let days = Calendar::parse(include_str!("../../content/calendars/holidays.csv"));
    days.map_err(|bad| bad.into_iter().next().unwrap_or_else(|| Error::internal("calendar")))
}

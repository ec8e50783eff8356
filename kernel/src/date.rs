//! Two kinds of time: rules go by the business date, logs by the instant.
use crate::{Error, Result};
use jiff::{ToSpan, civil::Date};
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A civil date in the installation's zone. Every rule, due date and edition is chosen by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BusinessDate(Date);

impl BusinessDate {
    /// # Errors
    /// `date-missing` for nothing; `date-format` unless it is a real day written `2019-03-25`, years 1900 to 9999.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let bad = || refused(text);
        let shape =
            text.len() == 10 && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(bad());
        }
        let date: Date = text.parse().map_err(|_| bad())?;
        if date.year() < 1900 { Err(bad()) } else { Ok(Self(date)) }
    }
    /// Reads a day as offices write it: year, month and day apart by `-`, `/`, `.` or `年月日`, with or without zeros in
    /// front, eight digits without anything between, a midnight behind it. The year always comes first, so nothing is guessed.
    ///
    /// # Errors
    /// `date-missing` for nothing, `date-format` for anything else.
    pub fn written(text: &str) -> Result<Self> {
        let text = text.trim();
        let bad = || refused(text);
        let day = MIDNIGHTS.iter().find_map(|m| text.strip_suffix(m)).unwrap_or(text).trim_end();
        let parts = parts(day).ok_or_else(bad)?;
        let digits = |s: &str, max: usize| (1..=max).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        let [year, month, day] = parts;
        if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return Err(bad());
        }
        Self::parse(&format!("{year}-{month:0>2}-{day:0>2}")).map_err(|_| bad())
    }
    /// # Errors
    /// `date-format` if there is no such day.
    pub fn of(year: i16, month: i8, day: i8) -> Result<Self> {
        Self::parse(&format!("{year:04}-{month:02}-{day:02}"))
    }
    pub fn from_civil(date: Date) -> Self {
        Self(date)
    }
    pub fn civil(self) -> Date {
        self.0
    }
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }
    pub fn month(self) -> i8 {
        self.0.month()
    }
    pub fn day(self) -> i8 {
        self.0.day()
    }
    /// Days since 1970-01-01; what the database stores, so that ranges are plain comparisons.
    pub fn number(self) -> i64 {
        i64::from(Self::epoch().until(self.0).map_or(0, |s| s.get_days()))
    }
    /// The inverse of [`Self::number`]; saturates at the calendar's ends.
    pub fn from_number(days: i64) -> Self {
        Self(Self::epoch().saturating_add(i32::try_from(days).unwrap_or(i32::MAX).clamp(-700_000, 2_900_000).days()))
    }
    /// Calendar days later (or earlier).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }
    /// Calendar months later; a day the month lacks becomes its last day (01-31 + 1 month = 02-28).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }
    /// 0 for Monday … 6 for Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_zero_offset()
    }
    fn epoch() -> Date {
        Date::constant(1970, 1, 1)
    }
}

/// Nothing is not a wrong day: who left a field empty is told to fill it in.
fn refused(text: &str) -> Error {
    if text.is_empty() { Error::invalid("date-missing") } else { Error::invalid("date-format").with("value", text) }
}

/// What spreadsheets put behind a day they take for a time.
const MIDNIGHTS: [&str; 4] = [" 00:00:00", "T00:00:00", " 0:00:00", " 0:00"];

/// Year, month and day as they stand; the same mark must stand between both pairs.
fn parts(text: &str) -> Option<[&str; 3]> {
    if text.len() == 8 && text.is_ascii() && !text.contains(['-', '/', '.']) {
        return Some([&text[..4], &text[4..6], &text[6..]]);
    }
    let (text, first, second) = match text.strip_suffix('日') {
        Some(text) => (text, '年', '月'),
        None => {
            let mark = text.chars().find(|c| ['-', '/', '.'].contains(c))?;
            (text, mark, mark)
        }
    };
    let (year, rest) = text.split_once(first)?;
    let (month, day) = rest.split_once(second)?;
    Some([year, month, day].map(str::trim))
}

impl fmt::Display for BusinessDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::str::FromStr for BusinessDate {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// Milliseconds since 1970-01-01T00:00Z, from the machine's clock: sign-in, lockout, audit, logs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Instant(pub i64);

impl Instant {
    pub fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)))
    }
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60_000)
    }
}

crate::as_text!(BusinessDate);

#[cfg(test)]
mod tests {
    use super::BusinessDate;

    #[test]
    fn dates_are_real_days_and_count_from_1970() {
        let d = BusinessDate::parse("2019-03-25").unwrap();
        assert_eq!(BusinessDate::from_number(d.number()), d);
        assert_eq!(BusinessDate::parse("1970-01-02").unwrap().number(), 1);
        for bad in ["2019-3-25", "2019-02-29", "20190325", "2019/03/25", "0001-01-01", ""] {
            assert!(BusinessDate::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(BusinessDate::parse("2026-01-31").unwrap().plus_months(1).to_string(), "2026-02-28");
    }

    #[test]
    fn a_day_is_read_as_offices_write_it_and_never_guessed() {
        for text in [
            "2026-01-05",
            "2026-1-5",
            "2026/1/5",
            "2026/01/05",
            "2026.1.5",
            "2026年1月5日",
            "2026年01月05日",
            "2026 年 1 月 5 日",
            "20260105",
            " 2026/1/5 0:00 ",
            "2026-01-05 00:00:00",
        ] {
            assert_eq!(BusinessDate::written(text).unwrap().to_string(), "2026-01-05", "{text}");
        }
        for missing in ["", "  "] {
            assert_eq!(BusinessDate::written(missing).unwrap_err().key, "date-missing");
            assert_eq!(BusinessDate::parse(missing).unwrap_err().key, "date-missing");
        }
        for bad in [
            "5/1/2026",
            "1-5-2026",
            "26-1-5",
            "2026-1/5",
            "2026年1月",
            "2026-13-1",
            "2026/2/30",
            "2026/1/5 8:00",
            "46027",
            "２０２６-1-5",
            "2026-1-5-1",
            "2026--1-5",
            "2026年1月5",
            "+2026-1-5",
            "18991231",
            "2026-001-05",
            "今天",
        ] {
            assert_eq!(BusinessDate::written(bad).unwrap_err().key, "date-format", "{bad}");
        }
    }
}

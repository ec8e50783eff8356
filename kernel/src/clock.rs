//! Time comes through a clock that tests and the demo can set.
use crate::{BusinessDate, Instant};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Gives the business date: real (the installation's zone) unless it has been set.
/// Sign-in, lockout and audit use [`Instant::now`] and are never set.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    set: Arc<AtomicI64>,
}

const REAL: i64 = i64::MIN;

impl Clock {
    /// The real date in `zone`, whatever the machine's own zone is.
    pub fn real(zone: TimeZone) -> Self {
        Self { zone, set: Arc::new(AtomicI64::new(REAL)) }
    }
    /// A clock that stands at `date` until it is moved.
    pub fn standing(date: BusinessDate) -> Self {
        let clock = Self::real(TimeZone::UTC);
        clock.set(date);
        clock
    }
    /// Sets the business date for everyone who holds a copy of this clock.
    pub fn set(&self, date: BusinessDate) {
        self.set.store(date.number(), Ordering::Relaxed);
    }
    pub fn today(&self) -> BusinessDate {
        match self.set.load(Ordering::Relaxed) {
            REAL => BusinessDate::from_civil(self.local(Instant::now()).date()),
            days => BusinessDate::from_number(days),
        }
    }
    /// An instant as hour and minute in the installation's zone, `10:22`.
    pub fn hour_minute(&self, at: Instant) -> String {
        let t = self.local(at).time();
        format!("{:02}:{:02}", t.hour(), t.minute())
    }
    /// An instant as date and time in the installation's zone, `2019-05-24 10:22`.
    pub fn date_time(&self, at: Instant) -> String {
        format!("{} {}", self.local(at).date(), self.hour_minute(at))
    }
    /// The instant at which a day begins in the installation's zone.
    pub fn begin_of(&self, day: BusinessDate) -> Instant {
        let midnight = self.zone.to_ambiguous_timestamp(day.civil().at(0, 0, 0, 0)).compatible();
        Instant(midnight.map_or(day.number() * 86_400_000, |t| t.as_millisecond()))
    }
    fn local(&self, at: Instant) -> jiff::civil::DateTime {
        self.zone.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_the_zone_s_not_the_machine_s() {
        let clock = Clock::real(TimeZone::get("Asia/Shanghai").unwrap());
        assert_eq!(clock.date_time(Instant(1_558_628_520_000)), "2019-05-24 00:22");
    }

    #[test]
    fn a_day_begins_at_the_zone_s_midnight() {
        let clock = Clock::real(TimeZone::get("Asia/Shanghai").unwrap());
        let begin = clock.begin_of(BusinessDate::parse("2019-05-24").unwrap());
        assert_eq!(clock.date_time(begin), "2019-05-24 00:00");
        assert_eq!(clock.date_time(Instant(begin.0 - 1)), "2019-05-23 23:59");
    }

    #[test]
    fn a_set_clock_stands_for_all_its_copies() {
        let clock = Clock::standing(BusinessDate::parse("2026-06-15").unwrap());
        let copy = clock.clone();
        clock.set(clock.today().plus_days(1));
        assert_eq!(copy.today().to_string(), "2026-06-16");
    }
}

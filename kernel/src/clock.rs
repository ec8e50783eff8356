//! Time comes through a clock that tests and the demo can set.
use crate::{BusinessDate, Instant};
use jiff::{Timestamp, tz::TimeZone};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Gives the business date: real (the installation's zone) unless it has been set.
/// Sign-in, lockout and audit use [`Instant::now`] and are never set.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    set: Arc<AtomicI64>,
    /// Since when which day has stood, oldest first; empty as long as the date is real.
    stood: Arc<RwLock<Vec<(Instant, BusinessDate)>>>,
}

const REAL: i64 = i64::MIN;

impl Clock {
    /// The real date in `zone`, whatever the machine's own zone is.
    pub fn real(zone: TimeZone) -> Self {
        Self { zone, set: Arc::new(AtomicI64::new(REAL)), stood: Arc::default() }
    }
    /// A clock that stands at `date` until it is moved.
    pub fn standing(date: BusinessDate) -> Self {
        let clock = Self::real(TimeZone::UTC);
        clock.set(date);
        clock
    }
    /// Sets the business date for everyone who holds a copy of this clock.
    pub fn set(&self, date: BusinessDate) {
        self.set_at(Instant::now(), date);
    }
    /// The same, for a date that was set before: moves are told in the order in which they were made.
    pub fn set_at(&self, at: Instant, date: BusinessDate) {
        self.stood.write().unwrap_or_else(PoisonError::into_inner).push((at, date));
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
    /// An instant on the day that stood then, `2026-06-15 10:22`: what people did belongs to the business date. Where the
    /// date is real this is [`Clock::date_time`].
    pub fn business_time(&self, at: Instant) -> String {
        let stood = self.stood.read().unwrap_or_else(PoisonError::into_inner);
        // What was made ready before the first day stood belongs to it.
        let day = stood.iter().rev().find(|(since, _)| *since <= at).or(stood.first()).map(|(_, day)| *day);
        day.map_or_else(|| self.date_time(at), |day| format!("{day} {}", self.hour_minute(at)))
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
    fn what_was_done_belongs_to_the_day_that_stood_then() {
        let clock = Clock::real(TimeZone::get("Asia/Shanghai").unwrap());
        let at = Instant(1_558_628_520_000);
        assert_eq!(clock.business_time(at), "2019-05-24 00:22", "the real one, where none is set");
        let day = |text: &str| BusinessDate::parse(text).unwrap();
        clock.set_at(at, day("2026-06-15"));
        clock.set_at(Instant(at.0 + 60_000), day("2026-06-16"));
        assert_eq!(clock.business_time(Instant(at.0 - 1)), "2026-06-15 00:21", "made ready before it");
        assert_eq!(clock.business_time(at), "2026-06-15 00:22");
        assert_eq!(clock.business_time(Instant(at.0 + 60_000)), "2026-06-16 00:23");
        assert_eq!(clock.date_time(at), "2019-05-24 00:22", "sign-in and audit stay real");
    }

    #[test]
    fn a_set_clock_stands_for_all_its_copies() {
        let clock = Clock::standing(BusinessDate::parse("2026-06-15").unwrap());
        let copy = clock.clone();
        clock.set(clock.today().plus_days(1));
        assert_eq!(copy.today().to_string(), "2026-06-16");
    }
}

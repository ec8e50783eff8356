//! Working days, counted from a published calendar.
//!
//! The State Council publishes each year's holidays and make-up working days (放假安排). A year
//! without them is answered as Monday to Friday and said to be provisional; it is never guessed.
mod light;
mod read;

pub use light::Light;

use kernel::{BusinessDate, Error};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// What a published day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayKind {
    /// Nobody works, whatever the weekday.
    Holiday,
    /// A weekend day that is worked in exchange (调休上班).
    Workday,
}

/// One published day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    pub date: BusinessDate,
    pub kind: DayKind,
    /// The feast it belongs to, `春节`.
    pub name: String,
}

/// Whether the day a period starts on counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// The first day is the day after the start (期间开始的日不计算在内).
    Exclusive,
    /// The start is the first day if it is worked; for publicity, which counts its opening day.
    Inclusive,
}

/// A computed date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    pub date: BusinessDate,
    /// A day on the way lies in a year whose holidays are not published yet.
    pub provisional: bool,
}

/// A number of working days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
    pub days: i64,
    /// A day counted lies in a year whose holidays are not published yet.
    pub provisional: bool,
}

/// The published days. Cheap to ask, immutable: an import makes a new one.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Calendar {
    days: BTreeMap<BusinessDate, (DayKind, String)>,
    published: BTreeSet<i32>,
}

/// Past this day number the civil calendar ends (year 9909); no period goes further.
const LAST_DAY: i64 = 2_900_000;

impl Calendar {
    /// Reads `date,kind,name` with a header row; kind is `holiday` or `workday`. In Chinese: 日期,类别,名称; 放假 or 上班.
    ///
    /// # Errors
    /// Every bad row at once, each with `row`, `column` and `value`: `calendar-header`,
    /// `calendar-columns`, `calendar-date`, `calendar-kind`, `calendar-duplicate`, `calendar-empty`.
    pub fn parse(csv: &str) -> Result<Self, Vec<Error>> {
        read::days(csv).map(Self::of)
    }
    /// A calendar of days that are already checked; of several for one date the last counts.
    pub fn of(days: impl IntoIterator<Item = Day>) -> Self {
        let mut calendar = Self::default();
        for day in days {
            if day.kind == DayKind::Holiday {
                calendar.published.insert(day.date.year());
            }
            calendar.days.insert(day.date, (day.kind, day.name));
        }
        calendar
    }
    /// All published days in order.
    pub fn days(&self) -> impl Iterator<Item = Day> {
        self.days.iter().map(|(date, (kind, name))| Day { date: *date, kind: *kind, name: name.clone() })
    }
    /// Years with published holidays, ascending.
    pub fn published_years(&self) -> impl Iterator<Item = i32> {
        self.published.iter().copied()
    }
    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }
    /// Whether `date` is worked; Monday to Friday where nothing is published.
    pub fn is_workday(&self, date: BusinessDate) -> bool {
        match self.days.get(&date) {
            Some((kind, _)) => *kind == DayKind::Workday,
            None => date.weekday() < 5,
        }
    }
    /// The `n`-th working day from `start`; `start` itself for `n = 0`.
    pub fn add(&self, start: BusinessDate, n: u32, mode: Mode) -> Due {
        let mut number = if mode == Mode::Inclusive { start.number() - 1 } else { start.number() };
        let mut due = Due { date: start, provisional: false };
        let mut left = n;
        while left > 0 && number < LAST_DAY {
            number += 1;
            due.date = BusinessDate::from_number(number);
            due.provisional |= !self.is_published(due.date.year());
            left -= u32::from(self.is_workday(due.date));
        }
        due
    }
    /// Working days after `from` up to and including `to`; negative when `to` comes first.
    pub fn count(&self, from: BusinessDate, to: BusinessDate) -> Count {
        if to < from {
            let back = self.count(to, from);
            return Count { days: -back.days, ..back };
        }
        // Mondays to Fridays, put right by what was published: a page of problems asks for a hundred periods.
        let published = self.days.range((Bound::Excluded(from), Bound::Included(to)));
        let exceptions = published.map(|(day, (kind, _))| match kind {
            DayKind::Workday => i64::from(day.weekday() >= 5),
            DayKind::Holiday => -i64::from(day.weekday() < 5),
        });
        let days = weekdays_until(to) - weekdays_until(from) + exceptions.sum::<i64>();
        // The first day counted is the day after.
        let provisional = from < to && (from.plus_days(1).year()..=to.year()).any(|year| !self.is_published(year));
        Count { days, provisional }
    }
    /// Working days left until `due`: 0 on the day, negative once it has passed.
    pub fn remaining(&self, today: BusinessDate, due: BusinessDate) -> Count {
        self.count(today, due)
    }
}

/// Mondays to Fridays from some Monday long past up to and including `day`.
fn weekdays_until(day: BusinessDate) -> i64 {
    let weekday = i64::from(day.weekday());
    let monday = day.number() - weekday;
    // Every Monday has the same remainder, so whole weeks lie between any two.
    monday.div_euclid(7) * 5 + (weekday + 1).min(5)
}

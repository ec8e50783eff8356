//! The shipped calendar against the given vectors, plain counting and bad files.
#![allow(clippy::restriction, reason = "test helpers may panic")]
mod wall;

use calendar::{Calendar, Light, Mode};
use kernel::BusinessDate;
use proptest::prelude::*;
use std::sync::LazyLock;

const HOLIDAYS: &str = include_str!("../../../content/calendars/holidays.csv");
const VECTORS: &str = include_str!("workday-vectors.csv");

fn shipped() -> Calendar {
    Calendar::parse(HOLIDAYS).unwrap()
}

fn date(text: &str) -> BusinessDate {
    BusinessDate::parse(text).unwrap()
}

#[test]
fn every_vector_is_met() {
    let calendar = shipped();
    let mut rows = 0;
    for line in VECTORS.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let mode = if cells[2] == "inclusive" { Mode::Inclusive } else { Mode::Exclusive };
        let due = calendar.add(date(cells[0]), cells[1].parse().unwrap(), mode);
        assert_eq!((due.date.to_string().as_str(), due.provisional), (cells[3], false), "{line}");
        rows += 1;
    }
    assert_eq!(rows, 24);
}

#[test]
fn counting_leaves_out_the_start_and_takes_in_the_end() {
    let calendar = shipped();
    let count = calendar.count(date("2019-03-25"), date("2019-04-03"));
    assert_eq!((count.days, count.provisional), (7, false));
    assert_eq!(calendar.count(date("2019-04-03"), date("2019-03-25")).days, -7);
    assert_eq!(calendar.count(date("2019-04-03"), date("2019-04-03")).days, 0);
}

#[test]
fn the_shipped_years_are_2018_to_2026() {
    assert_eq!(shipped().published_years().collect::<Vec<_>>(), (2018..=2026).collect::<Vec<_>>());
    assert_eq!(shipped().days().count(), 320);
}

#[test]
fn a_year_not_published_counts_monday_to_friday_and_says_so() {
    let calendar = shipped();
    let due = calendar.add(date("2026-12-30"), 5, Mode::Exclusive);
    assert_eq!((due.date.to_string().as_str(), due.provisional), ("2027-01-06", true));
    assert!(calendar.count(date("2026-12-31"), date("2027-01-01")).provisional);
    assert!(!calendar.count(date("2026-12-01"), date("2026-12-31")).provisional);
    assert!(!calendar.add(date("2026-12-30"), 1, Mode::Exclusive).provisional);
}

#[test]
fn the_light_counts_working_days() {
    let calendar = shipped();
    let due = date("2019-05-24");
    for (today, light) in [
        ("2019-05-29", Light::Late(3)),
        ("2019-05-25", Light::Late(0)),
        ("2019-05-24", Light::Today),
        ("2019-05-22", Light::Soon(2)),
        ("2019-05-21", Light::Soon(3)),
        ("2019-05-13", Light::Fine(9)),
    ] {
        assert_eq!(Light::of(&calendar, date(today), due, false), light, "{today}");
        assert_eq!(Light::of(&calendar, date(today), due, true), Light::Closed);
    }
}

#[test]
fn every_bad_row_is_named_with_column_and_value() {
    let file =
        "date,kind,name\n2027-02-30,holiday,春节\n2027-02-05,rest,春节\n2027-02-06,holiday,春节\n2027-02-06,workday,春节\n2027-02-07\n";
    let found: Vec<_> = Calendar::parse(file).unwrap_err().iter().map(|e| (e.key, e.args[0].1.clone(), e.args[2].1.clone())).collect();
    let expected = [
        ("calendar-date", "2", "2027-02-30"),
        ("calendar-kind", "3", "rest"),
        ("calendar-duplicate", "5", "2027-02-06"),
        ("calendar-columns", "6", "2027-02-07"),
    ];
    assert_eq!(found, expected.map(|(k, r, v)| (k, r.to_owned(), v.to_owned())));
    assert_eq!(Calendar::parse("").unwrap_err()[0].key, "calendar-header");
    assert_eq!(Calendar::parse("date,kind,name\n").unwrap_err()[0].key, "calendar-empty");
    assert!(Calendar::parse("\u{feff}date,kind,name\r\n2027-01-01,holiday,元旦\r\n").is_ok());
}

#[test]
fn the_template_is_read_as_people_fill_it_in_and_its_examples_are_not() {
    let template = include_str!("../../../content/templates/calendars.csv");
    assert_eq!(Calendar::parse(template).unwrap_err()[0].key, "calendar-empty");
    let filled = Calendar::parse(&format!("\u{feff}{template}2027-01-01,放假,元旦\r\n2027-01-02,上班,元旦\r\n")).unwrap();
    assert!(!filled.is_workday(date("2027-01-01")) && filled.is_workday(date("2027-01-02")) && filled.is_published(2027));
}

#[test]
fn no_period_runs_past_the_end_of_the_calendar() {
    assert!(shipped().add(date("9000-01-01"), u32::MAX, Mode::Exclusive).date.year() > 9000);
}

static WALL: LazyLock<wall::Wall> = LazyLock::new(wall::Wall::hung);

proptest! {
    #[test]
    fn it_counts_as_one_counts_on_a_calendar_on_the_wall(start in 17_540i64..20_600, n in 0u32..200, far in 0i64..500) {
        let (calendar, from, to) = (shipped(), BusinessDate::from_number(start), BusinessDate::from_number(start + far));
        for mode in [Mode::Exclusive, Mode::Inclusive] {
            let due = calendar.add(from, n, mode);
            prop_assert_eq!((due.date.to_string(), due.provisional), WALL.nth(&from.to_string(), n, mode == Mode::Inclusive));
        }
        prop_assert_eq!(calendar.count(from, to).days, WALL.between(&from.to_string(), &to.to_string()));
        let in_a_year_not_published = (start + 1..=start + far).any(|n| !calendar.is_published(BusinessDate::from_number(n).year()));
        prop_assert_eq!(calendar.count(from, to).provisional, in_a_year_not_published);
        prop_assert_eq!(calendar.count(to, from).days, WALL.between(&to.to_string(), &from.to_string()));
    }
    #[test]
    fn adding_and_counting_agree(start in 17_600i64..20_900, n in 1u32..60) {
        let calendar = shipped();
        let start = BusinessDate::from_number(start);
        let due = calendar.add(start, n, Mode::Exclusive).date;
        prop_assert!(calendar.is_workday(due));
        prop_assert_eq!(calendar.count(start, due).days, i64::from(n));
    }
    #[test]
    fn a_longer_period_never_ends_earlier(start in 17_600i64..20_900, n in 0u32..60) {
        let calendar = shipped();
        let start = BusinessDate::from_number(start);
        for mode in [Mode::Exclusive, Mode::Inclusive] {
            prop_assert!(calendar.add(start, n, mode).date <= calendar.add(start, n + 1, mode).date);
        }
    }
}

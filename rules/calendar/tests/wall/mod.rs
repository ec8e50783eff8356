//! Working days by a wall calendar: day after day from a Monday, the file read with `split`. It shares no code with the
//! crate, not even its dates.
use std::collections::HashMap;

const HOLIDAYS: &str = include_str!("../../../../content/calendars/holidays.csv");
/// 2018-01-01 was a Monday; the published years are all those named in the file.
const FIRST: (i32, u32, u32) = (2018, 1, 1);
const LAST_YEAR: i32 = 2028;

pub struct Wall {
    /// `2018-01-01`, whether it is worked, whether its year is published.
    days: Vec<(String, bool, bool)>,
}

impl Wall {
    pub fn hung() -> Self {
        let rows = || HOLIDAYS.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        let said: HashMap<&str, &str> = rows().map(|cells| (cells[0], cells[1])).collect();
        let published = |year: i32| rows().any(|cells| cells[1] == "holiday" && cells[0].starts_with(&format!("{year}-")));
        let (mut days, mut weekday) = (Vec::new(), 0);
        let (mut year, mut month, mut day) = FIRST;
        let mut is_published = published(year);
        while year <= LAST_YEAR {
            let name = format!("{year:04}-{month:02}-{day:02}");
            let is_worked = match said.get(name.as_str()) {
                Some(&"holiday") => false,
                Some(_) => true,
                None => weekday < 5,
            };
            days.push((name, is_worked, is_published));
            weekday = (weekday + 1) % 7;
            day += 1;
            if day > length(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
                is_published = published(year);
            }
        }
        Self { days }
    }
    fn at(&self, name: &str) -> usize {
        self.days.iter().position(|(day, ..)| day == name).expect("a day on the wall")
    }
    /// The `n`-th working day after `start`, or from it on, and whether a day on the way is only assumed.
    pub fn nth(&self, start: &str, n: u32, counts_start: bool) -> (String, bool) {
        let mut at = self.at(start);
        let (mut found, mut assumed, mut look_here) = (0, false, counts_start);
        while found < n {
            if !look_here {
                at += 1;
            }
            look_here = false;
            assumed |= !self.days[at].2;
            found += u32::from(self.days[at].1);
        }
        (self.days[at].0.clone(), assumed)
    }
    /// Working days after `from`, `to` counted.
    pub fn between(&self, from: &str, to: &str) -> i64 {
        let (from, to) = (self.at(from), self.at(to));
        let within = |first: usize, last: usize| self.days[first + 1..=last].iter().filter(|(_, worked, _)| *worked).count() as i64;
        if from <= to { within(from, to) } else { -within(to, from) }
    }
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

//! Which edition was in force on a day. Rules are judged by the edition of the day they were carried out (S08).
use super::{Code, Edition};
use kernel::{BusinessDate, Error, Result};
use std::fmt;

/// The first day in force, as exactly as it is known: a day, or only its month or year.
/// For comparing, what is not known is the first day of the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FirstDay {
    day: BusinessDate,
    known: Known,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Year,
    Month,
    Day,
}

impl FirstDay {
    /// Reads `2018-10-28`, `2016-04` or `2008`.
    ///
    /// # Errors
    /// `first-day` for anything else.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let (full, known) = match text.len() {
            4 => (format!("{text}-01-01"), Known::Year),
            7 => (format!("{text}-01"), Known::Month),
            _ => (text.to_owned(), Known::Day),
        };
        let day = BusinessDate::parse(&full).map_err(|_| Error::invalid("first-day").with("value", text))?;
        Ok(Self { day, known })
    }
    pub fn day(self) -> BusinessDate {
        self.day
    }
    /// Whether the very day is known.
    pub fn exact(self) -> bool {
        self.known == Known::Day
    }
}

/// As it was written: no more exact than it is known.
impl fmt::Display for FirstDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = self.day.to_string();
        let shown = match self.known {
            Known::Year => 4,
            Known::Month => 7,
            Known::Day => full.len(),
        };
        f.write_str(full.get(..shown).unwrap_or(&full))
    }
}

/// Of each code, the edition in force on `day`, by code.
pub fn in_force<'a>(editions: impl IntoIterator<Item = &'a Edition>, day: BusinessDate) -> Vec<&'a Edition> {
    let mut begun: Vec<&Edition> = editions.into_iter().filter(|e| e.head.effective_from.day() <= day).collect();
    begun.sort_by(|a, b| {
        let key = |e: &Edition| (e.head.effective_from.day(), e.head.version.clone());
        a.head.code.cmp(&b.head.code).then_with(|| key(b).cmp(&key(a)))
    });
    begun.dedup_by(|later, first| later.head.code == first.head.code);
    begun.retain(|e| e.head.effective_to.is_none_or(|last| day <= last));
    begun
}

/// The edition of `code` in force on `day`: the newest that has begun, if it has not ended.
pub fn in_force_of<'a>(editions: impl IntoIterator<Item = &'a Edition>, code: &Code, day: BusinessDate) -> Option<&'a Edition> {
    in_force(editions.into_iter().filter(|e| e.head.code == *code), day).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::FirstDay;

    #[test]
    fn a_first_day_is_shown_no_more_exactly_than_it_is_known() {
        for (text, day, exact) in [("2018-10-28", "2018-10-28", true), ("2016-04", "2016-04-01", false), ("2008", "2008-01-01", false)] {
            let first = FirstDay::parse(text).unwrap();
            assert_eq!((first.to_string().as_str(), first.day().to_string().as_str(), first.exact()), (text, day, exact));
        }
        for bad in ["", "2018-13", "20", "2018-10-32", "二〇一八"] {
            assert_eq!(FirstDay::parse(bad).unwrap_err().key, "first-day", "{bad}");
        }
    }
}

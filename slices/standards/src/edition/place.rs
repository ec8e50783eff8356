//! A place in a regulation, as schemes and links name it: `REG-ZB:4`, `REG-FZ:7-33`, `REG-XJ:ch4`, `REG-DF`.
use super::Code;
use kernel::{Error, Result};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub code: Code,
    pub spot: Spot,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The regulation as such.
    Whole,
    Article(u16),
    /// From the first to the last, both included.
    Articles(u16, u16),
    Chapter(u16),
}

impl Place {
    /// # Errors
    /// `place-format` unless it is a code, alone or followed by `:` and an article, a range or `ch` with a chapter.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || Error::invalid("place-format").with("value", text.trim());
        let (code, spot) = match text.trim().split_once(':') {
            None => (text, Spot::Whole),
            Some((code, spot)) => (code, Spot::parse(spot).ok_or_else(bad)?),
        };
        Ok(Self { code: Code::parse(code).map_err(|_| bad())?, spot })
    }
}

impl Spot {
    fn parse(text: &str) -> Option<Self> {
        let number = |t: &str| t.parse::<u16>().ok().filter(|n| (1..=999).contains(n) && t.bytes().all(|b| b.is_ascii_digit()));
        if let Some(chapter) = text.strip_prefix("ch") {
            return number(chapter).map(Spot::Chapter);
        }
        match text.split_once('-') {
            None => number(text).map(Spot::Article),
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                (from < to).then_some(Spot::Articles(from, to))
            }
        }
    }
    /// Whether it names this article (a chapter or a whole regulation names none in particular).
    pub fn covers(self, article: u16) -> bool {
        match self {
            Spot::Article(n) => n == article,
            Spot::Articles(from, to) => (from..=to).contains(&article),
            Spot::Whole | Spot::Chapter(_) => false,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spot {
            Spot::Whole => write!(f, "{}", self.code),
            Spot::Article(n) => write!(f, "{}:{n}", self.code),
            Spot::Articles(from, to) => write!(f, "{}:{from}-{to}", self.code),
            Spot::Chapter(n) => write!(f, "{}:ch{n}", self.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Spot};

    #[test]
    fn places_read_back_as_they_are_written() {
        for text in ["REG-ZB:4", "REG-FZ:7-33", "REG-XJ:ch4", "REG-DF"] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
        for bad in ["", ":4", "REG-ZB:", "REG-ZB:0", "REG-ZB:four", "REG-ZB:+4", "REG-ZB:9-7", "REG-ZB:ch", "REG ZB:4", "REG-ZB:1000"] {
            assert_eq!(Place::parse(bad).unwrap_err().key, "place-format", "{bad}");
        }
    }

    #[test]
    fn a_range_covers_its_ends_and_a_chapter_no_article_by_name() {
        assert!(Spot::Articles(7, 33).covers(7) && Spot::Articles(7, 33).covers(33) && !Spot::Articles(7, 33).covers(34));
        assert!(!Spot::Chapter(4).covers(4) && !Spot::Whole.covers(1));
    }
}

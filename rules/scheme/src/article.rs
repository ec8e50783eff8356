//! References to articles of regulations, and the question whether they exist.
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `REG-ZB:13`, `REG-FZ:7-33`, `REG-XJ:ch4`, or a whole regulation: `REG-DF`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArticleRef {
    pub regulation: String,
    pub article: Option<String>,
}

/// What the loaded regulations say about a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookup {
    Found,
    /// The regulation is loaded whole and has no such article.
    Missing,
    /// The regulation is not loaded whole, so the article may yet come (待装载).
    NotLoadedWhole,
    UnknownRegulation,
}

/// The regulations loaded. `article` is a number (`13`) or a chapter (`ch4`); `None` asks for the
/// regulation as such.
pub trait Articles {
    fn lookup(&self, regulation: &str, article: Option<&str>) -> Lookup;
}

impl ArticleRef {
    /// `None` unless it is `CODE` or `CODE:ARTICLE` with a number, a range of numbers or `chN`.
    pub fn parse(text: &str) -> Option<Self> {
        let (regulation, article) = match text.split_once(':') {
            Some((regulation, article)) => (regulation, Some(article)),
            None => (text, None),
        };
        let named = !regulation.is_empty() && regulation.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.' || b == b'_');
        let fits = article.is_none_or(|a| is_number(a.strip_prefix("ch").unwrap_or(a)) || range(a).is_some());
        (named && fits).then(|| Self { regulation: regulation.to_owned(), article: article.map(str::to_owned) })
    }
    /// The single articles meant; a range is every number in it.
    pub fn each(&self) -> Vec<Option<String>> {
        match self.article.as_deref() {
            Some(article) => match range(article) {
                Some((first, last)) => (first..=last).map(|n| Some(n.to_string())).collect(),
                None => vec![Some(article.to_owned())],
            },
            None => vec![None],
        }
    }
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    let ends = (number(first)?, number(last)?);
    (ends.0 <= ends.1).then_some(ends)
}

fn is_number(text: &str) -> bool {
    number(text).is_some()
}

/// No regulation has a thousand articles; a longer number is a slip.
fn number(text: &str) -> Option<u16> {
    let plain = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| plain && *n > 0)
}

impl std::fmt::Display for ArticleRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.regulation)?;
        self.article.as_ref().map_or(Ok(()), |article| write!(f, ":{article}"))
    }
}

impl Serialize for ArticleRef {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ArticleRef {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(text))
    }
}

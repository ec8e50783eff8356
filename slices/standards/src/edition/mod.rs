//! An edition of a regulation, rule, standard or star rule: what it is, its articles, and when it was in force.
//! Pure: no database, no clock. A published edition never changes; a revision is a new one.
mod difference;
mod force;
mod numeral;
mod phrases;
mod place;
mod plain;
mod read;
mod shelf;
mod words;

pub use difference::{Change, Compared, Tally, difference, tally};
pub use force::{FirstDay, in_force, in_force_of};
pub use numeral::written;
pub use phrases::Piece;
pub use place::{Place, Spot};
pub use plain::{Split, split};
pub use read::read;
pub use shelf::{Answer, Shelf};
pub use words::{Check, Code, Confidence, Kind};

use kernel::BusinessDate;

/// One edition, whole or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub head: Head,
    /// In ascending order of number.
    pub chapters: Vec<Chapter>,
    /// In ascending order of number.
    pub articles: Vec<Article>,
}

/// What is known of an edition besides its articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What stays the same from edition to edition: `REG-ZB`.
    pub code: Code,
    /// What tells the editions of a code apart: `2018`.
    pub version: Code,
    pub title: String,
    pub kind: Kind,
    pub issuer: Option<String>,
    pub effective_from: FirstDay,
    /// The last day in force. `None`: until a later edition of the same code begins.
    pub effective_to: Option<BusinessDate>,
    pub source: Option<String>,
    pub note: Option<String>,
    pub check: Check,
    /// Every article of the original has its place here, so that a number that is absent does not exist.
    pub whole: bool,
    /// Invented, to show how things work; marked 样例 wherever it is shown.
    pub sample: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    pub number: u16,
    /// Empty where it is not known.
    pub title: String,
    /// What is known of the chapter but of no article in particular.
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// 第…条; 1 to 999.
    pub number: u16,
    pub chapter: Option<u16>,
    /// 第…节, with its title.
    pub section: Option<String>,
    pub heading: Option<String>,
    pub body: Body,
    pub confidence: Option<Confidence>,
    pub source: Option<String>,
    pub check: Check,
    /// The places of higher regulations this article carries out; none in a local rule means 地方特有.
    pub higher: Vec<Place>,
}

/// What is held of an article's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Its own words, clauses separated by line breaks.
    Text(String),
    /// What it says, in our words: never to be quoted as the regulation.
    Summary(String),
    /// Only its number is known.
    Missing,
}

impl Body {
    pub fn words(&self) -> Option<&str> {
        match self {
            Body::Text(t) | Body::Summary(t) => Some(t),
            Body::Missing => None,
        }
    }
}

impl Edition {
    pub fn article(&self, number: u16) -> Option<&Article> {
        self.articles.iter().find(|a| a.number == number)
    }
    pub fn chapter(&self, number: u16) -> Option<&Chapter> {
        self.chapters.iter().find(|c| c.number == number)
    }
    /// Chapters with their articles, those without a chapter first.
    pub fn tree(&self) -> Vec<(Option<&Chapter>, Vec<&Article>)> {
        let of = |chapter: Option<u16>| self.articles.iter().filter(move |a| a.chapter == chapter).collect::<Vec<_>>();
        let loose = of(None);
        let head = (!loose.is_empty()).then_some((None, loose));
        head.into_iter().chain(self.chapters.iter().map(|c| (Some(c), of(Some(c.number))))).collect()
    }
    /// The articles that carry out no article of a higher regulation: 地方特有 (S09).
    pub fn local_only(&self) -> impl Iterator<Item = &Article> {
        self.articles.iter().filter(|a| a.higher.is_empty())
    }
    /// Whether some article names a higher one: only then does counting [`Self::local_only`] mean anything.
    pub fn has_links(&self) -> bool {
        self.articles.iter().any(|a| !a.higher.is_empty())
    }
    /// Which of these articles carry out `place` of a higher regulation: the links read backwards.
    pub fn carrying_out<'a>(&'a self, code: &'a Code, article: u16) -> impl Iterator<Item = &'a Article> {
        self.articles.iter().filter(move |a| a.higher.iter().any(|p| p.code == *code && p.spot.covers(article)))
    }
    pub fn unchecked(&self) -> usize {
        self.articles.iter().filter(|a| a.check == Check::Unchecked).count()
    }
}

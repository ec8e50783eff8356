//! All editions at hand, asked whether a place exists: a scheme may only cite articles there are.
use super::{Code, Edition, Place, Spot, in_force_of};
use kernel::BusinessDate;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Found,
    /// The regulation is loaded whole and has no such place.
    Missing,
    /// The regulation is loaded in part; whether the place exists is not known (待装载).
    NotLoadedWhole,
    UnknownRegulation,
}

/// Editions in no particular order; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    editions: Vec<Arc<Edition>>,
}

impl Shelf {
    pub fn new(editions: Vec<Arc<Edition>>) -> Self {
        Self { editions }
    }
    pub fn editions(&self) -> impl Iterator<Item = &Edition> {
        self.editions.iter().map(AsRef::as_ref)
    }
    pub fn in_force_of(&self, code: &Code, day: BusinessDate) -> Option<&Edition> {
        in_force_of(self.editions(), code, day)
    }
    /// Whether some edition of the regulation has this place. A scheme holds for branches of several years and names
    /// no edition, so a place that one edition has is there.
    pub fn lookup(&self, place: &Place) -> Answer {
        let mut known = false;
        let mut partly = false;
        for edition in self.editions().filter(|e| e.head.code == place.code) {
            if has(edition, place.spot) {
                return Answer::Found;
            }
            known = true;
            partly |= !edition.head.whole;
        }
        match (known, partly) {
            (false, _) => Answer::UnknownRegulation,
            (true, true) => Answer::NotLoadedWhole,
            (true, false) => Answer::Missing,
        }
    }
}

impl scheme::Articles for Shelf {
    fn lookup(&self, regulation: &str, article: Option<&str>) -> scheme::Lookup {
        let name = article.map_or_else(|| regulation.to_owned(), |a| format!("{regulation}:{a}"));
        match Place::parse(&name).map(|place| Shelf::lookup(self, &place)) {
            Ok(Answer::Found) => scheme::Lookup::Found,
            Ok(Answer::Missing) => scheme::Lookup::Missing,
            Ok(Answer::NotLoadedWhole) => scheme::Lookup::NotLoadedWhole,
            Ok(Answer::UnknownRegulation) | Err(_) => scheme::Lookup::UnknownRegulation,
        }
    }
}

fn has(edition: &Edition, spot: Spot) -> bool {
    match spot {
        Spot::Whole => true,
        Spot::Article(n) => edition.article(n).is_some(),
        Spot::Articles(from, to) => (from..=to).all(|n| edition.article(n).is_some()),
        Spot::Chapter(n) => edition.chapter(n).is_some(),
    }
}

//! Two editions, article by article. A regulation that gains an article in the middle renumbers the rest, so articles
//! are paired by what they say first and by their number only then.
use super::{Article, Edition, Piece, phrases};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Added,
    Removed,
    Changed,
    /// The same words under another number.
    Moved,
    Same,
    /// In both, but the words of at least one are not held: nothing can be said.
    Unknown,
}

/// One line of a difference. At least one side is there.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    pub change: Change,
    pub old: Option<&'a Article>,
    pub new: Option<&'a Article>,
    /// Filled for [`Change::Changed`].
    pub pieces: Vec<Piece>,
}

/// How many lines of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    pub moved: usize,
    pub same: usize,
    pub unknown: usize,
}

/// Articles this alike (shared pairs of characters, 0 to 1) are one article, whatever their numbers.
const ALIKE: f64 = 0.6;
/// Under the same number less will do, but not nothing: a number given to another matter is no change of wording.
const ALIKE_UNDER_ONE_NUMBER: f64 = 0.3;

/// Every article of both editions once, in the order of the new edition, removed ones where they stood.
pub fn difference<'a>(old: &'a Edition, new: &'a Edition) -> Vec<Compared<'a>> {
    let pairs = pair(&old.articles, &new.articles);
    let mut lines: Vec<Compared> = new
        .articles
        .iter()
        .enumerate()
        .map(|(j, n)| match pairs.iter().find(|p| p.1 == j).and_then(|p| old.articles.get(p.0)) {
            None => Compared { change: Change::Added, old: None, new: Some(n), pieces: Vec::new() },
            Some(o) => both(o, n),
        })
        .collect();
    for (i, gone) in old.articles.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i)) {
        let before = old.articles.get(..i).unwrap_or_default();
        let after = lines.iter().rposition(|l| l.old.is_some_and(|o| before.iter().any(|b| std::ptr::eq(b, o))));
        lines.insert(after.map_or(0, |at| at + 1), Compared { change: Change::Removed, old: Some(gone), new: None, pieces: Vec::new() });
    }
    lines
}

pub fn tally(lines: &[Compared<'_>]) -> Tally {
    let mut t = Tally::default();
    for line in lines {
        *match line.change {
            Change::Added => &mut t.added,
            Change::Removed => &mut t.removed,
            Change::Changed => &mut t.changed,
            Change::Moved => &mut t.moved,
            Change::Same => &mut t.same,
            Change::Unknown => &mut t.unknown,
        } += 1;
    }
    t
}

fn both<'a>(old: &'a Article, new: &'a Article) -> Compared<'a> {
    let (change, pieces) = match (old.body.words(), new.body.words()) {
        (Some(a), Some(b)) if a == b && old.heading == new.heading => {
            (if old.number == new.number { Change::Same } else { Change::Moved }, Vec::new())
        }
        (Some(a), Some(b)) => (Change::Changed, phrases::compare(a, b)),
        _ => (Change::Unknown, Vec::new()),
    };
    Compared { change, old: Some(old), new: Some(new), pieces }
}

/// Which article of `old` became which of `new`, as places in the two lists; each is used at most once.
fn pair(old: &[Article], new: &[Article]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, bool, usize, usize)> = Vec::new();
    let with_pairs = |all: &[Article]| -> Vec<(u16, Option<CharPairs>)> { all.iter().map(|a| (a.number, pairs_of(a))).collect() };
    let (old, new) = (with_pairs(old), with_pairs(new));
    for (i, (number, of_old)) in old.iter().enumerate() {
        for (j, (other, of_new)) in new.iter().enumerate() {
            let one_number = number == other;
            let alike = match (of_old, of_new) {
                (Some(x), Some(y)) => likeness(x, y),
                // Where words are missing the number is all there is to go by, after all that can be compared.
                _ if one_number => ALIKE_UNDER_ONE_NUMBER,
                _ => 0.0,
            };
            if alike >= if one_number { ALIKE_UNDER_ONE_NUMBER } else { ALIKE } {
                candidates.push((alike, one_number, i, j));
            }
        }
    }
    candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, i, j) in candidates {
        if pairs.iter().all(|p| p.0 != i && p.1 != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

type CharPairs = BTreeSet<(char, char)>;

fn pairs_of(article: &Article) -> Option<CharPairs> {
    let chars: Vec<char> = article.body.words()?.chars().filter(|c| !c.is_whitespace()).collect();
    let pairs = chars.iter().zip(chars.iter().skip(1)).map(|(a, b)| (*a, *b));
    let single = if let [only] = chars[..] { Some((only, only)) } else { None };
    Some(pairs.chain(single).collect())
}

/// Twice the shared pairs of characters over all of them (Dice).
#[allow(clippy::cast_precision_loss)]
fn likeness(a: &CharPairs, b: &CharPairs) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 1.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;

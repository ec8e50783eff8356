//! What changed between two wordings, phrase by phrase: Chinese is read by phrases, not by characters.
#![allow(clippy::indexing_slicing, reason = "every position is counted here, from the two lists and a table one longer than each")]

/// A run of words that stayed, went or came. `Kept` and `Removed` together are the old wording, `Kept` and `Added` the new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Kept(String),
    Removed(String),
    Added(String),
}

/// Above this many pairs of phrases the middle is given as one replacement: a table of that size would cost memory
/// and nobody reads such a difference.
const TABLE: usize = 1_000_000;

pub(super) fn compare(old: &str, new: &str) -> Vec<Piece> {
    let (a, b) = (phrases(old), phrases(new));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (middle_a, middle_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut out = Run::default();
    a[..head].iter().for_each(|p| out.kept(p));
    if middle_a.len().saturating_mul(middle_b.len()) > TABLE {
        middle_a.iter().for_each(|p| out.removed(p));
        middle_b.iter().for_each(|p| out.added(p));
    } else {
        longest_common(middle_a, middle_b, &mut out);
    }
    a[a.len() - tail..].iter().for_each(|p| out.kept(p));
    out.finish()
}

/// Cuts after punctuation and line breaks, which stay with the phrase they end.
fn phrases(text: &str) -> Vec<&str> {
    text.split_inclusive(|c| "，。；：、（）《》？,.;:()\n".contains(c)).collect()
}

fn longest_common(a: &[&str], b: &[&str], out: &mut Run) {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.kept(a[i]);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            out.removed(a[i]);
            i += 1;
        } else {
            out.added(b[j]);
            j += 1;
        }
    }
    a[i..].iter().for_each(|p| out.removed(p));
    b[j..].iter().for_each(|p| out.added(p));
}

/// Gathers phrases into runs: between two kept ones first all that went, then all that came.
#[derive(Default)]
struct Run {
    done: Vec<Piece>,
    kept: String,
    removed: String,
    added: String,
}

impl Run {
    fn kept(&mut self, p: &str) {
        self.close_change();
        self.kept.push_str(p);
    }
    fn removed(&mut self, p: &str) {
        self.close_kept();
        self.removed.push_str(p);
    }
    fn added(&mut self, p: &str) {
        self.close_kept();
        self.added.push_str(p);
    }
    fn close_kept(&mut self) {
        if !self.kept.is_empty() {
            self.done.push(Piece::Kept(std::mem::take(&mut self.kept)));
        }
    }
    fn close_change(&mut self) {
        if !self.removed.is_empty() {
            self.done.push(Piece::Removed(std::mem::take(&mut self.removed)));
        }
        if !self.added.is_empty() {
            self.done.push(Piece::Added(std::mem::take(&mut self.added)));
        }
    }
    fn finish(mut self) -> Vec<Piece> {
        self.close_change();
        self.close_kept();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, compare};
    use proptest::prelude::*;

    #[test]
    fn only_the_phrase_that_changed_is_marked() {
        let pieces = compare("党员大会每季度召开一次，由书记主持。", "党员大会每月召开一次，由书记主持。");
        assert_eq!(
            pieces,
            [
                Piece::Removed("党员大会每季度召开一次，".into()),
                Piece::Added("党员大会每月召开一次，".into()),
                Piece::Kept("由书记主持。".into())
            ]
        );
    }

    proptest! {
        #[test]
        fn the_pieces_give_back_both_wordings(old in "[甲乙，。\n]{0,40}", new in "[甲乙，。\n]{0,40}") {
            let pieces = compare(&old, &new);
            let join = |skip_added: bool| pieces.iter().map(|p| match p {
                Piece::Kept(t) => t.as_str(),
                Piece::Removed(t) => if skip_added { t } else { "" },
                Piece::Added(t) => if skip_added { "" } else { t },
            }).collect::<String>();
            prop_assert_eq!(join(true), old.clone());
            prop_assert_eq!(join(false), new.clone());
            if old == new {
                prop_assert!(pieces.iter().all(|p| matches!(p, Piece::Kept(_))));
            }
        }
    }
}

use super::{Change, Tally, difference, tally};
use crate::edition::{Edition, Piece, read};
use proptest::prelude::*;

fn edition(articles: &[(u16, &str)]) -> Edition {
    let mut file =
        String::from("[edition]\ncode = \"X\"\nversion = \"1\"\ntitle = \"样例\"\nkind = \"细则\"\neffective_from = 2018-11-19\n");
    for (number, text) in articles {
        file.push_str(&format!("[[article]]\nnumber = {number}\ntext = \"{text}\"\n"));
    }
    read(&file).unwrap()
}

fn lines(old: &Edition, new: &Edition) -> Vec<(Change, Option<u16>, Option<u16>)> {
    difference(old, new).iter().map(|l| (l.change, l.old.map(|a| a.number), l.new.map(|a| a.number))).collect()
}

const A: &str = "党支部党员大会一般每季度召开一次。";
const B: &str = "支部委员会会议一般每月召开一次。";
const C: &str = "党费由党员本人按月足额交纳。";
const D: &str = "本细则由机关工委负责解释。";

#[test]
fn a_new_article_in_the_middle_moves_the_rest_and_changes_none() {
    let (old, new) = (edition(&[(1, A), (2, B), (3, D)]), edition(&[(1, A), (2, B), (3, C), (4, D)]));
    assert_eq!(
        lines(&old, &new),
        [
            (Change::Same, Some(1), Some(1)),
            (Change::Same, Some(2), Some(2)),
            (Change::Added, None, Some(3)),
            (Change::Moved, Some(3), Some(4))
        ]
    );
}

#[test]
fn a_removed_article_is_listed_where_it_stood() {
    let (old, new) = (edition(&[(1, A), (2, C), (3, B)]), edition(&[(1, A), (2, B)]));
    assert_eq!(lines(&old, &new), [(Change::Same, Some(1), Some(1)), (Change::Removed, Some(2), None), (Change::Moved, Some(3), Some(2))]);
    let first_gone = (edition(&[(1, C), (2, B)]), edition(&[(1, B)]));
    assert_eq!(lines(&first_gone.0, &first_gone.1)[0], (Change::Removed, Some(1), None));
}

#[test]
fn another_wording_is_a_change_and_shows_its_phrases() {
    let (old, new) = (edition(&[(1, A)]), edition(&[(1, "党支部党员大会一般每季度召开一次，村和社区重要事项须经大会。")]));
    let found = difference(&old, &new);
    assert_eq!(found[0].change, Change::Changed);
    assert!(found[0].pieces.iter().any(|p| matches!(p, Piece::Added(t) if t.contains("重要事项"))), "{:?}", found[0].pieces);
}

#[test]
fn a_number_given_to_another_matter_is_one_removed_and_one_added() {
    let (old, new) = (edition(&[(1, A)]), edition(&[(1, "经费列入预算并公开使用情况，接受监督和审计。")]));
    assert_eq!(lines(&old, &new), [(Change::Removed, Some(1), None), (Change::Added, None, Some(1))]);
}

#[test]
fn articles_without_words_cannot_be_compared_and_none_is_invented() {
    let (old, new) = (edition(&[(1, ""), (2, B)]), edition(&[(1, A), (2, B), (3, "")]));
    assert_eq!(lines(&old, &new), [(Change::Unknown, Some(1), Some(1)), (Change::Same, Some(2), Some(2)), (Change::Added, None, Some(3))]);
}

proptest! {
    #[test]
    fn every_article_of_both_editions_stands_on_exactly_one_line(
        old in prop::collection::btree_map(1u16..20, "[甲乙丙丁戊]{0,6}", 0..12),
        new in prop::collection::btree_map(1u16..20, "[甲乙丙丁戊]{0,6}", 0..12),
    ) {
        let make = |m: &std::collections::BTreeMap<u16, String>| edition(&m.iter().map(|(n, t)| (*n, t.as_str())).collect::<Vec<_>>());
        let (a, b) = (make(&old), make(&new));
        let found = difference(&a, &b);
        let mut olds: Vec<u16> = found.iter().filter_map(|l| l.old.map(|x| x.number)).collect();
        let news: Vec<u16> = found.iter().filter_map(|l| l.new.map(|x| x.number)).collect();
        olds.sort_unstable();
        prop_assert_eq!(olds, old.keys().copied().collect::<Vec<_>>());
        prop_assert_eq!(news, new.keys().copied().collect::<Vec<_>>(), "in the order of the new edition");
        // Two editions with the same words in the same places differ in nothing that can be compared.
        let t: Tally = tally(&difference(&a, &a));
        prop_assert_eq!((t.added, t.removed, t.changed, t.moved), (0, 0, 0, 0));
        for line in found.iter().filter(|l| matches!(l.change, Change::Same | Change::Moved)) {
            prop_assert_eq!(line.old.map(|a| &a.body), line.new.map(|a| &a.body));
        }
    }
}

//! When the organisations of a file began, so that a past day shows the tree as it was: nothing stands below what is not
//! there yet, or not there any more.
use super::Late;
use super::organisations::Said;
use kernel::{BusinessDate, Error};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

type Rows = HashMap<String, Said>;

/// The first day of each organisation that the file creates. One whose 成立日期 is left empty stands from today, or from
/// the earliest day of what the file founds below it, or from the day it closes: it must have been there by then.
pub(super) fn days(rows: &Rows, depths: &BTreeMap<String, usize>, today: BusinessDate) -> BTreeMap<String, BusinessDate> {
    let mut new: Vec<(&String, &Said)> = rows.iter().filter(|(code, said)| said.founded.is_some() && depths.contains_key(*code)).collect();
    new.sort_by_key(|(code, _)| Reverse(depths.get(*code)));
    let (mut days, mut below) = (BTreeMap::new(), HashMap::<&str, BusinessDate>::new());
    for (code, said) in new {
        let known = [below.get(code.as_str()).copied(), said.closes];
        let day = said.founded.flatten().unwrap_or_else(|| known.into_iter().flatten().fold(today, Ord::min));
        days.insert(code.clone(), day);
        if let Some(parent) = said.parent.as_deref() {
            below.entry(parent).and_modify(|d| *d = (*d).min(day)).or_insert(day);
        }
    }
    days
}

/// Rows founded before what they stand below.
pub(super) fn before_parents(rows: &Rows, founded: &BTreeMap<String, BusinessDate>) -> Vec<Late> {
    let early = founded.iter().filter_map(|(code, day)| {
        let said = rows.get(code)?;
        let parent = said.parent.as_ref()?;
        let since = founded.get(parent).copied().or(said.parent_since)?;
        let error = Error::invalid("import-before-parent").with("day", day).with("parent", parent).with("since", since);
        (*day < since).then_some((said.number, "valid_from", error))
    });
    early.collect()
}

/// Rows that close while something stands open below that the file neither closes nor moves elsewhere.
pub(super) fn left_below(rows: &Rows) -> Vec<Late> {
    let closing = rows.iter().filter(|(_, said)| said.closes.is_some() && !said.closed_already);
    let left = closing.filter_map(|(code, said)| {
        let stays = |child: &&String| rows.get(*child).is_none_or(|c| c.parent.as_ref() == Some(code) && c.closes.is_none());
        let child = said.below.iter().find(stays)?;
        Some((said.number, "valid_to", Error::invalid("import-left-below").with("child", child)))
    });
    left.collect()
}

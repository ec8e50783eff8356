//! A branch's facts and layers at the places a scheme has for them: looked up once, however often they are read.
use crate::{Absent, BranchInput, Layers};
use kernel::Quantity;
use scheme::{Fact, HISTORY, Scheme, bonus_key, penalty_key, veto_key};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The keys and indicators a scheme reads, in the order of their bytes, which is that of a [`BranchInput`].
#[derive(Clone, Debug)]
pub(crate) struct Places {
    keys: Vec<String>,
    /// Code, and where it stands in the scheme.
    codes: Vec<(String, usize)>,
}

/// Where a fact stands in [`Known`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place(usize);

/// What is known of one branch, side by side in memory: a province is scored as fast as it is read.
#[derive(Clone, Debug)]
pub struct Known {
    pub(crate) code: String,
    pub(crate) absent: Absent,
    facts: Vec<Option<Fact>>,
    /// By the indicator's place in the scheme, in that order.
    layers: Vec<(usize, Layers)>,
}

impl Places {
    pub(crate) fn of(scheme: &Scheme) -> Self {
        let mut keys: Vec<String> = scheme.indicators.iter().flat_map(|i| i.keys().map(str::to_owned)).collect();
        keys.extend(scheme.bonus.items.iter().map(|item| bonus_key(&item.code)));
        keys.extend(scheme.penalty.items.iter().map(|item| penalty_key(&item.code)));
        keys.extend(scheme.vetoes.iter().map(|v| veto_key(&v.code)));
        keys.push(HISTORY.to_owned());
        keys.sort();
        keys.dedup();
        let mut codes: Vec<(String, usize)> = scheme.indicators.iter().enumerate().map(|(i, n)| (n.code.clone(), i)).collect();
        codes.sort();
        Self { keys, codes }
    }
    /// One past the last for a key that is none of the scheme's: nothing is known there.
    pub(crate) fn place(&self, key: &str) -> Place {
        Place(self.keys.binary_search_by(|k| k.as_str().cmp(key)).unwrap_or(self.keys.len()))
    }
    /// One walk over both orders; what the scheme does not read is passed over.
    pub(crate) fn known(&self, input: &BranchInput) -> Known {
        let (mut facts, mut layers) = (vec![None; self.keys.len()], Vec::with_capacity(input.layers.len()));
        meet(&input.facts, &self.keys, String::as_str, |at, fact| facts[at] = Some(fact.clone()));
        meet(&input.layers, &self.codes, |(code, _)| code, |at, given| layers.push((self.codes[at].1, *given)));
        layers.sort_by_key(|(indicator, _)| *indicator);
        Known { code: input.code.clone(), absent: input.absent, facts, layers }
    }
}

/// Calls `met` for each place whose name has a value.
fn meet<P, V>(values: &BTreeMap<String, V>, places: &[P], name: impl Fn(&P) -> &str, mut met: impl FnMut(usize, &V)) {
    let mut at = 0;
    for (key, value) in values {
        while let Some(place) = places.get(at) {
            match name(place).cmp(key) {
                Ordering::Less => at += 1,
                Ordering::Equal => {
                    met(at, value);
                    at += 1;
                    break;
                }
                Ordering::Greater => break,
            }
        }
    }
}

impl Known {
    pub(crate) fn fact(&self, at: Place) -> Option<&Fact> {
        self.facts.get(at.0).and_then(Option::as_ref)
    }
    pub(crate) fn number(&self, at: Place) -> Option<Quantity> {
        self.fact(at).and_then(Fact::number)
    }
    /// Of the indicator at that place of the scheme.
    pub(crate) fn layers(&self, indicator: usize) -> Option<&Layers> {
        self.layers.binary_search_by_key(&indicator, |(at, _)| *at).ok().map(|i| &self.layers[i].1)
    }
}

//! What is the same for all branches of a scheme: worked out once.
use crate::indicator::Reads;
use crate::known::{Place, Places};
use crate::{BranchInput, Scored, Scorer};
use scheme::{HISTORY, Scheme, bonus_key, penalty_key, veto_key};
use std::ops::Deref;

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) places: Places,
    /// Per indicator, where its facts stand.
    pub(crate) reads: Vec<Reads>,
    /// Per dimension, the places of its indicators.
    pub(crate) members: Vec<Vec<usize>>,
    pub(crate) bonus: Vec<Place>,
    pub(crate) penalty: Vec<Place>,
    pub(crate) vetoes: Vec<Place>,
    pub(crate) history: Place,
}

impl Plan {
    pub(crate) fn of(scheme: &Scheme) -> Self {
        let places = Places::of(scheme);
        let of = |code: &str| (0..scheme.indicators.len()).filter(|i| scheme.indicators[*i].dimension == code).collect();
        Self {
            reads: scheme.indicators.iter().map(|i| Reads::of(i, &places)).collect(),
            members: scheme.dimensions.iter().map(|d| of(&d.code)).collect(),
            bonus: scheme.bonus.items.iter().map(|item| places.place(&bonus_key(&item.code))).collect(),
            penalty: scheme.penalty.items.iter().map(|item| places.place(&penalty_key(&item.code))).collect(),
            vetoes: scheme.vetoes.iter().map(|v| places.place(&veto_key(&v.code))).collect(),
            history: places.place(HISTORY),
            places,
        }
    }
}

/// A scheme ready to score with, for whoever keeps it: a save scores one branch and should not prepare for a province.
#[derive(Debug)]
pub struct Prepared {
    scheme: Scheme,
    plan: Plan,
}

impl Prepared {
    pub fn new(scheme: Scheme) -> Self {
        Self { plan: Plan::of(&scheme), scheme }
    }
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer::prepared(&self.scheme, &self.plan)
    }
    /// One branch.
    pub fn score(&self, input: &BranchInput) -> Scored<'_> {
        self.scorer().score(input)
    }
}

impl Deref for Prepared {
    type Target = Scheme;

    fn deref(&self) -> &Scheme {
        &self.scheme
    }
}

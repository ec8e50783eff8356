//! What is known of one branch in one cycle.
use crate::{Layer, Layers};
use kernel::Points;
use scheme::Fact;
use std::collections::BTreeMap;

/// Facts and layers of a branch. Keys and scores are checked where they come in; an unknown key has no effect.
#[derive(Clone, Debug, Default)]
pub struct BranchInput {
    pub code: String,
    pub facts: BTreeMap<String, Fact>,
    /// By indicator code.
    pub layers: BTreeMap<String, Layers>,
    pub absent: Absent,
}

/// What a metric without a value means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Absent {
    /// 0 for its part, and listed as missing.
    #[default]
    Missing,
    /// Full points: a scheme's worked examples name only what differs.
    Full,
}

impl BranchInput {
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), ..Self::default() }
    }
    pub fn fact(&mut self, key: impl Into<String>, value: impl Into<Fact>) -> &mut Self {
        self.facts.insert(key.into(), value.into());
        self
    }
    pub fn score(&mut self, indicator: impl Into<String>, layer: Layer, score: Points) -> &mut Self {
        self.layers.entry(indicator.into()).or_default().set(layer, score);
        self
    }
    /// What it would have been with the layers up to `layer`; for comparing the totals of layers.
    #[must_use]
    pub fn up_to(&self, layer: Layer) -> Self {
        let layers = self.layers.iter().map(|(code, layers)| (code.clone(), layers.up_to(layer))).collect();
        Self { layers, ..self.clone() }
    }
}

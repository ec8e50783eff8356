//! One indicator: does it apply, what do the facts give, which layer counts.
use crate::{BranchInput, Exact, Layer, PartTrail, Source, method};
use kernel::Points;
use scheme::{ArticleRef, Condition, Fact, Indicator, Literal};
use serde::{Serialize, Serializer, ser::SerializeSeq};

/// An indicator's score with everything it follows from.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorTrail<'s> {
    pub code: &'s str,
    pub title: &'s str,
    pub dimension: &'s str,
    pub article: &'s str,
    pub articles: &'s [ArticleRef],
    /// Whether the article's wording was checked; otherwise shown as 待核对.
    pub verified: bool,
    /// Original points; layers are given on these.
    #[serde(serialize_with = "scheme::points_number")]
    pub points: Points,
    /// Points after redistribution; 0 if it does not apply.
    #[serde(serialize_with = "scheme::points_number")]
    pub full: Points,
    pub applicable: bool,
    /// The condition under which it does not apply, with the fact it read.
    pub condition: Option<ConditionTrail<'s>>,
    pub source: Source,
    /// What the facts say, whether or not a layer overrules them.
    pub parts: Vec<PartTrail<'s>>,
    /// All layers given, lowest rank first.
    #[serde(serialize_with = "layer_list")]
    pub layers: Vec<(Layer, Points)>,
    /// What counts, on the original points: the sum of the parts, or the layer.
    pub raw: Exact,
    /// `raw ÷ points × full`, half up; 0 if it does not apply.
    #[serde(serialize_with = "scheme::points_number")]
    pub score: Points,
    /// `full − score`: what a problem is opened for.
    #[serde(serialize_with = "scheme::points_number")]
    pub deduction: Points,
}

#[derive(Clone, Debug, Serialize)]
pub struct ConditionTrail<'s> {
    pub key: &'s str,
    pub literal: &'s Literal,
    /// `None` (not given) counts as not fulfilled.
    pub value: Option<Fact>,
    pub holds: bool,
}

/// Everything but the points after redistribution, which depend on the dimension's other indicators.
pub(crate) fn raw<'s>(indicator: &'s Indicator, input: &BranchInput) -> IndicatorTrail<'s> {
    let condition = indicator.not_applicable.as_ref().map(|c| condition(c, input));
    let applicable = !condition.as_ref().is_some_and(|c| c.holds);
    let parts: Vec<_> = indicator.parts.iter().map(|p| method::part(p, input.number(&p.key), input.absent)).collect();
    let layers = input.layers.get(&indicator.code);
    let (source, raw) = match layers.and_then(crate::Layers::latest) {
        Some((layer, score)) => (Source::Layer(layer), Exact::of_points(score)),
        None => (Source::Facts, parts.iter().fold(Exact::ZERO, |sum, p| sum.plus(p.earned))),
    };
    IndicatorTrail {
        code: &indicator.code,
        title: &indicator.title,
        dimension: &indicator.dimension,
        article: &indicator.article,
        articles: &indicator.articles,
        verified: indicator.is_verified(),
        points: indicator.points,
        full: if applicable { indicator.points } else { Points::ZERO },
        applicable,
        condition,
        source,
        parts,
        layers: layers.map(|l| l.all().collect()).unwrap_or_default(),
        raw,
        score: Points::ZERO,
        deduction: Points::ZERO,
    }
}

impl<'s> IndicatorTrail<'s> {
    /// Gives it its points after redistribution and, with them, its score.
    pub(crate) fn settle(&mut self, full: Points) {
        self.full = full;
        self.score = self.raw.rescaled(self.points, full);
        self.deduction = full - self.score;
    }
    /// Metrics that were not given although the score comes from facts.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &'s str> {
        let counts = self.applicable && self.source == Source::Facts;
        self.parts.iter().filter(move |p| counts && p.value.is_none()).map(|p| p.key)
    }
}

fn condition<'s>(condition: &'s Condition, input: &BranchInput) -> ConditionTrail<'s> {
    let value = input.facts.get(&condition.key).cloned();
    let holds = match (&condition.literal, &value) {
        (Literal::Boolean(yes), Some(Fact::Number(n))) => n.is_zero() != *yes,
        (Literal::Number(literal), Some(Fact::Number(n))) => n == literal,
        (Literal::Text(literal), Some(Fact::Grade(name))) => name == literal,
        _ => false,
    };
    ConditionTrail { key: &condition.key, literal: &condition.literal, value, holds }
}

fn layer_list<S: Serializer>(layers: &[(Layer, Points)], to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Given {
        layer: Layer,
        #[serde(serialize_with = "scheme::points_number")]
        score: Points,
    }
    let mut list = to.serialize_seq(Some(layers.len()))?;
    for (layer, score) in layers {
        list.serialize_element(&Given { layer: *layer, score: *score })?;
    }
    list.end()
}

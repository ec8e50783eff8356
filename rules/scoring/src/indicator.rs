//! One indicator: does it apply, what do the facts give, which layer counts.
use crate::known::{Place, Places};
use crate::{Exact, Known, Layer, Layers, PartTrail, Source, method};
use kernel::Points;
use scheme::{ArticleRef, Condition, Fact, Indicator, Literal, Part};
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

/// Where an indicator's facts stand.
#[derive(Clone, Debug)]
pub(crate) struct Reads {
    parts: Vec<Place>,
    condition: Option<Place>,
}

impl Reads {
    pub(crate) fn of(indicator: &Indicator, places: &Places) -> Self {
        let parts = indicator.parts.iter().map(|p| places.place(&p.key)).collect();
        Self { parts, condition: indicator.not_applicable.as_ref().map(|c| places.place(&c.key)) }
    }
}

/// What an indicator comes to, without its derivation.
pub(crate) struct Cell {
    pub(crate) applicable: bool,
    source: Source,
    raw: Exact,
    full: Points,
    pub(crate) score: Points,
}

impl Cell {
    /// Everything but the points after redistribution, which depend on the dimension's other indicators.
    pub(crate) fn raw(indicator: &Indicator, reads: &Reads, (known, layers): Of<'_>) -> Self {
        let fact = |at: Option<Place>| at.and_then(|at| known.fact(at));
        let applicable = !indicator.not_applicable.as_ref().is_some_and(|c| holds(c, fact(reads.condition)));
        let (source, raw) = match layers.and_then(Layers::latest) {
            Some((layer, score)) => (Source::Layer(layer), Exact::of_points(score)),
            None => {
                let earned = |(part, at): (&Part, &Place)| method::earned(part, known.number(*at), known.absent);
                let parts = indicator.parts.iter().zip(&reads.parts);
                (Source::Facts, parts.map(earned).reduce(Exact::plus).unwrap_or(Exact::ZERO))
            }
        };
        Self { applicable, source, raw, full: Points::ZERO, score: Points::ZERO }
    }
    /// Gives it its points after redistribution and, with them, its score.
    pub(crate) fn settle(&mut self, points: Points, full: Points) {
        (self.full, self.score) = (full, self.raw.rescaled(points, full));
    }
}

/// What is known of the branch, and the layers of this indicator.
type Of<'a> = (&'a Known, Option<&'a Layers>);

impl<'s> IndicatorTrail<'s> {
    /// The cell with what it was worked out from.
    pub(crate) fn of(indicator: &'s Indicator, reads: &Reads, (known, layers): Of<'_>, cell: &Cell) -> Self {
        let condition = indicator.not_applicable.as_ref().zip(reads.condition);
        let parts = indicator.parts.iter().zip(&reads.parts);
        Self {
            code: &indicator.code,
            title: &indicator.title,
            dimension: &indicator.dimension,
            article: &indicator.article,
            articles: &indicator.articles,
            verified: indicator.is_verified(),
            points: indicator.points,
            full: cell.full,
            applicable: cell.applicable,
            condition: condition.map(|(condition, at)| ConditionTrail::of(condition, known.fact(at))),
            source: cell.source,
            parts: parts.map(|(part, at)| method::part(part, known.number(*at), known.absent)).collect(),
            layers: layers.map(|l| l.all().collect()).unwrap_or_default(),
            raw: cell.raw,
            score: cell.score,
            deduction: cell.full - cell.score,
        }
    }
    /// Metrics that were not given although the score comes from facts.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &'s str> {
        let counts = self.applicable && self.source == Source::Facts;
        self.parts.iter().filter(move |p| counts && p.value.is_none()).map(|p| p.key)
    }
}

impl<'s> ConditionTrail<'s> {
    fn of(condition: &'s Condition, value: Option<&Fact>) -> Self {
        let holds = holds(condition, value);
        Self { key: &condition.key, literal: &condition.literal, value: value.cloned(), holds }
    }
}

/// A condition whose fact is missing does not hold.
fn holds(condition: &Condition, value: Option<&Fact>) -> bool {
    match (&condition.literal, value) {
        (Literal::Boolean(yes), Some(Fact::Number(n))) => n.is_zero() != *yes,
        (Literal::Number(literal), Some(Fact::Number(n))) => n == literal,
        (Literal::Text(literal), Some(Fact::Grade(name))) => name == literal,
        _ => false,
    }
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

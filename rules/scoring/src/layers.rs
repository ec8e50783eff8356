//! Who scored: layers of an indicator, which one counts, how far they differ.
use kernel::{Error, Points, Result};
use scheme::Scheme;
use serde::Serialize;

/// A layer of scores, lowest rank first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    #[serde(rename = "self")]
    SelfAssessment,
    Mutual,
    Acceptance,
    Recheck,
    Committee,
}

impl Layer {
    /// Lowest rank first.
    pub const ALL: [Layer; 5] = [Self::SelfAssessment, Self::Mutual, Self::Acceptance, Self::Recheck, Self::Committee];

    /// As files and tables write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfAssessment => "self",
            Self::Mutual => "mutual",
            Self::Acceptance => "acceptance",
            Self::Recheck => "recheck",
            Self::Committee => "committee",
        }
    }
    /// # Errors
    /// `layer-unknown` for any other word.
    pub fn parse(text: &str) -> Result<Self> {
        let unknown = || Error::invalid("layer-unknown").with("value", text);
        Self::ALL.into_iter().find(|layer| layer.name() == text.trim()).ok_or_else(unknown)
    }
}

/// Where a score comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// No layer has a value.
    Facts,
    Layer(Layer),
}

impl Source {
    pub fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Layer(layer) => layer.name(),
        }
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

/// The scores given to one indicator, on its original points.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layers([Option<Points>; 5]);

impl Layers {
    pub fn set(&mut self, layer: Layer, score: Points) {
        self.0[layer as usize] = Some(score);
    }
    pub fn get(&self, layer: Layer) -> Option<Points> {
        self.0[layer as usize]
    }
    /// The one that counts: committee > recheck > acceptance > mutual > self.
    pub fn latest(&self) -> Option<(Layer, Points)> {
        self.all().last()
    }
    /// Those that have a value, lowest rank first.
    pub fn all(&self) -> impl Iterator<Item = (Layer, Points)> + use<> {
        let scores = self.0;
        Layer::ALL.into_iter().filter_map(move |layer| scores[layer as usize].map(|score| (layer, score)))
    }
    /// Without the layers above `layer`.
    #[must_use]
    pub fn up_to(mut self, layer: Layer) -> Self {
        self.0[layer as usize + 1..].fill(None);
        self
    }
}

impl FromIterator<(Layer, Points)> for Layers {
    fn from_iter<I: IntoIterator<Item = (Layer, Points)>>(scores: I) -> Self {
        let mut layers = Self::default();
        scores.into_iter().for_each(|(layer, score)| layers.set(layer, score));
        layers
    }
}

/// Two layers that differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Difference {
    pub from: Layer,
    pub to: Layer,
    /// Later minus earlier.
    #[serde(serialize_with = "scheme::points_number")]
    pub amount: Points,
    /// At or above the scheme's limit: must be explained in writing.
    pub must_explain: bool,
}

/// Every pair of layers that differ (S44: 95/90/88 is −5, −7 and −2); for an indicator or for totals.
/// `limit` is the scheme's `self_score_deviation_alert`.
pub fn differences(layers: &Layers, limit: Points) -> Vec<Difference> {
    let given: Vec<_> = layers.all().collect();
    let mut all = Vec::new();
    for (i, (from, earlier)) in given.iter().enumerate() {
        for (to, later) in given.iter().skip(i + 1).filter(|(_, later)| later != earlier) {
            let amount = *later - *earlier;
            let must_explain = amount.as_hundredths().abs() >= limit.as_hundredths();
            all.push(Difference { from: *from, to: *to, amount, must_explain });
        }
    }
    all
}

/// Whether `score` may be given to `indicator`: on its original points, however they are redistributed.
///
/// # Errors
/// `indicator-unknown`; `score-above-points` with `max`; `score-below-zero`.
pub fn validate_score(scheme: &Scheme, indicator: &str, score: Points) -> Result<()> {
    let known = scheme.indicator(indicator).ok_or_else(|| Error::invalid("indicator-unknown").with("indicator", indicator))?;
    if score > known.points {
        return Err(Error::invalid("score-above-points")
            .with("indicator", indicator)
            .with("value", score)
            .with("max", known.points)
            .at("score"));
    }
    if score < Points::ZERO {
        return Err(Error::invalid("score-below-zero").with("indicator", indicator).with("value", score).at("score"));
    }
    Ok(())
}

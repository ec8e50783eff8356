//! The result of one branch before it is compared with others: the figures, and their derivation.
use crate::{AdjustmentTrail, Exact, IndicatorTrail, StarLimit};
use kernel::Points;
use scheme::Veto;
use serde::{Serialize, Serializer};

/// The figures alone; what the ledger keeps and the order needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Outcome<'s> {
    pub branch: String,
    /// In the scheme's order; `None` where not applicable.
    #[serde(skip)]
    pub scores: Vec<Option<Points>>,
    /// In the scheme's order, unscaled; `None` where nothing applies.
    #[serde(skip)]
    pub dimensions: Vec<Option<Points>>,
    /// Before bonus and penalty.
    #[serde(serialize_with = "scheme::points_number")]
    pub base: Points,
    /// What counts of the bonus, at most its cap.
    #[serde(rename = "bonus_counted", serialize_with = "scheme::points_number")]
    pub bonus: Points,
    #[serde(rename = "penalty_counted", serialize_with = "scheme::points_number")]
    pub penalty: Points,
    #[serde(serialize_with = "scheme::points_number")]
    pub total: Points,
    /// Empty only for a scheme without grades, which is never published.
    pub grade_by_points: &'s str,
    /// After vetoes.
    pub grade: &'s str,
    /// Last year's, as the fact gives it.
    pub previous_grade: Option<String>,
    /// By the lines alone; `None` below all of them.
    pub star_by_points: Option<u8>,
    /// After vetoes, before quotas.
    pub star_before_quota: Option<u8>,
    pub star_limit: StarLimit,
}

/// The figures with everything they follow from. Serialised, it is the answer to "why 87.5?": the total
/// can be re-added from the leaves (each indicator's parts or layer, each adjustment's count).
#[derive(Clone, Debug, Serialize)]
pub struct Scored<'s> {
    pub scheme: &'s str,
    pub version: &'s str,
    #[serde(flatten)]
    pub outcome: Outcome<'s>,
    pub indicators: Vec<IndicatorTrail<'s>>,
    pub dimensions: Vec<DimensionTrail<'s>>,
    /// Sum of the rounded indicators.
    #[serde(serialize_with = "scheme::points_number")]
    pub sum: Points,
    /// Points of the dimensions that are not left out.
    #[serde(serialize_with = "scheme::points_number")]
    pub counted_points: Points,
    /// What `sum` is scaled to, from `counted_points`.
    #[serde(serialize_with = "scheme::points_number")]
    pub total_points: Points,
    #[serde(serialize_with = "scheme::points_number")]
    pub total_cap: Points,
    pub bonus: AdjustmentTrail<'s>,
    pub penalty: AdjustmentTrail<'s>,
    /// Those that hold.
    pub vetoes: Vec<&'s Veto>,
    /// Metrics that scored 0 because they were not given, each once.
    pub missing: Vec<&'s str>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DimensionTrail<'s> {
    pub code: &'s str,
    pub title: &'s str,
    #[serde(serialize_with = "scheme::points_number")]
    pub points: Points,
    /// `None` where nothing applies: the dimension is left out.
    #[serde(serialize_with = "points_or_null")]
    pub score: Option<Points>,
    /// Some of its points were shared among the indicators that apply.
    pub redistributed: bool,
}

#[allow(clippy::ref_option)]
pub(crate) fn points_or_null<S: Serializer>(value: &Option<Points>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => scheme::points_number(value, to),
        None => to.serialize_none(),
    }
}

impl<'s> Scored<'s> {
    pub fn indicator(&self, code: &str) -> Option<&IndicatorTrail<'s>> {
        self.indicators.iter().find(|i| i.code == code)
    }
    /// An indicator's exact score on its original points, before rounding.
    pub fn raw(&self, code: &str) -> Option<Exact> {
        self.indicator(code).map(|i| i.raw)
    }
}

//! The typed scheme. Numbers are exact: [`Points`] where two decimals suffice, [`Quantity`] in methods.
use crate::{ArticleRef, Fact, exact};
use kernel::{BusinessDate, Points, Quantity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One edition of a scheme; `code` and `version` name it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Scheme {
    pub code: String,
    pub title: String,
    pub version: String,
    #[serde(with = "exact::date")]
    pub effective_from: BusinessDate,
    /// `None` while it is in force. The dates describe; they do not limit a cycle's year.
    #[serde(with = "exact::date_option")]
    pub effective_to: Option<BusinessDate>,
    pub period: String,
    #[serde(with = "exact::points")]
    pub total_points: Points,
    pub indicator_count: u32,
    pub applies_to: Vec<String>,
    pub based_on: Vec<String>,
    /// No total is above it, bonus included.
    #[serde(with = "exact::points")]
    pub total_cap: Points,
    pub order: Vec<OrderKey>,
    /// Descriptive only.
    pub phases: Vec<String>,
    pub parameters: Parameters,
    pub dimensions: Vec<Dimension>,
    pub indicators: Vec<Indicator>,
    pub bonus: Adjustment,
    pub penalty: Adjustment,
    pub vetoes: Vec<Veto>,
    pub views: Vec<View>,
    pub grades: Vec<Grade>,
    pub stars: Vec<Star>,
    /// Descriptive only; values that would change the calculation are refused when read.
    pub star_rules: BTreeMap<String, String>,
    /// Parameters of other schemes, kept for comparison; no effect.
    pub alternatives: Vec<BTreeMap<String, String>>,
    pub cases: Vec<Case>,
}

/// What decides a place in the order, most important first; the branch code always comes last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OrderKey {
    Total,
    Dimension(String),
    HistoryGrade,
    BranchCode,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parameters {
    /// Calendar days (15).
    pub self_assessment_days: u32,
    /// Working days (5).
    pub publicity_workdays: u32,
    /// Share of branches that are re-checked (0.20).
    #[serde(with = "exact::quantity")]
    pub spot_recheck_ratio: Quantity,
    /// Working days for putting a problem right (30).
    pub rectify_workdays: u32,
    /// From this difference between two layers on, it must be explained in writing (10).
    #[serde(with = "exact::points")]
    pub self_score_deviation_alert: Points,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Dimension {
    pub code: String,
    pub title: String,
    pub chapter: String,
    #[serde(with = "exact::points")]
    pub points: Points,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Indicator {
    pub code: String,
    pub title: String,
    pub dimension: String,
    #[serde(with = "exact::points")]
    pub points: Points,
    /// Written with `parts`; otherwise the one part is the indicator itself.
    pub composite: bool,
    pub parts: Vec<Part>,
    pub not_applicable: Option<Condition>,
    pub rule: String,
    pub evidence: Vec<String>,
    pub article: String,
    pub articles: Vec<ArticleRef>,
    pub confidence: String,
    /// Filled from facts on the pages; the calculation does not ask.
    pub auto: bool,
}

impl Indicator {
    /// Whether the articles' wording was checked against the source; otherwise shown as 待核对.
    pub fn is_verified(&self) -> bool {
        self.confidence == "F"
    }
}

/// One metric and how it scores.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    pub key: String,
    pub method: Method,
    #[serde(with = "exact::quantity")]
    pub points: Quantity,
    /// How meetings are counted (`quarter`, `month`); for whoever supplies the metric.
    pub bucket: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Method {
    PerMissing {
        #[serde(with = "exact::quantity")]
        expected: Quantity,
        #[serde(with = "exact::quantity")]
        unit: Quantity,
    },
    PerEvent {
        #[serde(with = "exact::quantity")]
        unit: Quantity,
    },
    Ratio {
        #[serde(with = "exact::quantity")]
        target: Quantity,
    },
    Band {
        bands: Vec<Band>,
    },
    Boolean,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Band {
    #[serde(with = "exact::quantity")]
    pub min: Quantity,
    #[serde(with = "exact::quantity")]
    pub score: Quantity,
}

/// `key == literal`, and nothing else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Condition {
    pub key: String,
    pub literal: Literal,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Literal {
    Boolean(bool),
    Number(#[serde(with = "exact::quantity")] Quantity),
    Text(String),
}

/// Bonus or penalty: so much for each, all of it capped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Adjustment {
    #[serde(with = "exact::points")]
    pub cap: Points,
    pub items: Vec<AdjustmentItem>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AdjustmentItem {
    pub code: String,
    pub title: String,
    #[serde(with = "exact::points")]
    pub points: Points,
    pub per: String,
    pub evidence: Vec<String>,
}

/// `max_*` lower, `*_fixed` set; of several the lowest counts, and fixed beats lowered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Veto {
    pub code: String,
    pub title: String,
    pub max_grade: Option<String>,
    pub max_star: Option<u8>,
    pub grade_fixed: Option<String>,
    pub star_fixed: Option<u8>,
    pub source: Option<String>,
}

/// Another grouping of the same indicators (S43).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct View {
    pub code: String,
    pub title: String,
    pub groups: Vec<Group>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    pub code: String,
    pub title: String,
    pub indicators: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grade {
    pub name: String,
    #[serde(with = "exact::points")]
    pub min: Points,
    /// Where it ends; checked against the next grade, the calculation uses `min` alone.
    #[serde(with = "exact::points_option")]
    pub max_inclusive: Option<Points>,
    #[serde(with = "exact::points_option")]
    pub max_exclusive: Option<Points>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Star {
    pub level: u8,
    #[serde(with = "exact::points")]
    pub min: Points,
    /// At most floor(ratio × branches) get it; without one everybody who reaches the line does.
    #[serde(with = "exact::quantity_option")]
    pub quota_ratio: Option<Quantity>,
}

/// A worked example that publication must reproduce; every metric not named is full.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Case {
    pub name: String,
    pub facts: BTreeMap<String, Fact>,
    /// Of how many branches the case speaks, where it is about quotas.
    pub branches: Option<u32>,
    /// How many of them are full; all others score nothing.
    pub full_branches: Option<u32>,
    /// The line those full ones are said to reach.
    #[serde(with = "exact::points_option")]
    pub full_reach: Option<Points>,
    pub expect: Expectation,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Expectation {
    #[serde(with = "exact::points_map")]
    pub scores: BTreeMap<String, Points>,
    /// The full points of a dimension after redistribution.
    #[serde(with = "exact::points_map")]
    pub dimensions: BTreeMap<String, Points>,
    #[serde(with = "exact::points_option")]
    pub total: Option<Points>,
    pub grade: Option<String>,
    pub star_before_quota: Option<u8>,
    pub star_max: Option<u8>,
    /// How many branches end at a level.
    pub at_star: BTreeMap<u8, u32>,
    /// How many of a level come from above because its quota was used up.
    pub overflow_to: BTreeMap<u8, u32>,
}

impl Scheme {
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.code == code)
    }
    pub fn dimension(&self, code: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|d| d.code == code)
    }
    pub fn view(&self, code: &str) -> Option<&View> {
        self.views.iter().find(|v| v.code == code)
    }
    /// Places of a grade counted from the lowest, 0 up; `None` for a name this scheme does not have.
    pub fn grade_place(&self, name: &str) -> Option<usize> {
        let min = self.grades.iter().find(|g| g.name == name)?.min;
        Some(self.grades.iter().filter(|g| g.min < min).count())
    }
}

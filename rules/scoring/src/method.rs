//! How one metric scores: the five methods, each held within 0 and the part's points.
use crate::exact::Times;
use crate::{Absent, Exact};
use kernel::Quantity;
use scheme::{Method, Part};
use serde::{Serialize, Serializer};

/// A part with what it read and what it earned.
#[derive(Clone, Debug, Serialize)]
pub struct PartTrail<'s> {
    pub key: &'s str,
    /// The method with its parameters.
    pub method: &'s Method,
    #[serde(serialize_with = "scheme::quantity_text")]
    pub points: Quantity,
    /// `None` if the fact was not given.
    #[serde(serialize_with = "value_text")]
    pub value: Option<Quantity>,
    /// Exact, not rounded.
    pub earned: Exact,
}

/// One part with its derivation.
pub(crate) fn part(part: &Part, value: Option<Quantity>, absent: Absent) -> PartTrail<'_> {
    PartTrail { key: &part.key, method: &part.method, points: part.points, value, earned: earned(part, value, absent) }
}

/// Scores one part. A metric that was not given scores 0, whatever the method.
pub(crate) fn earned(part: &Part, value: Option<Quantity>, absent: Absent) -> Exact {
    match (value, absent) {
        (Some(value), _) => by_method(part, value),
        (None, Absent::Full) => Exact::of(part.points),
        (None, Absent::Missing) => Exact::ZERO,
    }
}

fn by_method(part: &Part, value: Quantity) -> Exact {
    let points = part.points;
    match &part.method {
        Method::PerMissing { expected, unit } => Exact::less(points, *unit, Times::of(value).lacking(*expected)),
        Method::PerEvent { unit } => Exact::less(points, *unit, Times::of(value)),
        Method::Ratio { target } => Exact::share(points, value, *target),
        Method::Band { bands } => {
            let reached = bands.iter().filter(|band| band.min <= value).max_by_key(|band| band.min);
            Exact::of(reached.map_or(Quantity::ZERO, |band| band.score.min(points)))
        }
        Method::Boolean => Exact::of(if value.is_zero() { Quantity::ZERO } else { points }),
    }
}

#[allow(clippy::ref_option)]
fn value_text<S: Serializer>(value: &Option<Quantity>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => to.collect_str(value),
        None => to.serialize_none(),
    }
}

//! From the sum to the total: dimensions left out, bonus and penalty under their caps.
use crate::exact;
use crate::known::{Known, Place};
use kernel::{Points, Quantity};
use scheme::Adjustment;
use serde::Serialize;

/// Bonus or penalty of a branch.
#[derive(Clone, Debug, Serialize)]
pub struct AdjustmentTrail<'s> {
    /// Items that were given with a count above 0.
    pub items: Vec<AdjustmentLine<'s>>,
    #[serde(serialize_with = "scheme::points_number")]
    pub cap: Points,
    /// min(sum of the items, cap).
    #[serde(serialize_with = "scheme::points_number")]
    pub counted: Points,
}

#[derive(Clone, Debug, Serialize)]
pub struct AdjustmentLine<'s> {
    pub code: &'s str,
    pub title: &'s str,
    #[serde(serialize_with = "scheme::points_number")]
    pub points: Points,
    #[serde(serialize_with = "scheme::quantity_text")]
    pub count: Quantity,
    /// count × points, held at the cap.
    #[serde(serialize_with = "scheme::points_number")]
    pub amount: Points,
}

/// Σ × total points ÷ remaining points, half up; 0 when nothing remains.
pub(crate) fn scaled(sum: Points, remaining: Points, total_points: Points) -> Points {
    let numerator = i128::from(sum.as_hundredths()) * i128::from(total_points.as_hundredths());
    hundredths(exact::divided(numerator, i128::from(remaining.as_hundredths())))
}

pub(crate) fn adjustment<'s>(rules: &'s Adjustment, places: &[Place], known: &Known) -> AdjustmentTrail<'s> {
    let line = |(item, at): (&'s scheme::AdjustmentItem, &Place)| {
        let count = known.number(*at).filter(|n| !n.is_zero())?;
        let (numerator, scale) = count.parts();
        let amount = exact::divided(numerator * i128::from(item.points.as_hundredths()), 10i128.pow(scale));
        let amount = hundredths(amount).min(rules.cap);
        Some(AdjustmentLine { code: &item.code, title: &item.title, points: item.points, count, amount })
    };
    let items: Vec<_> = rules.items.iter().zip(places).filter_map(line).collect();
    let counted = items.iter().map(|i| i.amount).sum::<Points>().min(rules.cap);
    AdjustmentTrail { items, cap: rules.cap, counted }
}

fn hundredths(n: i128) -> Points {
    Points::hundredths(i64::try_from(n).unwrap_or(i64::MAX))
}

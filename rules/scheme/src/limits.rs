//! Bounds on a scheme's numbers. Within them the sums in `scoring` cannot overflow 128 bits: with facts
//! of 18 decimals an indicator's common denominator is at most 10^33 and its numerator 10^36; the last
//! step, to hundredths of redistributed points, does not need room for its product.
use crate::{Finding, Method, Scheme};
use kernel::{Points, Quantity};

/// Highest points of anything, in points.
const MAX_POINTS: i64 = 1_000;
/// Highest number inside a method.
const MAX_NUMBER: i128 = 1_000_000;
/// Highest least common multiple of the targets (in millionths, reduced) of one indicator.
const MAX_TARGETS: i128 = 1_000_000_000_000_000;
/// Most indicators, and most parts of one.
const MAX_ITEMS: usize = 1_000;
const MAX_PARTS: usize = 50;

pub(crate) fn findings(scheme: &Scheme) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut points = |value: Points, place: String| {
        if value.as_hundredths() > MAX_POINTS * 100 {
            found.push(Finding::error("scheme-number-large", place).with("value", value).with("max", MAX_POINTS));
        }
    };
    points(scheme.total_points, "total_points".into());
    points(scheme.total_cap, "total_cap".into());
    scheme.dimensions.iter().for_each(|d| points(d.points, format!("dimension {}", d.code)));
    scheme.indicators.iter().for_each(|i| points(i.points, format!("indicator {}", i.code)));
    for (name, adjustment) in [("bonus", &scheme.bonus), ("penalty", &scheme.penalty)] {
        points(adjustment.cap, format!("{name} · cap"));
        adjustment.items.iter().for_each(|item| points(item.points, format!("{name} {}", item.code)));
    }
    let crowded = scheme.indicators.len() > MAX_ITEMS || scheme.indicators.iter().any(|i| i.parts.len() > MAX_PARTS);
    if crowded {
        found.push(Finding::error("scheme-too-many", "indicator").with("indicators", MAX_ITEMS).with("parts", MAX_PARTS));
    }
    for indicator in &scheme.indicators {
        let place = format!("indicator {}", indicator.code);
        let mut targets = Some(1_000_000);
        for part in &indicator.parts {
            for value in numbers(&part.method).into_iter().chain([part.points]).filter(|v| millionths(*v) > MAX_NUMBER * 1_000_000) {
                found.push(Finding::error("scheme-number-large", place.clone()).with("value", value).with("max", MAX_NUMBER));
            }
            if let Method::Ratio { target } = part.method {
                targets = targets.and_then(|all| lcm(all, millionths(target)));
            }
        }
        if targets.is_none_or(|all| all > MAX_TARGETS) {
            found.push(Finding::error("scheme-targets-fine", place));
        }
    }
    found
}

fn numbers(method: &Method) -> Vec<Quantity> {
    match method {
        Method::PerMissing { expected, unit } => vec![*expected, *unit],
        Method::PerEvent { unit } => vec![*unit],
        Method::Ratio { target } => vec![*target],
        Method::Band { bands } => bands.iter().flat_map(|b| [b.min, b.score]).collect(),
        Method::Boolean => Vec::new(),
    }
}

/// Exact: a quantity has at most six decimals.
fn millionths(value: Quantity) -> i128 {
    let (numerator, scale) = value.parts();
    numerator * 10i128.pow(6u32.saturating_sub(scale))
}

fn lcm(a: i128, b: i128) -> Option<i128> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    if x == 0 { Some(a) } else { (a / x).checked_mul(b) }
}

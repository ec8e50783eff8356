//! What publication needs beyond a readable file: points that add up, codes that fit together,
//! articles that exist. The worked examples are evaluated in `scoring`, which joins both.
mod consequence;
mod reference;

use crate::{Articles, Finding, KeyKind, OrderKey, Scheme};
use kernel::{Points, Quantity};
use std::collections::{BTreeMap, BTreeSet};

/// Every finding of the publishing checks, `[[case]]`s excepted.
pub fn check(scheme: &Scheme, articles: &dyn Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    codes(scheme, &mut found);
    sums(scheme, &mut found);
    order(scheme, &mut found);
    kinds(scheme, &mut found);
    consequence::grades(scheme, &mut found);
    consequence::stars(scheme, &mut found);
    consequence::vetoes(scheme, &mut found);
    reference::views(scheme, &mut found);
    reference::cases(scheme, &mut found);
    reference::articles(scheme, articles, &mut found);
    if scheme.effective_to.is_some_and(|end| end < scheme.effective_from) {
        found.push(Finding::error("scheme-dates", "effective_to"));
    }
    found
}

/// Whether a text may name a dimension, an indicator or any other item of a scheme: 1 to 32 of `A–Z a–z 0–9 - _`. They are
/// heads of columns in ledgers and wide files, which are read by the same rule.
pub fn is_code(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A scheme is called `CODE@VERSION`, so its code is one as organisations have: 1 to 64 of `A–Z a–z 0–9 . _ -`.
fn is_scheme_code(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn codes(scheme: &Scheme, found: &mut Vec<Finding>) {
    if !is_scheme_code(&scheme.code) {
        found.push(Finding::error("scheme-own-code", "scheme · code").with("value", &scheme.code));
    }
    let dimensions: Vec<&str> = scheme.dimensions.iter().map(|d| d.code.as_str()).collect();
    // Dimensions and indicators stand side by side as columns of the ledger, so they share one set of codes.
    let columns = dimensions.iter().copied().chain(scheme.indicators.iter().map(|i| i.code.as_str())).collect();
    let lists: [(&str, Vec<&str>); 5] = [
        ("indicator", columns),
        ("bonus", scheme.bonus.items.iter().map(|i| i.code.as_str()).collect()),
        ("penalty", scheme.penalty.items.iter().map(|i| i.code.as_str()).collect()),
        ("veto", scheme.vetoes.iter().map(|v| v.code.as_str()).collect()),
        ("view", scheme.views.iter().map(|v| v.code.as_str()).collect()),
    ];
    for (place, codes) in &lists {
        let mut seen = BTreeSet::new();
        for (i, code) in codes.iter().enumerate() {
            let place = if *place == "indicator" && i < dimensions.len() { "dimension" } else { place };
            if !is_code(code) {
                found.push(Finding::error("scheme-code-format", place).with("value", code));
            }
            if !seen.insert(code) {
                found.push(Finding::error("scheme-code-twice", place).with("value", code));
            }
        }
    }
}

fn sums(scheme: &Scheme, found: &mut Vec<Finding>) {
    for dimension in &scheme.dimensions {
        let sum: Points = scheme.indicators.iter().filter(|i| i.dimension == dimension.code).map(|i| i.points).sum();
        if sum != dimension.points {
            let finding = Finding::error("scheme-dimension-sum", format!("dimension {}", dimension.code));
            found.push(finding.with("dimension", &dimension.code).with("sum", sum).with("points", dimension.points));
        }
    }
    for indicator in &scheme.indicators {
        let place = format!("indicator {}", indicator.code);
        if scheme.dimension(&indicator.dimension).is_none() {
            found.push(Finding::error("scheme-dimension-unknown", place.clone()).with("value", &indicator.dimension));
        }
        if indicator.points == Points::ZERO {
            found.push(Finding::error("scheme-points-zero", place.clone()));
        }
        let parts = sum_of(indicator.parts.iter().map(|p| p.points));
        if parts != sum_of(Quantity::parse(&indicator.points.to_string())) {
            found.push(Finding::error("scheme-parts-sum", place).with("sum", decimal(parts)).with("points", indicator.points));
        }
    }
    let sum: Points = scheme.indicators.iter().map(|i| i.points).sum();
    if sum != scheme.total_points {
        found.push(Finding::error("scheme-total-sum", "total_points").with("sum", sum).with("points", scheme.total_points));
    }
    let hundred = Points::hundredths(10_000);
    if scheme.total_points != hundred {
        found.push(Finding::error("scheme-total-hundred", "total_points").with("value", scheme.total_points));
    }
    if scheme.total_cap < scheme.total_points {
        found.push(Finding::error("scheme-cap-low", "total_cap").with("value", scheme.total_cap));
    }
    let count = scheme.indicators.len();
    if u32::try_from(count).ok() != Some(scheme.indicator_count) {
        found.push(
            Finding::error("scheme-indicator-count", "indicator_count").with("declared", scheme.indicator_count).with("count", count),
        );
    }
}

/// In millionths: a quantity has at most six decimals.
fn sum_of(values: impl IntoIterator<Item = Quantity>) -> i128 {
    values.into_iter().map(|v| v.parts()).map(|(n, scale)| n * 10i128.pow(6u32.saturating_sub(scale))).sum()
}

fn decimal(millionths: i128) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn order(scheme: &Scheme, found: &mut Vec<Finding>) {
    for key in &scheme.order {
        if let OrderKey::Dimension(code) = key
            && scheme.dimension(code).is_none()
        {
            found.push(Finding::error("scheme-order-unknown", "order").with("value", format!("dimension:{code}")));
        }
    }
}

/// One fact cannot be a truth value here and a number there.
fn kinds(scheme: &Scheme, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, KeyKind> = BTreeMap::new();
    for indicator in &scheme.indicators {
        for part in &indicator.parts {
            let kind = part.method.kind();
            if *seen.entry(&part.key).or_insert(kind) != kind {
                found.push(Finding::error("scheme-key-kinds", format!("indicator {}", indicator.code)).with("value", &part.key));
            }
        }
    }
}

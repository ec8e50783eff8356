//! Indicators: points, method or parts, the condition under which they do not apply.
use super::table::Table;
use crate::{ArticleRef, Band, Condition, Indicator, Literal, Method, Part};
use kernel::{Points, Quantity};
use std::collections::BTreeSet;

pub(super) fn indicator(t: Table<'_>) -> Indicator {
    let points = t.points("points");
    let named = t.peek("method").unwrap_or_default();
    let composite = named == "composite";
    // A misspelt `composite` has parts and no metric: that it is misspelt is all there is to say.
    let parts = if composite || !METHODS.contains(&named.as_str()) && t.has("parts") {
        if composite {
            t.pass_over(&["method"])
        } else {
            drop(method(&t))
        }
        parts(&t)
    } else {
        vec![part(&t, "metric", as_quantity(points))]
    };
    let read = Indicator {
        code: t.text("code"),
        title: t.text("title"),
        dimension: t.text("dimension"),
        points,
        composite,
        parts,
        not_applicable: t.text_option("not_applicable").and_then(|text| condition(&t, &text)),
        rule: t.text_or("rule", ""),
        evidence: t.texts("evidence"),
        article: t.text_or("article", ""),
        articles: articles(&t),
        confidence: t.text_or("confidence", ""),
        auto: t.flag("auto"),
    };
    t.finish();
    read
}

const METHODS: &[&str] = &["per_missing", "per_event", "ratio", "band", "boolean"];
/// What a method may say; of an unknown one it cannot be told which of it is too much.
const SETTINGS: &[&str] = &["metric", "expected", "unit", "target", "bands", "parts"];

fn parts(t: &Table<'_>) -> Vec<Part> {
    let read = |t: Table<'_>| {
        let points = t.quantity("points");
        let part = part(&t, "key", points);
        t.finish();
        part
    };
    let parts: Vec<Part> = t.tables("parts", "key").into_iter().map(read).collect();
    if parts.is_empty() {
        t.report("scheme-parts-missing", "parts", "");
    }
    parts
}

fn part(t: &Table<'_>, metric: &'static str, points: Quantity) -> Part {
    let key = t.text(metric);
    if !key.is_empty() && !is_metric(&key) {
        t.report("scheme-key", metric, &key);
    }
    Part { key, method: method(t), points, bucket: t.text_option("bucket") }
}

fn method(t: &Table<'_>) -> Method {
    match t.text("method").as_str() {
        "per_missing" => Method::PerMissing { expected: t.quantity("expected"), unit: t.quantity("unit") },
        "per_event" => Method::PerEvent { unit: t.quantity("unit") },
        "ratio" => {
            let target = t.quantity_read("target");
            if target.is_some_and(|q| q.is_zero()) {
                t.report("scheme-target-zero", "target", "0");
            }
            Method::Ratio { target: target.unwrap_or(Quantity::ZERO) }
        }
        "band" => Method::Band { bands: bands(t) },
        "boolean" => Method::Boolean,
        // Missing, or no text: that has been reported.
        "" => {
            t.pass_over(SETTINGS);
            Method::Boolean
        }
        // Only parts come here with it: an indicator's own parts are read before.
        "composite" => {
            t.report("scheme-composite-nested", "method", "composite");
            t.pass_over(SETTINGS);
            Method::Boolean
        }
        other => {
            t.report("scheme-method-unknown", "method", other);
            t.pass_over(SETTINGS);
            Method::Boolean
        }
    }
}

fn bands(t: &Table<'_>) -> Vec<Band> {
    let band = |t: Table<'_>| {
        let read = Band { min: t.quantity("min"), score: t.quantity("score") };
        t.finish();
        read
    };
    let bands: Vec<Band> = t.tables("bands", "min").into_iter().map(band).collect();
    let mut seen = BTreeSet::new();
    if bands.is_empty() {
        t.report("scheme-bands-missing", "bands", "");
    }
    for band in bands.iter().filter(|b| !seen.insert(b.min)) {
        t.report("scheme-band-twice", "bands", &band.min.to_string());
    }
    bands
}

/// `key == literal`, and nothing else: whatever more one could write is refused.
fn condition(t: &Table<'_>, text: &str) -> Option<Condition> {
    let read = text.split_once("==").and_then(|(key, literal)| {
        let (key, literal) = (key.trim(), literal.trim());
        let named = is_metric(key) || key == crate::HISTORY;
        let literal = literal_of(literal).filter(|l| matches!(l, Literal::Text(_)) == (key == crate::HISTORY))?;
        named.then(|| Condition { key: key.to_owned(), literal })
    });
    if read.is_none() {
        t.report("scheme-condition", "not_applicable", text);
    }
    read
}

fn literal_of(text: &str) -> Option<Literal> {
    let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    match text {
        "true" | "是" => Some(Literal::Boolean(true)),
        "false" | "否" => Some(Literal::Boolean(false)),
        _ => match quoted {
            Some(name) => (!name.is_empty() && !name.contains('"')).then(|| Literal::Text(name.to_owned())),
            None => Quantity::parse(text).ok().map(Literal::Number),
        },
    }
}

/// `family.name` in small letters, digits and `_`; the four families of adjustments are no metrics.
fn is_metric(key: &str) -> bool {
    let family = key.split('.').next().unwrap_or_default();
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    key.len() <= 100 && key.contains('.') && key.split('.').all(plain) && !["veto", "bonus", "penalty", "history"].contains(&family)
}

fn articles(t: &Table<'_>) -> Vec<ArticleRef> {
    let read = |text: &String| ArticleRef::parse(text).or_else(|| (t.report("scheme-article-format", "articles", text), None).1);
    t.texts("articles").iter().filter_map(read).collect()
}

fn as_quantity(points: Points) -> Quantity {
    Quantity::parse(&points.to_string()).unwrap_or(Quantity::ZERO)
}

//! One entry of a sheet: an indicator's score in a layer, as somebody typed it.
use kernel::{Error, Points, Result, reason};
use scheme::Scheme;

/// Parsed: the points fit the indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub indicator: String,
    /// `None`: the field was emptied, the layer's value is taken away.
    pub points: Option<Points>,
    pub reason: String,
    /// The revision the typist saw.
    pub seen: i64,
}

impl Entry {
    /// # Errors
    /// `indicator-unknown`, `points-format`, `score-above-points` (with the maximum), `reason-long`.
    pub fn parse(scheme: &Scheme, indicator: &str, points: &str, reason: &str, seen: i64) -> Result<Self> {
        let known = scheme.indicator(indicator).ok_or_else(|| Error::invalid("indicator-unknown").with("indicator", indicator))?;
        let points = match points.trim() {
            "" => None,
            text => Some(Points::parse(text).map_err(|e| e.at("score"))?),
        };
        if let Some(points) = points {
            scoring::validate_score(scheme, &known.code, points)?;
        }
        let reason = reason::within(reason, "reason-long")?;
        Ok(Self { indicator: known.code.clone(), points, reason: reason.to_owned(), seen })
    }
}

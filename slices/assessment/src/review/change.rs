//! What a committee adjustment changes, and to what.
use kernel::{Error, Points, Result};
use scheme::{KeyKind, Scheme, bonus_key, penalty_key, veto_key};
use web::T;

/// A grade follows from points and vetoes alone, so there is no change of a grade as such: these four are what may move one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The committee's own layer, on the indicator's original points.
    Score {
        indicator: String,
        points: Points,
    },
    /// How many times a bonus counts.
    Bonus {
        item: String,
        count: String,
    },
    /// How many times a penalty counts.
    Penalty {
        item: String,
        count: String,
    },
    Veto {
        code: String,
        holds: bool,
    },
}

impl Change {
    /// Reads `score:A1`, `bonus:P1`, `penalty:N1` or `veto:V1` with its value; `veto:V1=1` says both.
    ///
    /// # Errors
    /// `adjust-target` for what the scheme does not know; `score-above-points`, `points-format`, `fact-count`, `fact-boolean`
    /// at field `value`.
    pub fn parse(scheme: &Scheme, target: &str, value: &str) -> Result<Self> {
        let unknown = || Error::invalid("adjust-target").at("target");
        // A veto holds or does not: its pages ask for both in one choice.
        let (target, value) = target.split_once('=').unwrap_or((target, value));
        let (kind, code) = target.split_once(':').ok_or_else(unknown)?;
        let code = code.to_owned();
        if value.trim().is_empty() {
            return Err(Error::invalid("adjust-value-missing").at("value"));
        }
        match kind {
            "score" if scheme.indicator(&code).is_some() => {
                let points = Points::parse(value).map_err(|e| e.at("value"))?;
                scoring::validate_score(scheme, &code, points).map_err(|e| e.at("value"))?;
                Ok(Self::Score { indicator: code, points })
            }
            "bonus" if scheme.bonus.items.iter().any(|i| i.code == code) => Ok(Self::Bonus { item: code, count: count(value)? }),
            "penalty" if scheme.penalty.items.iter().any(|i| i.code == code) => Ok(Self::Penalty { item: code, count: count(value)? }),
            "veto" if scheme.vetoes.iter().any(|v| v.code == code) => {
                let holds = KeyKind::Boolean.read(value)?.to_string() != "0";
                Ok(Self::Veto { code, holds })
            }
            _ => Err(unknown()),
        }
    }
    /// As the database and forms write it.
    pub fn target(&self) -> String {
        match self {
            Self::Score { indicator, .. } => format!("score:{indicator}"),
            Self::Bonus { item, .. } => format!("bonus:{item}"),
            Self::Penalty { item, .. } => format!("penalty:{item}"),
            Self::Veto { code, .. } => format!("veto:{code}"),
        }
    }
    pub fn value(&self) -> String {
        match self {
            Self::Score { points, .. } => points.to_string(),
            Self::Bonus { count, .. } | Self::Penalty { count, .. } => count.clone(),
            Self::Veto { holds, .. } => i32::from(*holds).to_string(),
        }
    }
    /// The fact it records; `None` for a score.
    pub fn fact(&self) -> Option<String> {
        match self {
            Self::Score { .. } => None,
            Self::Bonus { item, .. } => Some(bonus_key(item)),
            Self::Penalty { item, .. } => Some(penalty_key(item)),
            Self::Veto { code, .. } => Some(veto_key(code)),
        }
    }
}

/// A value in words: of a veto whether it holds.
pub fn spoken(t: &T, target: &str, value: &str) -> String {
    match (target.starts_with("veto:"), value) {
        (true, "0") => t.text("adjust-veto-no").to_string(),
        (true, _) => t.text("adjust-veto-yes").to_string(),
        _ => value.to_owned(),
    }
}

/// Whole and below a thousand: caps make more meaningless.
fn count(value: &str) -> Result<String> {
    let read = KeyKind::Count.read(value)?.to_string();
    if read.len() > 3 { Err(Error::invalid("fact-count").with("value", value).at("value")) } else { Ok(read) }
}

/// What a target is called; the code where the scheme has lost it (an adjustment of another edition).
pub fn title(scheme: &Scheme, target: &str) -> String {
    let (kind, code) = target.split_once(':').unwrap_or(("", target));
    let item = |a: &scheme::Adjustment| a.items.iter().find(|i| i.code == code).map(|i| i.title.clone());
    let found = match kind {
        "score" => scheme.indicator(code).map(|i| i.title.clone()),
        "bonus" => item(&scheme.bonus),
        "penalty" => item(&scheme.penalty),
        "veto" => scheme.vetoes.iter().find(|v| v.code == code).map(|v| v.title.clone()),
        _ => None,
    };
    found.map_or_else(|| code.to_owned(), |title| format!("{code} {title}"))
}

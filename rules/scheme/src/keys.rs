//! Which facts a scheme knows, and of what kind each is.
use crate::{Fact, Indicator, Literal, Method, Scheme};
use kernel::{Error, Quantity, Result};
use std::collections::BTreeMap;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
    /// A decimal number ≥ 0.
    Decimal,
    /// 1/0, true/false, 是/否.
    Boolean,
    /// A whole number ≥ 0.
    Count,
    /// The name of a grade.
    Grade,
}

impl Scheme {
    /// The metrics of the indicators and conditions, and `veto.*`, `bonus.*`, `penalty.*`, `history.grade`.
    /// Anything else is refused when facts come in.
    pub fn known_keys(&self) -> BTreeMap<String, KeyKind> {
        let mut keys = BTreeMap::from([(HISTORY.to_owned(), KeyKind::Grade)]);
        for condition in self.indicators.iter().filter_map(|i| i.not_applicable.as_ref()) {
            let kind = if matches!(condition.literal, Literal::Boolean(_)) { KeyKind::Boolean } else { KeyKind::Decimal };
            keys.entry(condition.key.clone()).or_insert(kind);
        }
        for part in self.indicators.iter().flat_map(|i| &i.parts) {
            keys.insert(part.key.clone(), part.method.kind());
        }
        keys.extend(self.vetoes.iter().map(|v| (veto_key(&v.code), KeyKind::Boolean)));
        keys.extend(self.bonus.items.iter().map(|b| (bonus_key(&b.code), KeyKind::Count)));
        keys.extend(self.penalty.items.iter().map(|p| (penalty_key(&p.code), KeyKind::Count)));
        keys
    }
}

impl KeyKind {
    /// Reads a fact's value as this kind demands.
    ///
    /// # Errors
    /// `fact-decimal`, `fact-boolean`, `fact-count` or `fact-grade` with the value.
    pub fn read(self, text: &str) -> Result<Fact> {
        let text = text.trim();
        let number = Quantity::parse(text).ok();
        let written = number.filter(|_| text.starts_with(|c: char| c.is_ascii_digit()));
        let read = match self {
            Self::Decimal => written.map(Fact::Number),
            Self::Count => written.filter(|n| n.parts().1 == 0).map(Fact::Number),
            Self::Boolean => number.filter(|n| *n == Quantity::ZERO || *n == Quantity::ONE).map(Fact::Number),
            // A name this scheme does not have is let in: it ranks last (see the order).
            Self::Grade => (!text.is_empty() && text.chars().count() <= 20 && number.is_none()).then(|| Fact::Grade(text.to_owned())),
        };
        let key = match self {
            Self::Decimal => "fact-decimal",
            Self::Boolean => "fact-boolean",
            Self::Count => "fact-count",
            Self::Grade => "fact-grade",
        };
        read.ok_or_else(|| Error::invalid(key).with("value", text).at("value"))
    }
}

impl Method {
    /// What kind of value this method reads.
    pub fn kind(&self) -> KeyKind {
        if matches!(self, Self::Boolean) { KeyKind::Boolean } else { KeyKind::Decimal }
    }
}

impl Indicator {
    /// The facts behind this indicator: its metrics, then the key of its condition.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|p| p.key.as_str()).chain(self.not_applicable.iter().map(|c| c.key.as_str()))
    }
}

/// The fact of last year's grade.
pub const HISTORY: &str = "history.grade";

pub fn veto_key(code: &str) -> String {
    format!("veto.{code}")
}

pub fn bonus_key(code: &str) -> String {
    format!("bonus.{code}")
}

pub fn penalty_key(code: &str) -> String {
    format!("penalty.{code}")
}

//! Which facts a scheme knows, and of what kind each is.
use crate::{Indicator, Literal, Method, Scheme};
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

//! The layers of a sheet beside each other: their totals, and every difference between two of them (S44).
use super::explanation::Explanation;
use crate::sheet::State;
use crate::sheet::store::Sheet;
use kernel::Points;
use scheme::Scheme;
use scoring::{BranchInput, Layer, Layers, Scorer, differences};
use std::collections::BTreeMap;

/// The subject of a difference between totals; indicators have their code.
pub const TOTAL: &str = "total";

/// A difference, and whether it has been explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// [`TOTAL`] or an indicator's code.
    pub subject: String,
    pub from: Layer,
    pub to: Layer,
    /// Later minus earlier.
    pub amount: Points,
    /// At or above the scheme's limit.
    pub must_explain: bool,
    pub explained: Explained,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    No,
    /// What somebody wrote, and who.
    Text(String, String),
    /// The committee's own scores carry their reasons and a second person's approval.
    ByReasons,
}

impl Mark {
    /// It still has to be explained.
    pub fn owed(&self) -> bool {
        self.must_explain && self.explained == Explained::No
    }
    /// `total/self/acceptance`: names it in a form.
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.subject, self.from.name(), self.to.name())
    }
    pub fn signed(&self) -> String {
        self.amount.signed()
    }
}

/// The total up to each layer that has been given: it was handed in, or has a score.
pub fn totals(scheme: &Scheme, sheet: &Sheet, input: &BranchInput) -> Layers {
    let scorer = Scorer::new(scheme);
    let scored = |layer: Layer| input.layers.values().any(|l| l.get(layer).is_some());
    let given = |layer: &Layer| sheet.state(*layer) == State::Submitted || scored(*layer);
    Layer::ALL.into_iter().filter(given).map(|l| (l, scorer.outcome(&input.up_to(l)).total)).collect()
}

/// Every pair of layers that differ, of the total first, then of each indicator in the scheme's order. An explanation
/// answers the difference it was written for: another amount has to be explained anew.
pub fn marks(
    scheme: &Scheme,
    totals: &Layers,
    input: &BranchInput,
    explanations: &[Explanation],
    reasons: &BTreeMap<String, String>,
) -> Vec<Mark> {
    let limit = scheme.parameters.self_score_deviation_alert;
    let all_reasoned = !reasons.is_empty() && reasons.values().all(|r| !r.is_empty());
    let reasoned = |subject: &str| {
        if subject == TOTAL { all_reasoned } else { reasons.get(subject).is_some_and(|r| !r.is_empty()) }
    };
    let mark = |subject: &str, d: scoring::Difference| {
        let written = explanations.iter().find(|e| e.subject == subject && e.answers(d.from, d.to, d.amount));
        let explained = match written {
            Some(e) => Explained::Text(e.text.clone(), e.by_name.clone()),
            None if d.to == Layer::Committee && reasoned(subject) => Explained::ByReasons,
            None => Explained::No,
        };
        Mark { subject: subject.to_owned(), from: d.from, to: d.to, amount: d.amount, must_explain: d.must_explain, explained }
    };
    let mut all: Vec<Mark> = differences(totals, limit).into_iter().map(|d| mark(TOTAL, d)).collect();
    // What the system took from facts is the branch's own value where it gave none.
    let own = totals.get(Layer::SelfAssessment).map(|_| Scorer::new(scheme).score(&input.up_to(Layer::SelfAssessment)));
    for indicator in &scheme.indicators {
        let Some(mut given) = input.layers.get(&indicator.code).copied() else { continue };
        let known = own.as_ref().and_then(|own| own.indicator(&indicator.code)).filter(|i| i.applicable);
        if let Some(i) = known {
            given.set(Layer::SelfAssessment, i.raw.rounded());
        }
        all.extend(differences(&given, limit).into_iter().map(|d| mark(&indicator.code, d)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_facts_gave_is_the_branch_s_own_value_where_it_gave_none() {
        let scheme = scheme::parse_toml(include_str!("../../../../content/schemes/LN-JG-27.toml")).unwrap();
        // Its facts are not known: they give nothing.
        let indicator = scheme.indicators.iter().find(|i| i.auto).unwrap();
        let mut input = BranchInput::new("21-1");
        input.score(&indicator.code, Layer::Acceptance, indicator.points);
        let marked = |totals: &[Layer]| {
            let totals: Layers = totals.iter().map(|l| (*l, Points::ZERO)).collect();
            let all = marks(&scheme, &totals, &input, &[], &BTreeMap::new());
            all.iter().map(|m| (m.subject.clone(), m.from, m.to, m.amount)).collect::<Vec<_>>()
        };
        let expected = (indicator.code.clone(), Layer::SelfAssessment, Layer::Acceptance, indicator.points);
        assert_eq!(marked(&[Layer::SelfAssessment, Layer::Acceptance]), [expected]);
        assert_eq!(marked(&[Layer::Acceptance]), [], "who never assessed itself gave nothing");
    }
}

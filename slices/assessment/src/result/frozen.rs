//! A branch's inputs as they are frozen with its result: canonical JSON, so that a replay years later reads exactly them.
use kernel::{Error, Points, Result};
use scheme::Fact;
use scoring::{BranchInput, Layer, Layers};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Maps are sorted and numbers are texts: the same inputs always give the same bytes.
#[derive(Serialize, Deserialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
struct Frozen {
    facts: BTreeMap<String, String>,
    layers: BTreeMap<String, BTreeMap<String, String>>,
}

/// # Errors
/// `internal`, never in practice: texts always serialise.
pub fn write(input: &BranchInput) -> Result<String> {
    let facts = input.facts.iter().map(|(key, fact)| (key.clone(), fact.to_string())).collect();
    let texts = |l: &Layers| l.all().map(|(layer, score)| (layer.name().to_owned(), score.to_string())).collect();
    let layers = input.layers.iter().map(|(indicator, l)| (indicator.clone(), texts(l))).collect();
    serde_json::to_string(&Frozen { facts, layers }).map_err(Error::internal)
}

/// # Errors
/// `internal` if what is stored is not what was written.
pub fn read(code: &str, text: &str) -> Result<BranchInput> {
    let frozen: Frozen = serde_json::from_str(text).map_err(Error::internal)?;
    let mut input = BranchInput::new(code);
    input.facts = frozen.facts.iter().map(|(key, value)| (key.clone(), Fact::of_text(value))).collect();
    for (indicator, given) in frozen.layers {
        for (layer, score) in given {
            input.score(&indicator, Layer::parse(&layer)?, Points::parse(&score)?);
        }
    }
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Quantity;

    #[test]
    fn what_is_frozen_is_read_back_exactly() {
        let mut input = BranchInput::new("21-1");
        input.fact("meeting.ratio", Quantity::parse("0.333333").unwrap()).fact("history.grade", Fact::Grade("较好".into()));
        input.score("A1", Layer::SelfAssessment, Points::hundredths(350)).score("A1", Layer::Committee, Points::hundredths(1));
        let text = write(&input).unwrap();
        let back = read("21-1", &text).unwrap();
        assert_eq!((write(&back).unwrap(), back.facts, back.layers), (text, input.facts, input.layers));
    }
}

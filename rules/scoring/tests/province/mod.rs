//! Random provinces and the schemes they are graded under.
#![allow(dead_code)]
use kernel::Points;
use proptest::prelude::*;
use scheme::{Fact, KeyKind, Scheme, parse_toml};
use scoring::{BranchInput, Layer};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A branch as texts.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    pub code: String,
    pub facts: BTreeMap<String, String>,
    /// (indicator, layer) → score.
    pub layers: BTreeMap<(String, String), String>,
}

pub const FILE: &str = include_str!("../../../../content/schemes/LN-JG-27.toml");

/// The shipped scheme, and three that bend it: thirds and odd targets, a whole dimension that may be left
/// out with tied remainders, tight quotas on every level.
pub fn variants() -> [String; 4] {
    let odd = FILE.replace("target = 56.0", "target = 7.0").replace("points = 2, target = 1.0", "points = 2, target = 3.0");
    let left_out = FILE.replace("dimension = \"F\"\n", "dimension = \"F\"\nnot_applicable = \"branch.small == true\"\n");
    let left_out = left_out.replace("dimension = \"E\"\n", "dimension = \"E\"\nnot_applicable = \"branch.group_count == 0\"\n");
    let tight = FILE
        .replace("min = 90.0\nquota_ratio = 0.10", "min = 70.0\nquota_ratio = 0.17")
        .replace("min = 80.0\nquota_ratio = 0.40", "min = 50.0\nquota_ratio = 0.25");
    let tight = tight
        .replace("min = 70.0\n[[star]]", "min = 40.0\nquota_ratio = 0.34\n[[star]]")
        .replace("level = 1\nmin = 0.0", "level = 1\nmin = 0.0\nquota_ratio = 0.05");
    let tight = tight.replace("level = 2\nmin = 60.0", "level = 2\nmin = 30.0\nquota_ratio = 0.10");
    [FILE.to_owned(), odd, left_out, tight]
}

pub fn province(most: usize) -> impl Strategy<Value = Vec<Branch>> {
    prop::collection::vec(branch(), 1..most).prop_map(|mut branches| {
        for (i, branch) in branches.iter_mut().enumerate() {
            // Codes whose order by bytes is not the order of the list.
            branch.code = format!("{}.{}", (i * 7) % 10, i);
        }
        branches
    })
}

/// Most facts good, some bad, some missing; few layers, vetoes and adjustments. A seed picks each value.
fn branch() -> impl Strategy<Value = Branch> {
    let quality = prop_oneof![Just(0u32), Just(8), Just(40), Just(95)];
    (quality, prop::collection::vec(any::<u32>(), 160)).prop_map(|(bad, seeds)| made(bad, &seeds))
}

fn made(bad: u32, seeds: &[u32]) -> Branch {
    let scheme = known();
    let mut seeds = seeds.iter().cycle().copied();
    let mut seed = move || seeds.next().unwrap();
    let mut facts = BTreeMap::new();
    let full = full_values();
    for (key, kind) in scheme.known_keys() {
        let (dice, value) = (seed() % 100, seed());
        let rare = key.starts_with("veto.") || key.starts_with("bonus.") || key.starts_with("penalty.") || !full.contains_key(&key);
        let text = match kind {
            KeyKind::Grade => ["好", "较好", "一般", "差", "优秀", ""][value as usize % 6].to_owned(),
            _ if rare && dice >= 12 => continue,
            _ if !rare && dice >= bad => full[&key].clone(),
            KeyKind::Boolean => (value % 2).to_string(),
            KeyKind::Count => (value % 4).to_string(),
            KeyKind::Decimal if rare => (value % 3).to_string(),
            _ if dice % 4 == 0 => continue,
            // What a spreadsheet keeps of a quotient: 15 digits.
            KeyKind::Decimal if value % 5 == 0 => format!("0.{:015}", u64::from(value) * 232_831 % 1_000_000_000_000_000),
            KeyKind::Decimal => format!("{}.{:03}", value % 14 / 10, value / 14 % 1000),
        };
        if !text.is_empty() {
            facts.insert(key, text);
        }
    }
    let mut layers = BTreeMap::new();
    for indicator in &scheme.indicators {
        for layer in Layer::ALL {
            let (dice, value) = (seed() % 1000, seed());
            if dice < bad * 3 {
                let cents = i64::from(value) % (indicator.points.as_hundredths() + 1);
                layers.insert((indicator.code.clone(), layer.name().to_owned()), Points::hundredths(cents).to_string());
            }
        }
    }
    Branch { code: String::new(), facts, layers }
}

/// The variant that knows the most keys; read once, since reading is what costs here.
fn known() -> &'static Scheme {
    static KNOWN: OnceLock<Scheme> = OnceLock::new();
    KNOWN.get_or_init(|| parse_toml(&variants()[2]).unwrap())
}

/// What gives each metric its full points.
pub fn full_values() -> BTreeMap<String, String> {
    let scheme = known();
    let value = |method: &scheme::Method| match method {
        scheme::Method::PerMissing { expected, .. } => expected.to_string(),
        scheme::Method::PerEvent { .. } => "0".into(),
        scheme::Method::Ratio { target } => target.to_string(),
        scheme::Method::Band { .. } | scheme::Method::Boolean => "1".into(),
    };
    scheme.indicators.iter().flat_map(|i| &i.parts).map(|p| (p.key.clone(), value(&p.method))).collect()
}

pub fn input(branch: &Branch) -> BranchInput {
    let mut input = BranchInput::new(&branch.code);
    for (key, value) in &branch.facts {
        input.fact(key, Fact::of_text(value));
    }
    for ((indicator, layer), score) in &branch.layers {
        input.score(indicator, Layer::parse(layer).unwrap(), Points::parse(score).unwrap());
    }
    input
}

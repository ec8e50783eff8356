//! All that is known of some branches: what the registers say, and what was recorded over it.
use crate::record::Fact;
use crate::supplier::{Suppliers, Why};
use db::{Result, Tx};
use kernel::{BusinessDate, OrgId};
use std::collections::{BTreeMap, HashMap};

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    Recorded(Fact),
    Supplied { value: String, why: Why },
}

impl Known {
    pub fn value(&self) -> &str {
        match self {
            Known::Recorded(fact) => &fact.value,
            Known::Supplied { value, .. } => value,
        }
    }
}

/// By branch, by key.
pub type Gathered = HashMap<OrgId, BTreeMap<String, Known>>;

/// What the registers say of `orgs` for a year, as of a day.
///
/// # Errors
/// The engine's own.
pub async fn supplied(tx: &mut Tx<'_>, suppliers: &Suppliers, orgs: &[OrgId], year: i64, day: BusinessDate) -> Result<Gathered> {
    let mut all: Gathered = orgs.iter().map(|org| (*org, BTreeMap::new())).collect();
    for supplier in suppliers.iter() {
        for s in supplier.supply(tx, orgs, year, day).await? {
            let known = Known::Supplied { value: s.value, why: s.why };
            all.entry(s.org).or_default().entry(s.key.to_owned()).or_insert(known);
        }
    }
    Ok(all)
}

/// Everything known: a recorded value wins over a supplied one.
pub fn with_recorded(mut supplied: Gathered, recorded: Vec<Fact>) -> Gathered {
    for fact in recorded {
        supplied.entry(fact.org).or_default().insert(fact.key.clone(), Known::Recorded(fact));
    }
    supplied
}

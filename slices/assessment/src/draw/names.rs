//! What the codes of a draw's list are called, for whoever reaches them. The list has codes alone and stays as it was published:
//! its digest is of that text.
use super::roll::Roll;
use super::store::Draw;
use crate::sheet::store::names;
use access::Reach;
use db::{Result, Tx};
use std::collections::{BTreeSet, HashMap};

#[derive(Debug, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Empty beyond the reader's reach.
    pub fn of(&self, code: &str) -> &str {
        self.0.get(code).map_or("", String::as_str)
    }
}

/// The cycle's branches, and the units that inspectors keep away from, within a reach.
///
/// # Errors
/// The engine's own.
pub async fn of(tx: &mut Tx<'_>, draw: &Draw, roll: Option<&Roll>, reach: &Reach) -> Result<Names> {
    let mut all: HashMap<String, String> = names(tx, draw.cycle, reach).await?.into_iter().map(|n| (n.code, n.name)).collect();
    let units: BTreeSet<&String> = roll.iter().flat_map(|roll| &roll.inspectors).flat_map(|(i, _)| &i.units).collect();
    for code in units {
        if let Some(unit) = organisations::by_code(tx, code).await?
            && reach.covers(&tree::node(tx, unit.id).await?.path)
        {
            all.insert(unit.code, unit.name);
        }
    }
    Ok(Names(all))
}

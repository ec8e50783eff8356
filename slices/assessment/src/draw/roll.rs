//! The list teams are drawn from: who may inspect, what, and which unit committees keep the two apart. It is published as
//! text, so that whoever doubts a draw has all that went into it.
use crate::cycle::Cycle;
use crate::cycle::open::{Units, units_on};
use crate::inspection::avoidance;
use crate::sheet::listing::page;
use crate::sheet::store::Sheet;
use access::Reach;
use db::{Db, Result as Unit, Tx};
use draw::{Inspector, Site};
use kernel::{AccountId, BusinessDate, Error, OrgId, Result};
use scoring::Layer;
use std::collections::BTreeSet;

/// Sheets read at once.
const CHUNK: i64 = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// With their names; the code is the account's id.
    pub inspectors: Vec<(Inspector, String)>,
    pub sites: Vec<Site>,
}

impl Roll {
    /// One line each: `inspector`, code, name, units; `branch`, code, units; parted by tabs, units by commas.
    pub fn text(&self) -> String {
        let units = |units: &BTreeSet<String>| units.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let people = self.inspectors.iter().map(|(i, name)| format!("inspector\t{}\t{}\t{}", i.code, plain(name), units(&i.units)));
        let sites = self.sites.iter().map(|s| format!("branch\t{}\t{}", s.code, units(&s.units)));
        people.chain(sites).collect::<Vec<_>>().join("\n")
    }
    /// # Errors
    /// `draw-list-changed` for a line that none of ours looks like.
    pub fn parse(text: &str) -> Result<Self> {
        let units = |text: &str| text.split(',').filter(|u| !u.is_empty()).map(str::to_owned).collect();
        let mut roll = Roll::default();
        for line in text.lines() {
            match *line.split('\t').collect::<Vec<_>>() {
                ["inspector", code, name, of] => roll.inspectors.push((Inspector { code: code.into(), units: units(of) }, name.into())),
                ["branch", code, of] => roll.sites.push(Site { code: code.into(), units: units(of) }),
                _ => return Err(Error::conflict("draw-list-changed")),
            }
        }
        Ok(roll)
    }
    pub fn people(&self) -> Vec<Inspector> {
        self.inspectors.iter().map(|(i, _)| i.clone()).collect()
    }
    /// What an inspector is called.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.inspectors.iter().find(|(i, _)| i.code == code).map_or(code, |(_, name)| name)
    }
}

/// A name on one line.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The list as of today: for acceptance every branch that has not been accepted; teams for re-check are drawn without
/// branches, because which ones they visit is another draw.
///
/// # Errors
/// The engine's own.
pub async fn of_cycle(db: &Db, cycle: &Cycle, layer: Layer, today: BusinessDate) -> Result<Roll> {
    let root = cycle.root;
    let inspectors = db.read(async move |tx| pool(tx, root).await).await?;
    let mut sites = Vec::new();
    if layer == Layer::Acceptance {
        let units = units_on(db, root, today).await?;
        let mut after: Option<String> = None;
        loop {
            let (id, from) = (cycle.id, after.clone());
            let chunk = db.read(async move |tx| page(tx, id, &Reach::everything(), from.as_deref(), CHUNK).await).await?;
            let Some(last) = chunk.last() else { break };
            after = Some(last.code.clone());
            for sheet in chunk.into_iter().filter(|s| s.acceptance_state.is_open()) {
                sites.push(site(db, &units, sheet).await?);
            }
        }
    }
    Ok(Roll { inspectors, sites })
}

/// Inspectors whose role reaches the whole cycle: held at its root or above.
async fn pool(tx: &mut Tx<'_>, root: OrgId) -> Unit<Vec<(Inspector, String)>> {
    let mut all: Vec<(Inspector, String)> = Vec::new();
    let mut seen: BTreeSet<AccountId> = BTreeSet::new();
    for org in tree::line(tx, root).await? {
        for (account, name) in access::holders(tx, "inspector", org).await? {
            if seen.insert(account) {
                let units: Vec<OrgId> = avoidance::units(tx, account).await?.into_iter().collect();
                let units = organisations::named(tx, &units).await?.into_iter().map(|o| o.code).collect();
                all.push((Inspector { code: account.to_string(), units }, name));
            }
        }
    }
    Ok(all)
}

/// A branch with the committees it stands under: of the opening day, and today's.
async fn site(db: &Db, units: &Units, sheet: Sheet) -> Result<Site> {
    let today = match units.above(sheet.org) {
        Some(unit) => Some(unit),
        // It has moved out of the cycle's subtree.
        None => {
            let moved = sheet.clone();
            let all = db.read(async move |tx| avoidance::of_sheet(tx, &moved).await).await?;
            all.into_iter().find(|u| Some(*u) != sheet.unit)
        }
    };
    let codes = sheet.unit.into_iter().chain(today).filter_map(|u| units.code(u)).map(str::to_owned);
    Ok(Site { units: codes.collect(), code: sheet.code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_back_as_it_was_written_and_nothing_else_is_taken_for_one() {
        let people = |code: &str, units: &[&str]| Inspector { code: code.into(), units: units.iter().map(|u| (*u).into()).collect() };
        let roll = Roll {
            inspectors: vec![(people("a", &["21-1", "21-2"]), "王 强".into()), (people("b", &[]), "赵明".into())],
            sites: vec![
                Site { code: "21-3".into(), units: BTreeSet::from(["21".into()]) },
                Site { code: "x".into(), units: BTreeSet::new() },
            ],
        };
        assert_eq!(Roll::parse(&roll.text()).unwrap(), roll);
        let tricky = Roll { inspectors: vec![(people("a", &[]), "王\t强\nbranch\tx\t".into())], sites: vec![] };
        assert_eq!(Roll::parse(&tricky.text()).unwrap().sites, vec![], "a name makes no lines of its own");
        for bad in ["branch\tx", "inspector\ta\tb", "else\ta\tb\tc"] {
            assert_eq!(Roll::parse(bad).unwrap_err().key, "draw-list-changed");
        }
    }
}

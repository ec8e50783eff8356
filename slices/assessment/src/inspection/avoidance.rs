//! 回避: nobody inspects where they hold a post or membership under the same unit committee (S45). The unit committee is
//! the nearest committee (611) at or above where somebody belongs, and above the branch that is inspected.
use super::store;
use crate::sheet::store::Sheet;
use db::{Result, Tx};
use kernel::{AccountId, OrgId, TeamId};
use organisations::OrgKind;
use std::collections::BTreeSet;

/// The unit committees under which an account holds a post or membership today. Being an inspector is no post under the
/// committee that sends them.
///
/// # Errors
/// The engine's own.
pub async fn units(tx: &mut Tx<'_>, account: AccountId) -> Result<BTreeSet<OrgId>> {
    let mut places: Vec<OrgId> =
        access::posts_of(tx, account).await?.into_iter().filter(|p| p.role != "inspector").filter_map(|p| p.org).collect();
    if let Some(member) = access::by_id(tx, account).await?.member {
        places.push(members::member::store::any(tx, member).await?.org);
    }
    let mut units = BTreeSet::new();
    for place in places {
        let line = tree::line(tx, place).await?;
        units.extend(nearest_committee(tx, &line).await?);
    }
    Ok(units)
}

/// The unit committees a team must keep away from: those of all its members.
///
/// # Errors
/// The engine's own.
pub async fn of_team(tx: &mut Tx<'_>, team: TeamId) -> Result<BTreeSet<OrgId>> {
    let mut all = BTreeSet::new();
    for account in store::members(tx, team).await? {
        all.extend(units(tx, account).await?);
    }
    Ok(all)
}

/// The unit committees of a branch: the one of the opening day, and today's if it has moved since.
///
/// # Errors
/// The engine's own.
pub async fn of_sheet(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<BTreeSet<OrgId>> {
    let mut line = tree::line(tx, sheet.org).await?;
    line.pop();
    let today = nearest_committee(tx, &line).await?;
    Ok(sheet.unit.into_iter().chain(today).collect())
}

/// Whether somebody with these ties must keep away from a branch.
///
/// # Errors
/// The engine's own.
pub async fn tied(tx: &mut Tx<'_>, ties: &BTreeSet<OrgId>, sheet: &Sheet) -> Result<bool> {
    Ok(!ties.is_disjoint(&of_sheet(tx, sheet).await?))
}

/// The last committee of a line from a root down.
async fn nearest_committee(tx: &mut Tx<'_>, line: &[OrgId]) -> Result<Option<OrgId>> {
    for org in line.iter().rev() {
        let found = organisations::named(tx, &[*org]).await?;
        if found.iter().any(|o| o.kind == OrgKind::Committee.code()) {
            return Ok(Some(*org));
        }
    }
    Ok(None)
}

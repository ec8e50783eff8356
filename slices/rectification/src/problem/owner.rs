//! 责任人: who answers for a problem. Somebody of the branch's register, or its secretary, whoever that is at the time.
use super::Problem;
use access::holders_of;
use db::Tx;
use kernel::{AccountId, BusinessDate, Error, MemberId, OrgId, Result};
use members::{Enrolled, enrolled};
use std::collections::HashMap;

/// Characters of a name that no register has.
const NAME_MAX: usize = 40;

/// The branch's secretaries by name: as the register had it on that day; today whoever signs in as one, where it says nothing.
///
/// # Errors
/// The engine's own.
pub async fn secretaries(tx: &mut Tx<'_>, orgs: &[OrgId], day: BusinessDate, today: BusinessDate) -> db::Result<HashMap<OrgId, String>> {
    let mut known = members::secretaries(tx, orgs, day).await?;
    let unknown: Vec<OrgId> = orgs.iter().copied().filter(|org| !known.contains_key(org)).collect();
    if day >= today && !unknown.is_empty() {
        known.extend(holders_of(tx, "secretary", &unknown).await?);
    }
    Ok(known)
}

/// Those of the branch who have an account: its secretary and members.
///
/// # Errors
/// The engine's own.
pub async fn people(tx: &mut Tx<'_>, p: &Problem) -> db::Result<Vec<(AccountId, String)>> {
    let mut all = access::holders(tx, "secretary", p.org).await?;
    for member in access::holders(tx, "member", p.org).await? {
        if !all.contains(&member) {
            all.push(member);
        }
    }
    Ok(all)
}

/// Makes whoever is meant the owner: a member by id, or by a name that only one in the register has; nobody is the secretary.
/// Where the register has nobody, any name will do, since somebody has to answer for it.
///
/// # Errors
/// `problem-owner-name`, `problem-owner-unknown`, `problem-owner-several`, each at field `owner`.
pub(crate) async fn name(tx: &mut Tx<'_>, p: &mut Problem, said: &str) -> db::Result<()> {
    if said == p.owner_name {
        return Ok(());
    }
    let all = if said.is_empty() { Vec::new() } else { enrolled(tx, p.org).await? };
    if all.is_empty() {
        (p.owner, p.owner_name) = (account_of(tx, p, named(said)?).await?, said.to_owned());
        return Ok(());
    }
    let who = meant(&all, said)?;
    let own = access::by_member(tx, who.member).await?.filter(|account| account.disabled.is_none());
    let owner = match own {
        Some(account) => Some(account.id),
        None => account_of(tx, p, &who.name).await?,
    };
    (p.owner, p.owner_name) = (owner, who.name.clone());
    Ok(())
}

fn meant<'a>(all: &'a [Enrolled], said: &str) -> Result<&'a Enrolled> {
    let id = MemberId::parse(said).ok();
    let mut found = all.iter().filter(|e| id.map_or(e.name == said, |id| e.member == id));
    let unknown = || Error::invalid("problem-owner-unknown").with("name", said).at("owner");
    let one = found.next().ok_or_else(unknown)?;
    if found.next().is_some() { Err(Error::invalid("problem-owner-several").with("name", said).at("owner")) } else { Ok(one) }
}

fn named(name: &str) -> Result<&str> {
    let good = name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    if good { Ok(name) } else { Err(Error::invalid("problem-owner-name").with("max", NAME_MAX).at("owner")) }
}

/// The account of the one person of the branch who bears this name.
pub(crate) async fn account_of(tx: &mut Tx<'_>, p: &Problem, name: &str) -> db::Result<Option<AccountId>> {
    if name.is_empty() {
        return Ok(None);
    }
    let mut same = people(tx, p).await?;
    same.retain(|(_, n)| n == name);
    Ok(if same.len() == 1 { same.pop().map(|(account, _)| account) } else { None })
}

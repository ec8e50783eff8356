//! 责任人: who answers for a problem. Somebody of the branch's register, or its secretary, whoever that is at the time.
use super::{Problem, store};
use db::Tx;
use kernel::{AccountId, BusinessDate, Error, Instant, MemberId, OrgId, ProblemId, Result};
use members::{Enrolled, enrolled};
use std::collections::HashMap;

/// Characters of a name that no register has.
const NAME_MAX: usize = 40;

/// The secretary of each problem's branch by name: of what is over whoever it was then, of what is not whoever it is today. As
/// the register has it; whoever signed in as one, where it says nothing. Of two the one elected last.
///
/// # Errors
/// The engine's own.
pub async fn secretaries(tx: &mut Tx<'_>, all: &[&Problem], today: BusinessDate) -> db::Result<HashMap<ProblemId, String>> {
    let mut orgs: Vec<OrgId> = all.iter().map(|p| p.org).collect();
    orgs.sort();
    orgs.dedup();
    let (led, held) = (members::secretaries(tx, &orgs).await?, access::holders_ever(tx, "secretary", &orgs).await?);
    let over: Vec<ProblemId> = all.iter().filter(|p| !p.state.is_pending()).map(|p| p.id).collect();
    let ended = store::last_steps(tx, &over).await?;
    let now = (today, Instant::now());
    let of = |p: &&Problem| {
        let (day, at) = ended.get(&p.id).copied().unwrap_or(now);
        let known = led.iter().rev().find(|l| l.org == p.org && l.on(day)).map(|l| &l.name);
        let name = known.or_else(|| held.iter().rev().find(|h| h.org == p.org && h.at(at)).map(|h| &h.name))?;
        Some((p.id, name.clone()))
    };
    Ok(all.iter().filter_map(of).collect())
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

//! The reader's own branches in the ledger: one at a time, with what it wants to reach in the next year to come.
use super::target::{self, Typed};
use crate::{LedgerRead, TargetWrite};
use access::Grant;
use kernel::{Error, OrgId, Result};
use web::Ui;

/// The form of one branch.
pub struct Own {
    pub org: OrgId,
    pub year: i64,
    /// What stands, or was typed just now.
    pub set: Typed,
    /// All branches of the reader, where there are several.
    pub branches: Vec<(OrgId, String)>,
}

/// The branch that was chosen, or the first one. `None` for whoever sets no targets.
///
/// # Errors
/// Not found for a branch that is none of the reader's.
pub async fn own(grant: &Grant<LedgerRead>, ui: &Ui, branch: &str, typed: Option<Typed>) -> Result<Option<Own>> {
    let Some(grant) = grant.also::<TargetWrite>().filter(|g| !g.homes().is_empty()) else { return Ok(None) };
    let (org, homes) = (chosen(&grant, branch)?, grant.homes());
    let year = target::next_year(ui, org).await?;
    let read = ui.db.read(async move |tx| {
        let named = if homes.len() > 1 { organisations::named(tx, &homes).await? } else { Vec::new() };
        Ok((target::of_branch(tx, org).await?, named))
    });
    let (set, named) = read.await?;
    let stands = set.into_iter().find(|t| t.year == year);
    let seen = web::seen(&target::mark(stands.as_ref()));
    let mut set = typed.or(stands.map(|t| Typed { grade: t.grade, measures: t.measures, seen: String::new() })).unwrap_or_default();
    if set.seen.is_empty() {
        set.seen = seen;
    }
    let branches = named.into_iter().map(|o| (o.id, o.name)).collect();
    Ok(Some(Own { org, year, set, branches }))
}

/// Which of the reader's own branches is meant; the first, if none is named.
///
/// # Errors
/// Not found for one that is none of theirs.
pub fn chosen(grant: &Grant<TargetWrite>, branch: &str) -> Result<OrgId> {
    let homes = grant.homes();
    let wanted = if branch.is_empty() { homes.first().copied() } else { Some(OrgId::parse(branch)?) };
    wanted.filter(|org| homes.contains(org)).ok_or_else(Error::not_found)
}

//! An organisation named in a field by its code or name, or by what the search knows of it: part of the name, pinyin, initials.
use super::store::{self, Organisation};
use access::Reach;
use db::{Result, Tx};
use kernel::OrgId;
use search::{Sight, find};
use web::Meant;

/// As many as anybody would choose from, and as many as are looked through for them.
const FEW: usize = 12;
const LOOKED: usize = 60;

/// Which organisation within `reach` is meant by what was typed; `chosen` is the code that was picked where several fit. A code,
/// or a name that only one bears, is taken as it stands; whatever else fits must be open and `fit`.
///
/// # Errors
/// The engine's own.
pub async fn meant(
    tx: &mut Tx<'_>,
    reach: &Reach,
    typed: &str,
    chosen: &str,
    fit: impl Fn(&Organisation) -> bool,
) -> Result<Meant<Organisation>> {
    let typed = typed.trim();
    if let Some(org) = store::by_code(tx, typed).await?
        && reach.covers(&tree::node(tx, org.id).await?.path)
    {
        return Ok(Meant::One(org));
    }
    let hits = find(tx, typed, &[Sight::in_reach("organisation", reach)], LOOKED).await?;
    let mut ids = Vec::with_capacity(hits.len());
    for hit in &hits {
        if tree::node(tx, hit.org).await?.closed.is_none() {
            ids.push(hit.org);
        }
    }
    ids.dedup();
    let (all, more) = (named(tx, &ids, fit).await?, hits.len() == LOOKED);
    Ok(one_of(all, more, typed, chosen))
}

async fn named(tx: &mut Tx<'_>, ids: &[OrgId], fit: impl Fn(&Organisation) -> bool) -> Result<Vec<Organisation>> {
    Ok(store::named(tx, ids).await?.into_iter().filter(fit).collect())
}

fn one_of(mut all: Vec<Organisation>, more: bool, typed: &str, chosen: &str) -> Meant<Organisation> {
    // What was picked only tells apart what was typed: whoever has typed something else since means that.
    if let Some(at) = all.iter().position(|org| org.code == chosen) {
        return Meant::One(all.swap_remove(at));
    }
    let exactly: Vec<usize> = all.iter().enumerate().filter(|(_, org)| org.name == typed || org.said() == typed).map(|(i, _)| i).collect();
    match (exactly.as_slice(), all.len()) {
        ([at], _) => Meant::One(all.swap_remove(*at)),
        (_, 0) => Meant::Nothing,
        (_, 1) if !more => Meant::One(all.swap_remove(0)),
        (_, n) if n > FEW || more => Meant::Many,
        _ => Meant::Several(all),
    }
}

impl Organisation {
    /// Name and code, by which anybody tells it from others; a field that holds this means it.
    pub fn said(&self) -> String {
        format!("{} {}", self.name, self.code)
    }
    /// One that members belong to.
    pub fn is_branch(&self) -> bool {
        matches!(self.kind.as_str(), "631" | "632" | "931" | "932")
    }
    /// As a field offers it.
    pub fn offered(&self) -> (String, String) {
        (self.code.clone(), self.said())
    }
}

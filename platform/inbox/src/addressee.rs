//! To whom a matter is addressed.
use access::Caller;
use kernel::{AccountId, OrgId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    Account(AccountId),
    /// Whoever holds `role` at the organisation, now and later.
    Post {
        role: &'static str,
        org: OrgId,
    },
    /// Whoever holds `role` anywhere (administrators).
    Role(&'static str),
}

impl std::fmt::Display for Addressee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Addressee::Account(id) => write!(f, "account:{id}"),
            Addressee::Post { role, org } => write!(f, "{role}@{org}"),
            Addressee::Role(role) => write!(f, "{role}@"),
        }
    }
}

/// The organisation whose post is addressed; `None` for an account or for a role anywhere.
pub(crate) fn org_of(addressee: &str) -> Option<OrgId> {
    addressee.split_once('@').and_then(|(_, org)| OrgId::parse(org).ok())
}

/// One statement serves everybody: the account and at most seven posts, the rest of the places empty.
pub(crate) const PLACES: usize = 8;

/// All addressees a caller reads for. Beyond seven posts the oldest are kept; nobody holds so many.
pub(crate) fn of(caller: &Caller) -> [String; PLACES] {
    let mut all = Vec::with_capacity(PLACES);
    all.extend(caller.account().map(|id| Addressee::Account(id).to_string()));
    for held in caller.posts() {
        let at = held.org.map_or(String::new(), |o| o.to_string());
        all.push(format!("{}@{at}", held.role));
    }
    std::array::from_fn(|i| all.get(i).cloned().unwrap_or_default())
}

//! Who reads what is in publicity, and until when they may object.
use crate::cycle::phase::Phase;
use crate::cycle::{Cycle, Publicity};
use access::Caller;
use kernel::{BusinessDate, Error, OrgPath, Result};

/// Objections one account may have open at a time: enough for anybody, too few to bury the committee.
pub const OPEN_MAX: i64 = 5;

/// Whether the caller is one of the three administrators: they run the installation and hold no business data.
pub fn administers(caller: &Caller) -> bool {
    caller.posts().iter().any(|h| caller.roles().get(&h.role).is_some_and(access::Role::is_administrator))
}

/// Every account with a post under the root, or above it; an administrator's is none.
///
/// # Errors
/// `outside-scope` (shown as not found).
pub fn related(caller: &Caller, root: &OrgPath) -> Result<()> {
    let business = |role: &str| !caller.roles().get(role).is_some_and(access::Role::is_administrator);
    let near = |path: &OrgPath| path.covers(root) || root.covers(path);
    let related = caller.posts().iter().any(|h| business(&h.role) && h.path.as_ref().is_none_or(near));
    if related { Ok(()) } else { Err(Error { key: "outside-scope", ..Error::not_found() }) }
}

/// From publicity on; what came before is nobody's but the committee's.
///
/// # Errors
/// `publicity-not-yet` (404).
pub fn shown(cycle: &Cycle) -> Result<()> {
    let on = matches!(cycle.phase, Phase::Publicity | Phase::Final);
    if on { Ok(()) } else { Err(Error { key: "publicity-not-yet", ..Error::not_found() }) }
}

/// Until the last day of publicity, that day included.
///
/// # Errors
/// `publicity-closed`.
pub fn may_object(cycle: &Cycle, today: BusinessDate) -> Result<Publicity> {
    let running = cycle.publicity.filter(|p| cycle.phase == Phase::Publicity && p.from <= today && today <= p.until);
    running.ok_or_else(|| Error::conflict("publicity-closed"))
}

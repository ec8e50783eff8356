//! How many connections this process may hold.
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use web::Limits;

/// Files, database connections and the log need some descriptors too.
const OURS: u64 = 200;
/// Even if the system would give more: each connection that waits holds some 20 KiB.
const MOST: u64 = 20_000 + OURS;

/// Raises the soft limit of open files to the hard one and takes all but [`OURS`] for connections.
pub fn raise() -> Limits {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(MOST).min(MOST);
    if limit.current.is_some_and(|now| now < wanted) {
        // If the system refuses, the old limit stands and is read below.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum });
    }
    let open = getrlimit(Resource::Nofile).current.unwrap_or(MOST).min(MOST);
    // A limit below 200 still lets somebody in.
    let connections = usize::try_from(open.saturating_sub(OURS)).unwrap_or(usize::MAX).max(16);
    Limits { connections }
}

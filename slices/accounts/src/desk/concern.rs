//! What concerns somebody beside what they have to do: the result of their branch, what is open there, what they watch over.
//! The slices above know it and say it in lines; the desk shows them, so that nobody's first page is empty.
use access::{Caller, Grant, Permission};
use db::Db;
use kernel::OrgId;
use std::sync::Arc;
use web::{Later, Result, T};

/// A line of the desk; the whole of it is the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerning {
    /// Names the organisation if the person has posts at several, see [`organisations_of`].
    pub text: String,
    /// A figure or a day beside it; may be empty.
    pub note: String,
    pub href: String,
}

/// Posts of one person that are looked at; hardly anybody is at home in more places.
const PLACES: usize = 8;

/// The organisations at which a grant's posts are held, each once.
pub fn organisations_of<P: Permission>(grant: &Grant<P>) -> Vec<OrgId> {
    let mut orgs: Vec<OrgId> = Vec::new();
    for org in grant.posts().iter().filter_map(|p| p.org) {
        if !orgs.contains(&org) {
            orgs.push(org);
        }
    }
    orgs.truncate(PLACES);
    orgs
}

/// Says what concerns a person, by what their posts let them read.
pub trait Concern: Send + Sync {
    fn lines(&self, db: Db, t: T, caller: Arc<Caller>) -> Later<Result<Vec<Concerning>>>;
}

/// Wired once, see `web::Shared`; in the order of the desk.
#[derive(Default)]
pub struct Concerns(Vec<Box<dyn Concern>>);

impl Concerns {
    pub fn new(all: Vec<Box<dyn Concern>>) -> Self {
        Self(all)
    }
    /// # Errors
    /// The first slice's that fails.
    pub(super) async fn lines(&self, db: &Db, t: T, caller: &Arc<Caller>) -> Result<Vec<Concerning>> {
        let mut lines = Vec::new();
        for one in &self.0 {
            for line in one.lines(db.clone(), t, caller.clone()).await? {
                // What concerns several posts of one person alike is said once.
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        Ok(lines)
    }
}

//! What the slices above know and find themselves, by a whole number or by name: they hand over who looks for it.
use access::Caller;
use db::Db;
use std::sync::Arc;
use web::{Later, Result, T};

/// A line among what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLine {
    pub title: String,
    pub subtitle: String,
    pub href: String,
}

/// Finds things of one kind, within what the caller may read.
pub trait Finder: Send + Sync {
    fn find(&self, db: Db, t: T, caller: Arc<Caller>, asked: String) -> Later<Result<Vec<FoundLine>>>;
}

/// Wired once, see `web::Shared`.
#[derive(Default)]
pub struct Finders(Vec<Box<dyn Finder>>);

impl Finders {
    pub fn new(all: Vec<Box<dyn Finder>>) -> Self {
        Self(all)
    }
    /// # Errors
    /// The first slice's that fails.
    pub(super) async fn find(&self, db: &Db, t: T, caller: &Arc<Caller>, asked: &str) -> Result<Vec<FoundLine>> {
        let mut found = Vec::new();
        for one in &self.0 {
            found.extend(one.find(db.clone(), t, caller.clone(), asked.to_owned()).await?);
        }
        Ok(found)
    }
}

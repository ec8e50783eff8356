//! What is found by its whole number alone: the slices above know such things and hand over who looks for them.
use access::Caller;
use db::Db;
use std::sync::Arc;
use web::{Later, Result, T};

/// A line among what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedHit {
    pub title: String,
    pub subtitle: String,
    pub href: String,
}

/// Finds one thing by its number, within what the caller may read.
pub trait Numbered: Send + Sync {
    fn find(&self, db: Db, t: T, caller: Arc<Caller>, number: String) -> Later<Result<Option<NumberedHit>>>;
}

/// Wired once, see `web::Shared`.
#[derive(Default)]
pub struct Numbers(Vec<Box<dyn Numbered>>);

impl Numbers {
    pub fn new(all: Vec<Box<dyn Numbered>>) -> Self {
        Self(all)
    }
    /// # Errors
    /// The first slice's that fails.
    pub(super) async fn find(&self, db: &Db, t: T, caller: &Arc<Caller>, number: &str) -> Result<Vec<NumberedHit>> {
        let mut found = Vec::new();
        for one in &self.0 {
            found.extend(one.find(db.clone(), t, caller.clone(), number.to_owned()).await?);
        }
        Ok(found)
    }
}

//! What concerns somebody beside what they have to do: the result of their branch, what is open there, what they watch over.
//! The slices above know it and say it in lines; the desk shows them, so that nobody's first page is empty.
use access::Caller;
use db::Db;
use std::sync::Arc;
use web::{Later, Result, T};

/// A line of the desk; the whole of it is the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerning {
    pub text: String,
    /// A figure or a day beside it; may be empty.
    pub note: String,
    pub href: String,
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
            lines.extend(one.lines(db.clone(), t, caller.clone()).await?);
        }
        Ok(lines)
    }
}

//! Which cycles are judged by an edition of a scheme (§10.13). The slice above keeps them and hands over who knows.
use access::Caller;
use db::Db;
use kernel::{Result, SchemeId};
use std::sync::Arc;
use web::{Later, Ui};

/// A cycle, as a reader may open it.
pub struct Judged {
    pub title: String,
    pub href: String,
    pub branches: i64,
}

/// Says which cycles of the reader's an edition judges, newest first.
pub trait Judging: Send + Sync {
    fn cycles(&self, db: Db, caller: Arc<Caller>, scheme: SchemeId) -> Later<Result<Vec<Judged>>>;
}

/// Wired once, see `web::Shared`.
pub struct Cycles(Box<dyn Judging>);

impl Cycles {
    pub fn of(who: Box<dyn Judging>) -> Self {
        Self(who)
    }
}

/// # Errors
/// The engine's own.
pub(super) async fn judged(ui: &Ui, scheme: SchemeId) -> Result<Vec<Judged>> {
    // A slice used alone has nobody above it.
    match ui.app.shared::<Cycles>() {
        Ok(above) => above.0.cycles(ui.db.clone(), ui.caller().clone(), scheme).await,
        Err(_) => Ok(Vec::new()),
    }
}

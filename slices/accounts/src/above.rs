//! What this slice needs of the slices above it. It declares the questions, `leitu` wires the answers.
use crate::{Renewal, SetUp};
use calendar::Calendar;
use db::{Db, Tx};
use kernel::{OrgId, Result};
use std::pin::Pin;
use std::sync::Arc;
use web::{Later, Meant, Ui};

/// An organisation as far as giving roles needs it.
#[derive(Clone, Debug)]
pub struct OrgName {
    pub id: OrgId,
    pub code: String,
    pub name: String,
    /// Its type, `631`; a role may be held at organisations of certain types only.
    pub kind: String,
}

/// The organisation at the top of a new installation, as set-up was told.
#[derive(Clone, Debug)]
pub struct Top {
    pub code: String,
    pub name: String,
}

/// A part of the caller's unit of work.
pub type Part<'a> = Pin<Box<dyn Future<Output = db::Result<()>> + Send + 'a>>;

/// Finds organisations; the tree with names stands above accounts.
pub trait OrgDirectory: Send + Sync {
    /// Which one is meant by a code, a name or what the search knows of it; `chosen` is the code that was picked where
    /// several fit.
    fn meant(&self, db: Db, typed: String, chosen: String) -> Later<Result<Meant<OrgName>>>;
    /// Names of several, in any order; the unknown ones are left out.
    fn names(&self, db: Db, orgs: Vec<OrgId>) -> Later<Result<Vec<OrgName>>>;
    /// Founds the one at the top, unless the tree has begun already. Fails at field `code` for a code that is none.
    fn found<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, top: &'a Top) -> Part<'a>;
}

/// The installation's working-day calendar; its table stands above accounts.
pub trait Calendars: Send + Sync {
    fn now(&self, db: Db) -> Later<Result<Arc<Calendar>>>;
}

/// The calendar by which every due date is counted: the kept one as it is now, also when another process has just
/// brought a year in. A house without one above it (a slice's own test) shares a calendar itself.
///
/// # Errors
/// The engine's own; `internal` if there is neither.
pub async fn calendar_now(ui: &Ui) -> Result<Arc<Calendar>> {
    match ui.app.shared::<Above>() {
        Ok(above) => above.calendars.now(ui.db.clone()).await,
        Err(_) => ui.app.shared::<Calendar>(),
    }
}

/// Wired once, see `web::Shared`.
pub struct Above {
    pub organisations: Arc<dyn OrgDirectory>,
    pub calendars: Box<dyn Calendars>,
    pub set_up: SetUp,
    pub renewal: Renewal,
}

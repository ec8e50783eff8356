//! The main job in seven steps, each with the identity that takes it and the page on which it begins. The server knows the
//! pages; a form names no more than a step.
use access::{Caller, NewSession};
use axum::http::{HeaderMap, header};
use db::Db;
use kernel::Error;
use std::sync::Arc;
use web::{Later, Result, Ui};

pub(super) struct Step {
    /// As the form and the texts call it.
    pub name: &'static str,
    pub role: &'static str,
    at: Begins,
}

enum Begins {
    At(&'static str),
    /// On a page of one year or one branch.
    Where(Beginning),
}

/// A step whose page only the slices above can name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beginning {
    SelfAssessment,
    Recheck,
    Publicity,
}

pub(super) const WALK: [Step; 7] = [
    step("self", "secretary", Begins::Where(Beginning::SelfAssessment)),
    step("acceptance", "inspector", Begins::At("/inspections")),
    step("recheck", "committee", Begins::Where(Beginning::Recheck)),
    step("publicity", "committee", Begins::Where(Beginning::Publicity)),
    step("rectification", "secretary", Begins::At("/problems")),
    step("ledger", "committee", Begins::At("/ledger")),
    step("overview", "committee", Begins::At("/overview")),
];

const fn step(name: &'static str, role: &'static str, at: Begins) -> Step {
    Step { name, role, at }
}

/// Knows where a step begins for a person; `None` if there is nothing to begin with.
pub trait Beginner: Send + Sync {
    fn page(&self, db: Db, caller: Arc<Caller>, step: Beginning) -> Later<Result<Option<String>>>;
}

/// Wired once, see `web::Shared`.
pub struct Beginnings(Box<dyn Beginner>);

impl Beginnings {
    pub fn of(who: Box<dyn Beginner>) -> Self {
        Self(who)
    }
}

/// Where a step begins for whoever has just entered, if it is a step of that identity.
pub(super) async fn page(ui: &Ui, role: &str, name: &str, new: &NewSession) -> Result<Option<String>> {
    let wanted = match WALK.iter().find(|s| s.name == name && s.role == role).map(|s| &s.at) {
        None => return Ok(None),
        Some(Begins::At(page)) => return Ok(Some((*page).to_owned())),
        Some(Begins::Where(wanted)) => *wanted,
    };
    let Ok(beginnings) = ui.app.shared::<Beginnings>() else { return Ok(None) };
    // The request was sent by a visitor or by who the visitor was before.
    let (gate, mut headers) = (ui.app.gate(), HeaderMap::new());
    let cookie = format!("{}={}", gate.cookies().session(), new.token);
    headers.insert(header::COOKIE, cookie.parse().map_err(Error::internal)?);
    let caller = Arc::new(gate.caller(&headers).await?);
    beginnings.0.page(ui.db.clone(), caller, wanted).await
}

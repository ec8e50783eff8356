//! Pages of confirmations within a reach, in the order of their branches' codes (keyset).
use super::store::columns;
use super::{Confirmation, State};
use crate::problem::list::fours;
use access::{Reach, Scope, first};
use db::{Result, Tx, params};
use kernel::OrgId;

/// Which confirmations a list shows.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub reach: Reach,
    pub state: State,
    /// `None` takes every board.
    pub board: Option<String>,
    pub after: Place,
    pub limit: i64,
}

/// Where a list continues: the branch's code, board and number of the last row.
pub type Place = (String, String, i64);
/// Where a list begins.
pub const START: Place = (String::new(), String::new(), 0);
/// Counts stop here and are shown as 999+.
pub const COUNTED: i64 = 1000;

impl Confirmation {
    /// Where a list continues after this one.
    pub fn place(&self) -> Place {
        (self.org_code.clone(), self.board.clone(), self.no)
    }
}

// Below a root of the tree nearly everybody stands: the list is walked and each row asked, or the whole tree would be gathered
// before the first.
macro_rules! after {
    ($below:expr) => {
        concat!(
            " FROM confirmation c WHERE c.state = $1 AND (c.org_code, c.board, c.no) > ($2, $3, $4) AND ($5 = '' OR c.board = $5) AND ",
            $below
        )
    };
}
macro_rules! each {
    () => {
        tree::stands_below!("c.org", "$6", "$7")
    };
}
macro_rules! gathered {
    () => {
        concat!("c.org ", tree::below!("$6", "$7"))
    };
}
macro_rules! rows {
    ($below:expr) => {
        concat!("SELECT ", columns!(), after!($below), " ORDER BY c.org_code, c.board, c.no LIMIT $8")
    };
}
macro_rules! number {
    ($below:expr) => {
        concat!("SELECT COUNT(*) FROM (SELECT 1", after!($below), " LIMIT $8) AS few")
    };
}

/// A page.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, w: &Wanted) -> Result<Vec<Confirmation>> {
    let mut all = Vec::new();
    for scope in w.reach.scopes() {
        let sql = if scope.is_wide() { rows!(each!()) } else { rows!(gathered!()) };
        all.extend(tx.all::<Confirmation>(sql, &bound(w, scope, w.limit)).await?);
    }
    Ok(first(all, w.limit, |x, y| x.place().cmp(&y.place())))
}

/// How many there are, at most [`COUNTED`].
///
/// # Errors
/// The engine's own.
pub async fn count(tx: &mut Tx<'_>, w: &Wanted) -> Result<i64> {
    let mut n = 0;
    for scope in w.reach.scopes() {
        let sql = if scope.is_wide() { number!(each!()) } else { number!(gathered!()) };
        n += tx.one::<i64>(sql, &bound(w, scope, COUNTED)).await?;
    }
    Ok(n.min(COUNTED))
}

fn bound<'a>(w: &'a Wanted, scope: &'a Scope, limit: i64) -> Vec<db::Param<'a>> {
    params![w.state.name(), &w.after.0, &w.after.1, w.after.2, w.board.as_deref().unwrap_or(""), &scope.from, &scope.to, limit].to_vec()
}

/// The questions that wait for the secretary of these branches.
///
/// # Errors
/// The engine's own.
pub async fn waiting_for(tx: &mut Tx<'_>, branches: &[OrgId]) -> Result<Vec<Confirmation>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM confirmation c WHERE c.org IN ($1, $2, $3, $4) AND c.state = 'waiting' ORDER BY c.year, c.org_code"
    );
    let mut all: Vec<Confirmation> = Vec::new();
    for at in fours(branches) {
        all.extend(tx.all::<Confirmation>(sql, &params![&at[0], &at[1], &at[2], &at[3]]).await?);
    }
    all.sort_by(|x, y| (x.year, &x.org_code).cmp(&(y.year, &y.org_code)));
    Ok(all)
}

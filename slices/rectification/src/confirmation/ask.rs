//! Asking a branch, and taking the question back: both run inside the unit of work that found nothing, or something.
use super::{Confirmation, WAITING, href, store};
use crate::problem::{By, count, matter};
use db::{Result, Tx};
use inbox::Todo;
use kernel::{OrgId, OrgPath, TodoId};

/// Who is asked about which board.
#[derive(Clone, Debug)]
pub struct Asking {
    pub board: String,
    pub org: OrgId,
    pub org_code: String,
    pub year: i64,
    /// The branch's place on the board, for its figures.
    pub path: OrgPath,
    /// Where it is shown what was looked at; empty if nowhere.
    pub href: String,
}

/// The matter of a question, by which its todo is found again.
pub(super) fn matter_of(board: &str, org: OrgId) -> String {
    format!("no-problems:{board}:{org}")
}

/// Asks the branch's secretary to confirm 无问题, if no problem of this board is on its list and it was not asked already.
/// What is carried over from an earlier year is another board's.
///
/// # Errors
/// The engine's own.
pub async fn ask(tx: &mut Tx<'_>, a: &Asking, who: &By) -> Result<()> {
    if store::standing(tx, &a.board, a.org).await?.is_some() || count::own(tx, &a.board, a.org).await? > 0 {
        return Ok(());
    }
    store::insert(tx, a, who).await?;
    figures::add(tx, &a.board, &a.path, WAITING, 1).await?;
    let (about, href) = (matter_of(&a.board, a.org), href(a.org));
    let todo = Todo {
        id: TodoId::new(),
        to: matter::secretary(a.org),
        matter: &about,
        key: "todo-confirmation",
        args: vec![("year", a.year.to_string())],
        href: &href,
        due: None,
        // Nobody sent it: an inspector may not follow the branch from there on.
        by: None,
    };
    inbox::hand(tx, &todo, who.at).await
}

/// A problem of the board is on the branch's list: what it confirmed holds no longer, what it was asked is dropped.
///
/// # Errors
/// The engine's own.
pub(crate) async fn overtaken(tx: &mut Tx<'_>, board: &str, org: OrgId, who: &By) -> Result<()> {
    let Some(standing) = store::standing(tx, board, org).await? else { return Ok(()) };
    count_in(tx, &standing, -1).await?;
    store::end(tx, &standing, who).await?;
    inbox::settle(tx, &matter_of(board, org), who.at).await
}

/// Adds it to the figure of its state, or takes it out.
///
/// # Errors
/// The engine's own.
pub(super) async fn count_in(tx: &mut Tx<'_>, c: &Confirmation, n: i64) -> Result<()> {
    match c.state.metric() {
        Some(metric) => figures::add(tx, &c.board, &c.path, metric, n).await,
        None => Ok(()),
    }
}

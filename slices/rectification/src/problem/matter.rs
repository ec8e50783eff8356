//! 待办 that problems make: one for a branch and board (有 N 个问题待整改), one for whoever verifies.
use super::state::State;
use super::{By, Problem};
use db::{Result, Tx, params};
use inbox::{Addressee, Notice, Todo};
use kernel::{AccountId, BusinessDate, NoticeId, OrgId, Points, TodoId};

/// The branch's matter: the same however many problems it has.
pub fn of_branch(board: &str, org: OrgId) -> String {
    format!("problems:{board}:{org}")
}

/// The verifier's matter.
pub fn of_review(p: &Problem) -> String {
    format!("problem:{}:verify", p.id)
}

/// One problem, for reminders.
pub fn of_one(p: &Problem) -> String {
    format!("problem:{}", p.id)
}

/// The branch's post that a problem without a named owner belongs to.
pub fn secretary(org: OrgId) -> Addressee {
    Addressee::Post { role: "secretary", org }
}

/// Brings the branch's matter up to date: how many are in its hands, the earliest date.
///
/// # Errors
/// The engine's own.
pub(crate) async fn refresh(tx: &mut Tx<'_>, p: &Problem, who: &By) -> Result<()> {
    db::row! { struct Left { n: i64, due: Option<i64> } }
    let sql = "SELECT COUNT(*), MIN(due) FROM problem WHERE org = $1 AND open = 1 AND shelf < 2 AND board = $2";
    let left: Left = tx.one(sql, &params![&p.org, &p.board]).await?;
    let matter = of_branch(&p.board, p.org);
    let Some(due) = left.due.filter(|_| left.n > 0) else { return inbox::settle(tx, &matter, who.at).await };
    // Of two years each opens its own list.
    let href = format!("/problems?org={}&cycle={}", p.org, p.board);
    let todo = Todo {
        id: TodoId::new(),
        to: secretary(p.org),
        matter: &matter,
        key: "todo-problems",
        args: vec![("n", left.n.to_string()), ("year", p.year.to_string())],
        href: &href,
        due: Some(BusinessDate::from_number(due)),
        // Nobody sent it: it counts what acceptance found, and an inspector may not follow the branch from there on.
        by: None,
    };
    inbox::hand(tx, &todo, who.at).await
}

/// A closure waits for somebody who did not take part in it, or waits no longer.
///
/// # Errors
/// The engine's own.
pub(crate) async fn review(tx: &mut Tx<'_>, p: &Problem, who: &By) -> Result<()> {
    let matter = of_review(p);
    if p.state != State::Review {
        return inbox::settle(tx, &matter, who.at).await;
    }
    let href = format!("/problems/{}", p.id);
    let todo = Todo {
        id: TodoId::new(),
        to: verifier(tx, p).await?,
        matter: &matter,
        key: "todo-problem-verify",
        args: vec![("title", p.title.clone()), ("org", p.org.to_string())],
        href: &href,
        due: Some(p.due),
        by: who.account,
    };
    inbox::hand(tx, &todo, who.at).await
}

/// The nearest organisation above with a deputy who has had no part in it, then with somebody of the work committee.
pub(super) async fn verifier(tx: &mut Tx<'_>, p: &Problem) -> Result<Addressee> {
    let line = tree::line(tx, p.org).await?;
    for role in ["deputy", "committee"] {
        for org in line.iter().rev() {
            let holders = access::holders(tx, role, *org).await?;
            if holders.iter().any(|(account, _)| p.closer != Some(*account) && p.owner != Some(*account)) {
                return Ok(Addressee::Post { role, org: *org });
            }
        }
    }
    // Nobody holds the post yet: it waits for whoever is given it.
    let above = line.len().checked_sub(2).and_then(|i| line.get(i)).copied().unwrap_or(p.org);
    Ok(Addressee::Post { role: "deputy", org: above })
}

/// Tells a person that they answer for it now.
///
/// # Errors
/// The engine's own.
pub(crate) async fn named(tx: &mut Tx<'_>, p: &Problem, owner: AccountId, who: &By) -> Result<()> {
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("day", p.due.to_string())];
    let notice = Notice { id: NoticeId::new(), to: Addressee::Account(owner), key: "notice-problem-owner", args, href: &href };
    inbox::tell(tx, &notice, who.at).await
}

/// Tells the owner that what was closed is open again: a later layer took more points. The branch's 待办 counts it again too.
///
/// # Errors
/// The engine's own.
pub(crate) async fn lowered(tx: &mut Tx<'_>, p: &Problem, before: Points, who: &By) -> Result<()> {
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("before", before.to_string()), ("now", p.lost.to_string()), ("day", p.due.to_string())];
    let to = p.owner.map_or_else(|| secretary(p.org), Addressee::Account);
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-problem-lowered", args, href: &href }, who.at).await
}

/// Tells the owner that the date is another one.
///
/// # Errors
/// The engine's own.
pub(crate) async fn redated(tx: &mut Tx<'_>, p: &Problem, before: BusinessDate, who: &By) -> Result<()> {
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("before", before.to_string()), ("day", p.due.to_string())];
    let to = p.owner.map_or_else(|| secretary(p.org), Addressee::Account);
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-problem-due", args, href: &href }, who.at).await
}

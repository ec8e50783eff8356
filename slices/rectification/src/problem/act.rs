//! The steps of a problem: each one unit of work, one event, one line of the timeline.
use super::open::settled;
use super::state::Step;
use super::store::{self, By, Problem};
use crate::{ProblemHandle, ProblemVerify};
use access::{Grant, Permission};
use audit::Event;
use db::Db;
use inbox::{Addressee, Todo};
use kernel::{BusinessDate, Error, ProblemId, Result, TodoId};

/// What the owner writes down when starting.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub owner: String,
    pub measure: String,
    pub due: Option<BusinessDate>,
}

const TEXT_MAX: usize = 500;

fn text(value: &str, field: &'static str) -> Result<String> {
    let value = value.trim();
    if value.chars().count() > TEXT_MAX {
        Err(Error::invalid("problem-text").with("max", TEXT_MAX).at(field))
    } else {
        Ok(value.to_owned())
    }
}

/// 开始整改: owner, measure, and a date not later than the one it was opened with.
///
/// # Errors
/// `problem-due` beyond that date; `problem-step` from another state.
pub async fn start(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, plan: Plan, by: By) -> Result<()> {
    let (owner, measure) = (text(&plan.owner, "owner")?, text(&plan.measure, "measure")?);
    step(db, grant, id, Step::Start, by, String::new(), move |p| {
        if plan.due.is_some_and(|due| due > p.due) {
            return Err(Error::invalid("problem-due").with("date", p.due).at("due"));
        }
        (p.owner, p.measure) = (owner.clone(), measure.clone());
        p.due = plan.due.unwrap_or(p.due);
        Ok(())
    })
    .await
}

/// 提交复核: what was done; evidence may stand beside it and never must.
///
/// # Errors
/// `problem-closing` without a word of what was done.
pub async fn submit(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, closing: &str, by: By) -> Result<()> {
    let closing = text(closing, "closing")?;
    if closing.is_empty() {
        return Err(Error::invalid("problem-closing").at("closing"));
    }
    let (account, said) = (by.account, closing.clone());
    step(db, grant, id, Step::Submit, by, closing, move |p| {
        (p.closing, p.handled_by) = (said.clone(), account);
        Ok(())
    })
    .await
}

/// 复核通过: by somebody other than who handed it in.
///
/// # Errors
/// `second-person` for the same account.
pub async fn verify(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, by: By) -> Result<()> {
    let account = by.account;
    step(db, grant, id, Step::Verify, by, String::new(), move |p| other(p, account)).await
}

/// 退回: with a reason.
///
/// # Errors
/// `problem-reason` without one; `second-person` for the same account.
pub async fn send_back(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, reason: &str, by: By) -> Result<()> {
    let reason = text(reason, "reason")?;
    if reason.is_empty() {
        return Err(Error::invalid("problem-reason").at("reason"));
    }
    let account = by.account;
    step(db, grant, id, Step::SendBack, by, reason, move |p| other(p, account)).await
}

/// 重新打开 a closed one, with a reason.
///
/// # Errors
/// `problem-reason` without one.
pub async fn reopen(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, reason: &str, by: By) -> Result<()> {
    let reason = text(reason, "reason")?;
    if reason.is_empty() {
        return Err(Error::invalid("problem-reason").at("reason"));
    }
    step(db, grant, id, Step::Reopen, by, reason, |_| Ok(())).await
}

fn other(p: &Problem, account: Option<kernel::AccountId>) -> Result<()> {
    if p.handled_by.is_some() && p.handled_by == account { Err(Error::denied("second-person")) } else { Ok(()) }
}

/// 撤销 of the last step: a counter-entry; nothing is erased. Only by whoever took the step.
///
/// # Errors
/// `problem-undo` if the last step was somebody else's.
pub async fn undo(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, by: By) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let before = store::one(tx, &g, id).await?;
        let last = store::steps(tx, id).await?.pop().filter(|s| s.by_name == by.name && s.to_state == before.state);
        let last = last.ok_or_else(|| Error::conflict("problem-undo"))?;
        let after = Problem { state: last.from_state, ..before.clone() };
        store::step(tx, &before, &after, &by, "").await?;
        Ok(((), event("problem.undo", &before, &after)))
    })
    .await
}

async fn step<P: Permission>(
    db: &Db,
    grant: &Grant<P>,
    id: ProblemId,
    step: Step,
    by: By,
    reason: String,
    change: impl Fn(&mut Problem) -> Result<()> + Send + Sync + 'static,
) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let before = store::one(tx, &g, id).await?;
        let mut after = Problem { state: before.state.after(step)?, ..before.clone() };
        change(&mut after)?;
        store::step(tx, &before, &after, &by, &reason).await?;
        match step {
            Step::Submit => review(tx, &after, &by).await?,
            Step::Verify => settled(tx, &after, &by).await?,
            _ => inbox::settle(tx, &format!("problem:{id}"), by.at).await?,
        }
        Ok(((), event("problem.step", &before, &after).because(&reason)))
    })
    .await
}

fn event(action: &'static str, before: &Problem, after: &Problem) -> Event {
    let e = Event::new(action, format!("problem:{}", after.id)).at(after.org);
    e.field("state", Some(before.state.name().into()), Some(after.state.name().into()))
}

/// 待办 of the unit's deputy: verify what was handed in.
async fn review(tx: &mut db::Tx<'_>, p: &Problem, by: &By) -> db::Result<()> {
    let Some(unit) = tree::node(tx, p.org).await?.parent else { return Ok(()) };
    let (matter, href) = (format!("problem:{}", p.id), format!("/problems/{}", p.id));
    let todo = Todo {
        id: TodoId::new(),
        to: Addressee::Post { role: "deputy", org: unit },
        matter: &matter,
        key: "todo-verify",
        args: vec![("title", p.title.clone()), ("branch", p.org_name.clone())],
        href: &href,
        due: Some(p.due),
        by: by.account,
    };
    inbox::hand(tx, &todo, by.at).await
}

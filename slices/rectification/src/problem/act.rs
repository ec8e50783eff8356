//! What people do to a problem. Each is one unit of work with one event.
use super::open::written;
use super::state::{Action, State};
use super::{By, Changing, Problem, matter, owner, step, store};
use crate::{ProblemHandle, ProblemVerify};
use access::{Grant, Permission};
use audit::Event;
use db::{Db, Tx};
use kernel::{AccountId, BusinessDate, Error, ProblemId, Result};

/// Days ahead that somebody who verifies may set a date.
const FAR: i64 = 366;

/// What is to be done about it, by whom, until when.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// A member of the branch, by id or name; empty is its secretary. Somebody without an account may own a problem too.
    pub owner: String,
    pub measure: String,
    pub due: Option<BusinessDate>,
}

/// 开始整改.
///
/// # Errors
/// `problem-step`; out of reach is not found.
pub async fn start(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, today: BusinessDate) -> Result<()> {
    change(db, grant, id, Action::Start, String::new(), today, async |_, _, _| Ok(())).await
}

/// Owner, measure and date. The date lies between today and the scheme's last day; who verifies may go beyond it.
///
/// # Errors
/// Those of [`owner::name`]; `problem-measure-missing`, `problem-due`, `problem-due-over`, each at its field; `problem-step`.
pub async fn plan(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, plan: Plan, today: BusinessDate) -> Result<()> {
    plan_anew(db, grant, id, plan, "", today).await
}

/// # Errors
/// `problem-measure-missing` at field `measure`.
pub fn measured(text: &str) -> Result<String> {
    written(text).map_err(|e| Error { key: "problem-measure-missing", field: Some("measure"), ..e })
}

/// As [`plan`], for whoever saw the plan that `seen` marks ([`web::seen`]).
///
/// # Errors
/// As [`plan`]; `problem-meanwhile` if somebody has planned otherwise since.
pub async fn plan_anew(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, plan: Plan, seen: &str, today: BusinessDate) -> Result<()> {
    let seen = seen.to_owned();
    let (measure, name) = (measured(&plan.measure)?, plan.owner.trim().to_owned());
    let free = grant.also::<ProblemVerify>();
    change(db, grant, id, Action::Plan, measure.clone(), today, async move |tx, p, who| {
        let due = p.due.to_string();
        if web::late(&seen, &[&p.owner_name, &p.measure, &due]) {
            let now = Error::conflict("problem-meanwhile").with("owner", &p.owner_name).with("measure", &p.measure).with("due", due);
            return Err(now.at("measure").into());
        }
        if let Some(due) = plan.due.filter(|due| *due != p.due) {
            let may = match &free {
                Some(verify) => verify.admits(&tree::node(tx, p.org).await?.path).is_ok(),
                None => false,
            };
            let latest = if may { today.plus_days(FAR) } else { p.latest };
            if latest < today {
                return Err(Error::invalid("problem-due-over").with("to", latest).at("due").into());
            }
            if due < today || due > latest {
                return Err(Error::invalid("problem-due").with("from", today).with("to", latest).at("due").into());
            }
            p.due = due;
        }
        p.measure.clone_from(&measure);
        let before = p.owner;
        owner::name(tx, p, &name).await?;
        match p.owner.filter(|_| p.owner != before) {
            Some(account) => matter::named(tx, p, account, who).await,
            None => Ok(()),
        }
    })
    .await
}

/// 提交复核: what was done; evidence lies with the problem and is never compulsory.
///
/// # Errors
/// `problem-reason` without a text; `problem-step`.
pub async fn submit(db: &Db, grant: &Grant<ProblemHandle>, id: ProblemId, text: &str, today: BusinessDate) -> Result<()> {
    let (account, text) = (grant.account()?, written(text)?);
    let said = text.clone();
    change(db, grant, id, Action::Submit, text, today, async move |_, p, _| {
        (p.closing, p.closer) = (said.clone(), Some(account));
        Ok(())
    })
    .await
}

/// 复核通过: by somebody who neither owns it nor submitted its closure.
///
/// # Errors
/// `problem-verify-own`, `problem-step`.
pub async fn verify(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, text: &str, today: BusinessDate) -> Result<()> {
    let (account, text) = (grant.account()?, text.trim().chars().take(super::open::TEXT_MAX).collect());
    change(db, grant, id, Action::Verify, text, today, async move |tx, p, _| apart(tx, p, account).await).await
}

/// 退回, with a reason; under the same rule of two persons.
///
/// # Errors
/// `problem-reason`, `problem-verify-own`, `problem-step`.
pub async fn send_back(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, reason: &str, today: BusinessDate) -> Result<()> {
    let account = grant.account()?;
    change(db, grant, id, Action::SendBack, written(reason)?, today, async move |tx, p, _| apart(tx, p, account).await).await
}

/// A closed problem is open again.
///
/// # Errors
/// `problem-reason`, `problem-step`.
pub async fn reopen(db: &Db, grant: &Grant<ProblemVerify>, id: ProblemId, reason: &str, today: BusinessDate) -> Result<()> {
    change(db, grant, id, Action::Reopen, written(reason)?, today, async |_, p, _| {
        p.closer = None;
        Ok(())
    })
    .await
}

async fn apart(tx: &mut Tx<'_>, p: &Problem, account: AccountId) -> db::Result<()> {
    let owns = match p.owner {
        Some(owner) => owner == account,
        None if !p.owner_name.is_empty() => false,
        None => access::holders(tx, "secretary", p.org).await?.iter().any(|(a, _)| *a == account),
    };
    if owns || p.closer == Some(account) { Err(Error::denied("problem-verify-own").into()) } else { Ok(()) }
}

/// 撤销 the last step, by whoever took it: a counter-entry, nothing is erased.
///
/// # Errors
/// `problem-undo` if the last step is another's or none that can be taken back.
pub async fn undo<P: Permission>(db: &Db, grant: &Grant<P>, id: ProblemId, today: BusinessDate) -> Result<()> {
    let (g, account, who) = (grant.clone(), grant.account()?, By::of(grant, today));
    audit::change(db, grant, async move |tx| {
        let before = store::one(tx, &g, id).await?;
        let last = store::steps(tx, id).await?.pop().filter(|s| s.action.undoable() && s.account == Some(account));
        let last = last.ok_or_else(|| Error::conflict("problem-undo").with("number", &before.number))?;
        let kept: Changing = serde_json::from_str(&last.before).map_err(Error::internal)?;
        let after = before.with(kept)?;
        let after = step::take(tx, &before, after, Action::Undo, last.action.name(), &who).await?;
        let event = Event::new("problem.undo", format!("problem:{id}")).at(after.org).with("step", last.action.name());
        Ok(((), states(event, before.state, after.state)))
    })
    .await
}

/// The frame of every step: within reach, allowed here, changed, recorded.
async fn change<P, F>(db: &Db, grant: &Grant<P>, id: ProblemId, action: Action, reason: String, today: BusinessDate, alter: F) -> Result<()>
where
    P: Permission,
    F: AsyncFn(&mut Tx<'_>, &mut Problem, &By) -> db::Result<()> + Send + Sync + 'static,
{
    let (g, who) = (grant.clone(), By::of(grant, today));
    audit::change(db, grant, async move |tx| {
        let before = store::one(tx, &g, id).await?;
        let mut after = step::lead(&before, action)?;
        alter(tx, &mut after, &who).await?;
        let after = step::take(tx, &before, after, action, &reason, &who).await?;
        let event = states(Event::new(name(action), format!("problem:{id}")).at(after.org), before.state, after.state);
        Ok(((), if reason.is_empty() { event } else { event.because(&reason) }))
    })
    .await
}

fn states(event: Event, before: State, after: State) -> Event {
    event.field("state", Some(before.name().into()), Some(after.name().into()))
}

fn name(action: Action) -> &'static str {
    match action {
        Action::Start => "problem.start",
        Action::Plan => "problem.plan",
        Action::Submit => "problem.submit",
        Action::Verify => "problem.verify",
        Action::SendBack => "problem.send-back",
        _ => "problem.reopen",
    }
}

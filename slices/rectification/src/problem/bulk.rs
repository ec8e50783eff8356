//! Many problems brought on at once, for the demo and for years that were kept elsewhere. Each takes the same steps, in
//! order, as from its page, so its timeline and the figures are what they would be.
use super::act::Plan;
use super::owner::account_of;
use super::state::{Action, State};
use super::{By, Problem, step};
use audit::{Author, Event};
use db::{Db, Tx};
use kernel::{Error, Result};

/// Problems of one unit of work.
const CHUNK: usize = 60;

/// How one problem is to come on.
#[derive(Clone, Debug)]
pub struct Course {
    pub problem: Problem,
    pub to: State,
    pub plan: Plan,
    pub closing: String,
    /// Who plans and hands in.
    pub handler: By,
    /// Who verifies: somebody else.
    pub verifier: By,
}

/// Answers how many there were.
///
/// # Errors
/// `problem-verify-own` if one person would hand in and verify; `problem-step` if a problem cannot come to where it should.
pub async fn bring_on<A: Author>(db: &Db, by: &A, all: &[Course]) -> Result<usize> {
    if all.iter().any(|c| c.to == State::Closed && c.handler.account == c.verifier.account) {
        return Err(Error::denied("problem-verify-own"));
    }
    for chunk in all.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        audit::change(db, by, async move |tx| {
            for course in &chunk {
                walk(tx, course).await?;
            }
            Ok(((), Event::new("problem.step-many", "problems").with("count", chunk.len())))
        })
        .await?;
    }
    Ok(all.len())
}

async fn walk(tx: &mut Tx<'_>, c: &Course) -> db::Result<()> {
    let mut now = c.problem.clone();
    for (action, by) in
        [(Action::Start, &c.handler), (Action::Plan, &c.handler), (Action::Submit, &c.handler), (Action::Verify, &c.verifier)]
    {
        // The plan is part of having started.
        if now.state == c.to && action != Action::Plan {
            return Ok(());
        }
        let mut after = step::lead(&now, action)?;
        let reason = match action {
            Action::Plan => plan(tx, &mut after, &c.plan).await?,
            Action::Submit => {
                (after.closing, after.closer) = (c.closing.clone(), by.account);
                c.closing.clone()
            }
            _ => String::new(),
        };
        now = step::take(tx, &now, after, action, &reason, by).await?;
    }
    if now.state == c.to { Ok(()) } else { Err(Error::conflict("problem-step").with("number", &now.number).into()) }
}

async fn plan(tx: &mut Tx<'_>, p: &mut Problem, plan: &Plan) -> db::Result<String> {
    p.owner = account_of(tx, p, &plan.owner).await?;
    (p.owner_name, p.measure) = (plan.owner.clone(), plan.measure.clone());
    p.due = plan.due.filter(|due| *due <= p.latest).unwrap_or(p.due);
    Ok(plan.measure.clone())
}

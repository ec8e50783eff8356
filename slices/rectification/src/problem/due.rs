//! Due dates that were counted before a year's holidays were published are counted again when they are.
use super::state::Action;
use super::{By, Problem, due_of, matter, step};
use access::System;
use administration::Recompute;
use audit::Event;
use calendar::Calendar;
use db::{Db, params};
use kernel::{BusinessDate, ProblemId, Result};
use std::sync::Arc;
use web::Later;

/// Rows of one unit of work.
const CHUNK: i64 = 200;

/// Wire it where a calendar's import asks for dates to be counted again.
pub struct Redating;

impl Recompute for Redating {
    fn recompute(&self, db: Db, calendar: Arc<Calendar>, _: Vec<i32>) -> Later<Result<i64>> {
        Box::pin(async move {
            let today = installation::clock(&db).await?.today();
            Ok(recompute_due(&db, &calendar, today).await? as i64)
        })
    }
}

/// Counts the provisional dates again with the calendar as it is now, moves those that were left as counted, and tells
/// their owners. Answers how many problems have another date.
///
/// # Errors
/// The engine's own; what was done before stays done, and running it again goes on.
pub async fn recompute_due(db: &Db, calendar: &Calendar, today: BusinessDate) -> Result<usize> {
    let calendar = Arc::new(calendar.clone());
    let (mut after, mut moved) = (ProblemId::from_bytes([0; 16]), 0);
    loop {
        let page = db.read(async move |tx| {
            tx.all("SELECT id FROM problem WHERE provisional = $1 AND id > $2 ORDER BY id LIMIT $3", &params![true, &after, CHUNK]).await
        });
        let ids: Vec<ProblemId> = page.await?;
        let Some(last) = ids.last().copied() else { return Ok(moved) };
        moved += chunk(db, calendar.clone(), ids, today).await?;
        after = last;
    }
}

async fn chunk(db: &Db, calendar: Arc<Calendar>, ids: Vec<ProblemId>, today: BusinessDate) -> Result<usize> {
    let by = System::job("calendar-recount");
    let who = By::system(&by, today);
    audit::change(db, &by, async move |tx| {
        let mut moved = 0_usize;
        for id in &ids {
            let before = super::store::any(tx, *id).await?;
            let counted = due_of(&calendar, before.opened, u32::try_from(before.workdays).unwrap_or_default());
            if counted.provisional && counted.date == before.latest {
                continue;
            }
            let mut after = Problem { latest: counted.date, provisional: counted.provisional, ..before.clone() };
            // A date that somebody set stays, unless it is now beyond the last day.
            if before.due == before.latest || before.due > counted.date {
                after.due = counted.date;
            }
            if after.due == before.due || !before.state.is_pending() {
                after.due = before.due;
                super::store::update(tx, &after).await?;
                continue;
            }
            let after = step::take(tx, &before, after, Action::Redate, &counted.date.to_string(), &who).await?;
            matter::redated(tx, &after, before.due, &who).await?;
            moved += 1;
        }
        Ok((moved, Event::new("problem.redate", "problems").with("looked-at", ids.len()).with("moved", moved)))
    })
    .await
}

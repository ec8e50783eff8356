//! Due dates that were counted before a year's holidays were published are counted again when they are.
use super::state::Action;
use super::store::columns;
use super::{By, Problem, due_of, matter, step};
use access::System;
use audit::Event;
use calendar::Calendar;
use db::{Db, params};
use kernel::{BusinessDate, ProblemId, Result};
use std::sync::Arc;

/// Rows of one unit of work.
const CHUNK: i64 = 200;

/// Counts the provisional dates again with the calendar as it is now, moves those that were left as counted, and tells
/// their owners. Answers how many problems have another date.
///
/// # Errors
/// The engine's own; what was done before stays done, and running it again goes on.
pub async fn recompute_due(db: &Db, by: &System, calendar: &Calendar, today: BusinessDate) -> Result<usize> {
    let calendar = Arc::new(calendar.clone());
    let (mut after, mut moved) = (ProblemId::from_bytes([0; 16]), 0);
    loop {
        let sql = concat!("SELECT ", columns!(), " FROM problem p WHERE p.provisional = $1 AND p.id > $2 ORDER BY p.id LIMIT $3");
        let ids: Vec<ProblemId> = db
            .read(async move |tx| {
                let rows: Vec<Problem> = tx.all(sql, &params![true, &after, CHUNK]).await?;
                Ok(rows.into_iter().map(|p| p.id).collect())
            })
            .await?;
        let Some(last) = ids.last().copied() else { return Ok(moved) };
        moved += chunk(db, by, calendar.clone(), ids, today).await?;
        after = last;
    }
}

async fn chunk(db: &Db, by: &System, calendar: Arc<Calendar>, ids: Vec<ProblemId>, today: BusinessDate) -> Result<usize> {
    let who = By::system(by, today);
    audit::change(db, by, async move |tx| {
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

//! The last day of a publicity that was counted before the year's holidays were published is counted again when they are.
use crate::cycle::phase::Phase;
use crate::cycle::{Cycle, Publicity, store};
use access::System;
use administration::Recompute;
use audit::Event;
use calendar::Calendar;
use db::{Db, Result as Unit, Tx};
use inbox::{Addressee, Notice};
use kernel::{Instant, NoticeId, Result};
use std::sync::Arc;
use web::Later;

/// Wire it where a calendar's import asks for dates to be counted again.
pub struct Redating;

impl Recompute for Redating {
    fn recompute(&self, db: Db, calendar: Arc<Calendar>, _: Vec<i32>) -> Later<Result<i64>> {
        Box::pin(async move {
            let mut moved = 0;
            for cycle in store::all(&db).await?.into_iter().filter(|c| c.phase == Phase::Publicity) {
                moved += i64::from(again(&db, cycle, &calendar).await?);
            }
            Ok(moved)
        })
    }
}

/// Answers whether the last day is another one now.
async fn again(db: &Db, cycle: Cycle, calendar: &Calendar) -> Result<bool> {
    let Some(before) = cycle.publicity.filter(|p| p.provisional) else { return Ok(false) };
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let after = Publicity::of(calendar, before.from, scheme.parameters.publicity_workdays);
    if after == before {
        return Ok(false);
    }
    let (at, moved) = (Instant::now(), after.until != before.until);
    audit::change(db, &System::job("calendar-recount"), async move |tx| {
        store::set_publicity(tx, cycle.id, &after).await?;
        if moved {
            tell(tx, &cycle, before, after, at).await?;
        }
        let event = Event::new("publicity.redate", format!("cycle:{}", cycle.id)).at(cycle.root);
        Ok((moved, event.field("until", Some(before.until.to_string()), Some(after.until.to_string()))))
    })
    .await
}

/// The committee that publishes the results; they end nothing before that day.
async fn tell(tx: &mut Tx<'_>, cycle: &Cycle, before: Publicity, after: Publicity, at: Instant) -> Unit<()> {
    let href = format!("/assess/{}/publicity", cycle.id);
    let args = vec![("title", cycle.title.clone()), ("before", before.until.to_string()), ("day", after.until.to_string())];
    let to = Addressee::Post { role: "committee", org: cycle.root };
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-publicity-due", args, href: &href }, at).await
}

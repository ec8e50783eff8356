//! 定稿: only it makes a grading final. Inputs are frozen with the result; what is not yet a problem becomes one.
use super::{freeze, missing, store};
use crate::carried;
use crate::cycle::phase::Phase;
use crate::cycle::store::{Step, set_phase};
use crate::cycle::{self, Cycle};
use crate::publicity;
use audit::{Author, Event};
use calendar::Calendar;
use db::Db;
use facts::Suppliers;
use kernel::{BusinessDate, CycleId, Error, Instant, Result};
use rectification::By;

/// What 定稿 needs beside the cycle.
#[derive(Clone)]
pub struct Finalising {
    pub today: BusinessDate,
    /// Who agrees; never the one who presses.
    pub second: String,
    pub reason: String,
    pub calendar: Calendar,
}

/// Makes the results final: version 1.
///
/// # Errors
/// `objections-open` and `proposals-open` (see [`publicity::may_end`]); `final-already`; `final-before-publicity` in an earlier phase; `publicity-running` before its last day is over;
/// `second-missing` without a second person's name, `second-same` if it is the one who presses.
pub async fn finalise<A: Author>(db: &Db, by: &A, suppliers: &Suppliers, cycle: CycleId, f: Finalising) -> Result<i64> {
    let read = db.read(async move |tx| {
        publicity::may_end(tx, cycle).await?;
        cycle::store::any(tx, cycle).await
    });
    let cycle = read.await?;
    let name = by.name();
    may(&cycle, &f, &name)?;
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let version = cycle.result_version + 1;
    freeze::freeze_now(db, suppliers, &cycle, version, f.today).await?;
    let (lines, allotments) = freeze::computed(db, &scheme, cycle.id, version).await?;
    freeze::keep(db, cycle.id, version, &lines).await?;
    let at = Instant::now();
    let hand = By { account: None, name: name.clone(), day: f.today, at };
    missing::open(db, by, &cycle, (&scheme, version), &f.calendar, &hand).await?;
    let ended = cycle.clone();
    audit::change(db, by, async move |tx| {
        // Asked again: somebody may have objected while the inputs were frozen.
        publicity::may_end(tx, cycle.id).await?;
        let step = Step { day: f.today, at, by: &name, reason: &f.reason };
        set_phase(tx, &cycle, Phase::Final, &step).await?;
        let (second, reason) = (f.second.as_str(), f.reason.as_str());
        let made = store::Made { version, day: f.today, at, by: &name, second, reason, allotments: &allotments };
        store::make(tx, &cycle, &made).await?;
        let event = Event::new("cycle.finalise", format!("cycle:{}", cycle.id)).at(cycle.root).because(reason);
        Ok(((), event.with("version", version).with("second", second).with("branches", cycle.participants)))
    })
    .await?;
    carried::out_of(db, &ended, &scheme, &hand).await?;
    Ok(version)
}

fn may(cycle: &Cycle, f: &Finalising, by: &str) -> Result<()> {
    if cycle.is_final() {
        return Err(Error::conflict("final-already"));
    }
    let publicity = cycle.publicity.filter(|_| cycle.phase == Phase::Publicity).ok_or_else(|| Error::conflict("final-before-publicity"))?;
    if f.today <= publicity.until {
        return Err(Error::conflict("publicity-running").with("date", publicity.until));
    }
    second_person(&f.second, by)
}

/// Two persons answer for what is final.
pub(super) fn second_person(second: &str, by: &str) -> Result<()> {
    match second.trim() {
        "" => Err(Error::invalid("second-missing").at("second")),
        same if same == by => Err(Error::invalid("second-same").at("second")),
        _ => Ok(()),
    }
}

//! 定稿: only it makes a grading final. Inputs are frozen with the result; what is not yet a problem becomes one.
use super::{Line, freeze, missing, version};
use crate::carried::{self, Way};
use crate::cycle::phase::Phase;
use crate::cycle::store::{Step, set_phase};
use crate::cycle::{self, Cycle};
use crate::finalisation::Ruling;
use crate::publicity::{self, News};
use audit::{Author, Event};
use calendar::Calendar;
use db::{Db, Result as Unit, Tx};
use facts::Suppliers;
use kernel::{BusinessDate, Error, Instant, Points, Result};
use rectification::By;
use sha2::{Digest, Sha256};
use web::T;

/// Makes the results final, version 1, as one account proposed and `ruling` approves. `t` has the language in which problems
/// say what they were derived from.
///
/// # Errors
/// What [`ready`] says; `final-own` for the one who proposed it, `final-decided` if the proposal does not wait any more;
/// `final-changed` if the approver has seen other results than would become final.
pub async fn finalise<A: Author>(db: &Db, by: &A, suppliers: &Suppliers, (calendar, t): (&Calendar, T), ruling: Ruling) -> Result<i64> {
    let (r, today) = (ruling.clone(), ruling.hand.today);
    let read = db.read(async move |tx| {
        let cycle = cycle::store::any(tx, r.cycle).await?;
        let proposal = r.proposal(tx).await?;
        ready(tx, &cycle, today).await?;
        Ok((cycle, proposal.proposed_name))
    });
    let (cycle, name) = read.await?;
    // What a file gave counts from the moment the file does: all of it, before anything is frozen.
    crate::import::resume(db, suppliers, today, Instant::now()).await?;
    let scheme = standards::scheme(db, cycle.scheme()).await?;
    let version = cycle.result_version + 1;
    freeze::freeze_now(db, suppliers, &cycle, version, today).await?;
    let (lines, allotments) = freeze::computed(db, &scheme, cycle.id, version).await?;
    let digest = digest(&lines);
    ruling.agrees(&digest)?;
    freeze::keep(db, cycle.id, version, &lines).await?;
    let at = Instant::now();
    let hand = By { account: None, name, day: today, at };
    missing::open(db, by, &cycle, (&scheme, version), (calendar, t), &hand).await?;
    let (ended, who) = (cycle.clone(), hand.clone());
    audit::change(db, by, async move |tx| {
        // Asked again: somebody may have objected, or decided otherwise, while the inputs were frozen.
        ready(tx, &cycle, today).await?;
        let proposal = ruling.approve(tx, &cycle, at).await?;
        let (first, second, reason) = (proposal.proposed_name.as_str(), ruling.hand.name.as_str(), proposal.reason.as_str());
        set_phase(tx, &cycle, Phase::Final, &Step { day: today, at, by: first, reason }).await?;
        let made = version::Made { version, day: today, at, by: first, second, reason, digest: &digest, allotments: &allotments };
        version::make(tx, &cycle, &made).await?;
        carried::owe(tx, cycle.id, Way::OutOf, &who).await?;
        let event = Event::new("cycle.finalise", format!("cycle:{}", cycle.id)).at(cycle.root).because(reason);
        let event = event.with("version", version).with("first", first).with("second", second).with("branches", cycle.participants);
        Ok(((), event.with("digest", &digest)))
    })
    .await?;
    carried::carry_all(db, &ended, &scheme, Way::OutOf, &hand).await?;
    publicity::announce(db, &ended, News::Final, today).await?;
    Ok(version)
}

/// The results as one short word: whoever approves them has seen exactly these.
pub fn digest(lines: &[Line]) -> String {
    let mut hash = Sha256::new();
    for l in lines {
        let (total, star) = (l.total.map_or(-1, Points::as_hundredths), l.star.unwrap_or(0));
        hash.update(format!("{}\t{}\t{total}\t{}\t{star}\t{}\n", l.rank, l.code, l.grade, l.columns.text()));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a cycle may become final on a day: publicity is over, nothing about it is open.
///
/// # Errors
/// `final-already`; `final-before-publicity` in an earlier phase; `publicity-running` before its last day is over;
/// `objections-open` and `proposals-open` (see [`publicity::may_end`]).
pub(crate) async fn ready(tx: &mut Tx<'_>, cycle: &Cycle, today: BusinessDate) -> Unit<()> {
    over(cycle, today)?;
    publicity::may_end(tx, cycle.id).await
}

/// All that [`ready`] waits for, for whoever wants to know when.
///
/// # Errors
/// The engine's own.
pub(crate) async fn hinders(tx: &mut Tx<'_>, cycle: &Cycle, today: BusinessDate) -> Unit<Vec<Error>> {
    let mut all: Vec<Error> = over(cycle, today).err().into_iter().collect();
    all.extend(publicity::hinders(tx, cycle.id).await?);
    Ok(all)
}

fn over(cycle: &Cycle, today: BusinessDate) -> Result<()> {
    if cycle.is_final() {
        return Err(Error::conflict("final-already"));
    }
    let publicity = cycle.publicity.filter(|_| cycle.phase == Phase::Publicity).ok_or_else(|| Error::conflict("final-before-publicity"))?;
    if today <= publicity.until { Err(Error::conflict("publicity-running").with("date", publicity.until)) } else { Ok(()) }
}

//! Drawing the branches to be re-checked, from all whose acceptance has been handed in (S44).
use super::store::{self, Draw};
use super::{Announced, admitted, announce, led, matter, season};
use crate::inspection::avoidance;
use crate::inspection::store::{Assignment, give, layer};
use crate::sheet::{State, hand_over::matter_of, store as sheets};
use crate::{CycleLead, DrawSecond};
use access::Grant;
use audit::Event;
use db::{Db, Tx};
use draw::{Amount, Seed, sample};
use kernel::{BusinessDate, CycleId, DrawId, Error, Instant, Quantity, Result, TeamId};
use scoring::Layer;

/// Publishes the candidates.
///
/// # Errors
/// Not found for a team that does not re-check this cycle; as [`season::may_draw`] outside its phases; `draw-empty` without candidates; `draw-reason` for a re-draw without one.
pub async fn publish(db: &Db, grant: &Grant<CycleLead>, cycle: CycleId, ratio: Quantity, team: TeamId, reason: String) -> Result<DrawId> {
    let (g, id, at) = (grant.clone(), DrawId::new(), Instant::now());
    let (by, reason) = ((grant.account()?, grant.caller().name().to_owned()), reason.trim().to_owned());
    audit::change(db, grant, async move |tx| {
        let c = led(tx, &g, cycle).await?;
        if layer(tx, team, cycle).await? != Layer::Recheck {
            return Err(Error::not_found().into());
        }
        season::may_draw(c.phase)?;
        let candidates = store::candidates(tx, cycle).await?.join("\n");
        if candidates.is_empty() {
            return Err(Error::conflict("draw-empty").into());
        }
        let (settings, reason, by) = (ratio.to_string(), reason.clone(), by.clone());
        announce(tx, &c, Announced { id, kind: store::RECHECK, candidates, settings, team, reason, by, at }).await
    })
    .await
}

/// The result follows from the number; its sheets go to the team.
///
/// # Errors
/// As [`super::complete`].
pub async fn complete(db: &Db, grant: &Grant<DrawSecond>, d: Draw, number: &str, due: BusinessDate) -> Result<usize> {
    let (drawn, id, number) = (run(&d, number)?, d.id, number.to_owned());
    let (g, at, account, name) = (grant.clone(), Instant::now(), grant.account()?, grant.caller().name().to_owned());
    audit::change(db, grant, async move |tx| {
        let (d, c) = admitted(tx, &g, id, account).await?;
        store::finish(tx, id, &number, account, &name, &drawn.join("\n"), at).await?;
        inbox::settle(tx, &matter(id), at).await?;
        take_back_earlier(tx, &d, &drawn, at).await?;
        let ties = avoidance::of_team(tx, d.team).await?;
        let mut avoided = Vec::new();
        for code in &drawn {
            let sheet = sheets::of_code(tx, d.cycle, code).await?.ok_or_else(Error::not_found)?;
            store::keep_drawn(tx, d.cycle, sheet.id).await?;
            // What is drawn stands; whom the team has ties to another team must take (回避).
            if avoidance::tied(tx, &ties, &sheet).await? {
                avoided.push(code.as_str());
                continue;
            }
            give(tx, &Assignment { sheet: sheet.id, layer: Layer::Recheck, team: d.team, cycle: d.cycle, due: Some(due) }, &sheet, at)
                .await?;
        }
        let event = Event::new("draw.complete", format!("draw:{id}")).at(c.root).with("number", &number).with("drawn", drawn.join(","));
        Ok((drawn.len(), event.with("avoided", avoided.join(","))))
    })
    .await
}

/// What the draw before had drawn and this one has not is not re-checked, unless somebody has begun; its record stays.
async fn take_back_earlier(tx: &mut Tx<'_>, d: &Draw, drawn: &[String], at: Instant) -> db::Result<()> {
    let mut earlier = d.replaces;
    while let Some(id) = earlier {
        let first = store::one(tx, id).await?;
        for code in first.drawn().into_iter().filter(|code| !drawn.iter().any(|d| d == code)) {
            let sheet = sheets::of_code(tx, d.cycle, code).await?.ok_or_else(Error::not_found)?;
            if sheet.recheck_state == State::Untouched {
                store::take_back(tx, d.cycle, sheet.id).await?;
                inbox::settle(tx, &matter_of(sheet.id, Layer::Recheck), at).await?;
            }
        }
        // One that was never completed drew nothing: the one before it counts.
        earlier = if first.result.is_none() { first.replaces } else { None };
    }
    Ok(())
}

/// The draw itself: what anybody can do again from the record.
///
/// # Errors
/// `draw-number` unless it is a plain number; the record's own if it does not fit its hash.
pub fn run(d: &Draw, number: &str) -> Result<Vec<String>> {
    let candidates: Vec<&str> = d.candidates.lines().collect();
    draw::verify_list(&candidates, &d.hash)?;
    let seed = Seed::complete(&d.hash, number)?;
    sample(&candidates, Amount::Ratio(Quantity::parse(d.settings())?), &seed)
}

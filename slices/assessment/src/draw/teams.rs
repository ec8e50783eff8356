//! Drawing teams of inspectors and what each visits (S45): the pool and the branches are published with their unit
//! committees, a second person's number completes the seed, and nobody visits where they hold a post or membership.
use super::roll::{self, Roll};
use super::store::{self, Draw};
use super::{Announced, admitted, announce, matter, season};
use crate::cycle::Cycle;
use crate::inspection::store as teams;
use crate::inspection::store::Assignment;
use crate::sheet::{State, hand_over};
use crate::{CycleLead, DrawSecond};
use access::Grant;
use audit::Event;
use db::Db;
use draw::{Seed, Team, assign_teams, check_teams, verify_list};
use kernel::{AccountId, BusinessDate, CycleId, DrawId, Error, Instant, Result, SheetId, TeamId};
use scoring::Layer;

/// Sheets given out in one unit of work.
const CHUNK: usize = 200;

/// What the committee asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub layer: Layer,
    pub teams: usize,
    pub size: usize,
    /// Why it is drawn again; empty the first time.
    pub reason: String,
}

impl Asked {
    /// Teams, and people in each, that a form may ask for.
    const MOST: usize = 500;

    /// # Errors
    /// `team-layer`; `draw-numbers` for what is no number from 1 to [`Self::MOST`].
    pub fn parse(layer: &str, teams: &str, size: &str, reason: &str) -> Result<Self> {
        let layer = Layer::parse(layer).ok().filter(|l| matches!(l, Layer::Acceptance | Layer::Recheck));
        let layer = layer.ok_or_else(|| Error::invalid("team-layer").at("layer"))?;
        let number = |text: &str, field| {
            let n = text.trim().parse().ok().filter(|n| (1..=Self::MOST).contains(n));
            n.ok_or_else(|| Error::invalid("draw-numbers").with("most", Self::MOST).at(field))
        };
        Ok(Self { layer, teams: number(teams, "teams")?, size: number(size, "size")?, reason: reason.trim().to_owned() })
    }
    /// As the record keeps it.
    fn settings(&self) -> String {
        format!("{} {} {}", self.layer.name(), self.teams, self.size)
    }
    pub(super) fn of_record(settings: &str) -> Result<Self> {
        match *settings.split(' ').collect::<Vec<_>>() {
            [layer, teams, size] => Self::parse(layer, teams, size, ""),
            _ => Err(Error::internal("settings of a draw of teams")),
        }
    }
}

/// Publishes who may inspect and what is to be inspected, with its hash.
///
/// # Errors
/// As [`season::may_send`] once the phase is over; `draw-inspectors-few` with the number `missing`; `draw-reason` for a re-draw without one.
pub async fn publish(db: &Db, grant: &Grant<CycleLead>, cycle: CycleId, asked: Asked, today: BusinessDate) -> Result<DrawId> {
    let g = grant.clone();
    let c: Cycle = db.read(async move |tx| super::led(tx, &g, cycle).await).await?;
    season::may_send(c.phase, asked.layer)?;
    let roll = roll::of_cycle(db, &c, asked.layer, today).await?;
    check_teams(&roll.sites, &roll.people(), asked.teams, asked.size).map_err(|e| e.at("teams"))?;
    let announced = Announced {
        id: DrawId::new(),
        kind: store::TEAMS,
        candidates: roll.text(),
        settings: asked.settings(),
        // No team yet: this draw makes them.
        team: TeamId::from_bytes([0; 16]),
        reason: asked.reason,
        by: (grant.account()?, grant.caller().name().to_owned()),
        at: Instant::now(),
    };
    let (g, layer) = (grant.clone(), asked.layer);
    audit::change(db, grant, async move |tx| {
        let c = super::led(tx, &g, cycle).await?;
        season::may_send(c.phase, layer)?;
        announce(tx, &c, announced.clone()).await
    })
    .await
}

/// The second person's number makes the teams and gives them their branches. `name` calls the n-th team.
///
/// # Errors
/// As [`super::complete`]; `draw-inspectors-few` if no attempt keeps everybody from their own.
pub async fn complete(
    db: &Db,
    grant: &Grant<DrawSecond>,
    d: Draw,
    number: &str,
    due: BusinessDate,
    name: impl Fn(usize) -> String,
) -> Result<usize> {
    let (drawn, roll, asked) = (run(&d, number)?, Roll::parse(&d.candidates)?, Asked::of_record(d.settings())?);
    let made: Vec<(TeamId, String, Team)> = drawn.iter().map(|t| (TeamId::new(), name(t.number), t.clone())).collect();
    // Until the teams have members these rows show nobody anything: whatever interrupts, the draw is still to be completed.
    let given = place(db, &d, asked.layer, &made, due).await?;
    let (g, number, result, at) = (grant.clone(), number.to_owned(), text(&drawn), Instant::now());
    let (account, who, id, cycle) = (grant.account()?, grant.caller().name().to_owned(), d.id, d.cycle);
    let n = made.len();
    audit::change(db, grant, async move |tx| {
        let (_, c) = admitted(tx, &g, id, account).await?;
        store::finish(tx, id, &number, account, &who, &result, at).await?;
        inbox::settle(tx, &matter(id), at).await?;
        for (team, name, drawn) in &made {
            let mut members = Vec::new();
            for code in &drawn.inspectors {
                members.push((AccountId::parse(code)?, roll.name(code).to_owned()));
            }
            teams::insert_team(tx, *team, cycle, asked.layer, name, &members).await?;
            teams::set_draw(tx, *team, id).await?;
        }
        Ok(((), Event::new("draw.complete", format!("draw:{id}")).at(c.root).with("number", &number).with("teams", made.len())))
    })
    .await?;
    hand(db, given).await?;
    Ok(n)
}

/// Gives the branches to the teams that are about to be made. Answers those whose inspectors can begin at once.
async fn place(db: &Db, d: &Draw, layer: Layer, made: &[(TeamId, String, Team)], due: BusinessDate) -> Result<Vec<(SheetId, String)>> {
    let cycle = d.cycle;
    let all: Vec<(TeamId, String)> = made.iter().flat_map(|(id, _, t)| t.branches.iter().map(|b| (*id, b.clone()))).collect();
    let mut ready = Vec::new();
    for chunk in all.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        ready.extend(
            audit::stage(db, async move |tx| {
                let mut ready = Vec::new();
                for (team, code) in &chunk {
                    let sheet = crate::sheet::store::of_code(tx, cycle, code).await?.ok_or_else(Error::not_found)?;
                    // Accepted since the list was published: that stands.
                    if !sheet.acceptance_state.is_open() {
                        continue;
                    }
                    teams::place(tx, &Assignment { sheet: sheet.id, layer, team: *team, cycle, due: Some(due) }).await?;
                    if sheet.self_state == State::Submitted {
                        ready.push((sheet.id, sheet.name));
                    }
                }
                Ok(ready)
            })
            .await?,
        );
    }
    Ok(ready)
}

/// 待办 of the new teams; an earlier team's is over.
async fn hand(db: &Db, ready: Vec<(SheetId, String)>) -> Result<()> {
    for chunk in ready.chunks(CHUNK) {
        let (chunk, at) = (chunk.to_vec(), Instant::now());
        audit::stage(db, async move |tx| {
            for (sheet, name) in &chunk {
                inbox::settle(tx, &hand_over::matter_of(*sheet, Layer::Acceptance), at).await?;
                teams::handed_in(tx, *sheet, name, at).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// The draw itself: what anybody can do again from the record.
///
/// # Errors
/// `draw-number` unless it is a plain number; the record's own if it does not fit its hash.
pub fn run(d: &Draw, number: &str) -> Result<Vec<Team>> {
    verify_list(&d.candidates.lines().collect::<Vec<_>>(), &d.hash)?;
    let (roll, asked) = (Roll::parse(&d.candidates)?, Asked::of_record(d.settings())?);
    let seed = Seed::complete(&d.hash, number)?;
    assign_teams(&roll.sites, &roll.people(), asked.teams, asked.size, &seed)
}

/// The result as the record keeps it: one line per team, its inspectors and its branches.
pub fn text(teams: &[Team]) -> String {
    let line = |t: &Team| format!("{}\t{}\t{}", t.number, t.inspectors.join(","), t.branches.join(","));
    teams.iter().map(line).collect::<Vec<_>>().join("\n")
}

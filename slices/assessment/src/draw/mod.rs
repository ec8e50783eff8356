//! Drawing the branches to be re-checked (S44): the hashed list is published first, then a number entered by a second
//! person completes the seed; whoever doubts it runs the record again.
pub mod pages;
pub mod store;

use crate::cycle::Cycle;
use crate::inspection::avoidance;
use crate::inspection::store::{Assignment, give};
use access::Grant;
use audit::Event;
use db::{Db, Tx};
use draw::{Amount, Seed, candidate_hash, sample};
use inbox::{Addressee, Todo};
use kernel::{AccountId, BusinessDate, CycleId, DrawId, Error, Instant, Quantity, Result, TeamId, TodoId};
use scoring::Layer;
use web::Routes;

use crate::{CycleLead, DrawSecond};

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess/{cycle}/draws", pages::list)
        .post("/assess/{cycle}/draws", pages::publish)
        .get("/draws/{draw}", pages::show)
        .post("/draws/{draw}/number", pages::complete)
}

/// Publishes the list of candidates with its hash. From now on nobody can change what is drawn from.
///
/// # Errors
/// `draw-empty` without candidates; `draw-reason` for a re-draw without one.
pub async fn publish(db: &Db, grant: &Grant<CycleLead>, cycle: CycleId, ratio: Quantity, team: TeamId, reason: String) -> Result<DrawId> {
    let (g, id, at) = (grant.clone(), DrawId::new(), Instant::now());
    let (account, name) = (grant.account()?, grant.caller().name().to_owned());
    audit::change(db, grant, async move |tx| {
        let c = crate::cycle::store::any(tx, cycle).await?;
        g.admits(&tree::node(tx, c.root).await?.path)?;
        let earlier = store::latest(tx, cycle).await?;
        if earlier.is_some() && reason.trim().is_empty() {
            return Err(Error::invalid("draw-reason").at("reason").into());
        }
        let candidates = store::candidates(tx, cycle).await?;
        if candidates.is_empty() {
            return Err(Error::conflict("draw-empty").into());
        }
        let hash = candidate_hash(&candidates)?;
        let new = store::NewDraw {
            id,
            cycle,
            candidates: candidates.join("\n"),
            hash: hash.clone(),
            ratio,
            team,
            account,
            name: name.clone(),
            at,
            replaces: earlier,
            reason: reason.trim().to_owned(),
        };
        store::insert(tx, &new).await?;
        hand_on(tx, &c, id, account, at).await?;
        let event = Event::new("draw.publish", format!("draw:{id}")).at(c.root).with("hash", hash).with("candidates", candidates.len());
        Ok((id, event))
    })
    .await
}

fn matter(id: DrawId) -> String {
    format!("draw:{id}")
}

/// 待办 of the second person: the number that completes the seed.
async fn hand_on(tx: &mut Tx<'_>, c: &Cycle, id: DrawId, by: AccountId, at: Instant) -> db::Result<()> {
    let (matter, href) = (matter(id), format!("/draws/{id}"));
    let todo = Todo {
        id: TodoId::new(),
        to: Addressee::Post { role: "reviewer", org: c.root },
        matter: &matter,
        key: "todo-draw",
        args: vec![("year", c.year.to_string())],
        href: &href,
        due: None,
        by: Some(by),
    };
    inbox::hand(tx, &todo, at).await
}

/// A second person enters the number that completes the seed; the result follows, and its sheets go to the team.
///
/// # Errors
/// `second-person` if it is the one who published; `draw-done` if it has been drawn.
pub async fn complete(db: &Db, grant: &Grant<DrawSecond>, id: DrawId, number: String, due: BusinessDate) -> Result<usize> {
    let (g, at, account, name) = (grant.clone(), Instant::now(), grant.account()?, grant.caller().name().to_owned());
    audit::change(db, grant, async move |tx| {
        let d = store::one(tx, id).await?;
        let c = crate::cycle::store::any(tx, d.cycle).await?;
        g.admits(&tree::node(tx, c.root).await?.path)?;
        if d.published_by == account {
            return Err(Error::denied("second-person").into());
        }
        if d.number.is_some() {
            return Err(Error::conflict("draw-done").into());
        }
        let drawn = run(&d, &number)?;
        store::finish(tx, id, &number, account, &name, &drawn, at).await?;
        inbox::settle(tx, &matter(id), at).await?;
        let ties = avoidance::of_team(tx, d.team).await?;
        let mut avoided = Vec::new();
        for code in &drawn {
            let sheet = crate::sheet::store::of_code(tx, d.cycle, code).await?.ok_or_else(Error::not_found)?;
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

/// The draw itself: what anybody can do again from the record.
///
/// # Errors
/// `draw-number` unless it is a plain number; the record's own if it does not fit its hash.
pub fn run(d: &store::Draw, number: &str) -> Result<Vec<String>> {
    let candidates: Vec<&str> = d.candidates.lines().collect();
    draw::verify_list(&candidates, &d.hash)?;
    let seed = Seed::complete(&d.hash, number)?;
    sample(&candidates, Amount::Ratio(d.ratio()?), &seed)
}

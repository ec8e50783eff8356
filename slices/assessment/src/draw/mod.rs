//! Draws (S44, S45): of the branches to be re-checked ([`recheck`]) and of teams of inspectors ([`teams`]). The hashed list
//! is published first, then a number entered by a second person completes the seed; whoever doubts it runs the record again.
mod lists;
mod names;
pub mod pages;
pub mod recheck;
mod record;
pub mod roll;
pub mod season;
pub mod store;
pub mod teams;

use crate::cycle::{Cycle, holder::nearest, phase::Phase};
use crate::{CycleLead, DrawSecond};
use access::Grant;
use audit::Event;
use db::{Db, Result as Unit, Tx};
use inbox::Todo;
use kernel::{AccountId, BusinessDate, CycleId, DrawId, Error, Instant, Result, TeamId, TodoId, reason};
use store::waiting;
use web::Routes;

pub fn routes() -> Routes {
    Routes::new("assessment")
        .get("/assess/{cycle}/draws", pages::list)
        .post("/assess/{cycle}/draws", pages::publish)
        .post("/assess/{cycle}/team-draws", pages::publish_teams)
        .get("/draws/{draw}", record::show)
        .get("/draws/{draw}/list", record::list)
        .post("/draws/{draw}/number", record::complete)
}

/// A list about to be published.
#[derive(Clone, Debug)]
struct Announced {
    id: DrawId,
    kind: &'static str,
    /// One candidate a line.
    candidates: String,
    settings: String,
    team: TeamId,
    reason: String,
    by: (AccountId, String),
    at: Instant,
}

/// A cycle the grant leads.
async fn led(tx: &mut Tx<'_>, grant: &Grant<CycleLead>, cycle: CycleId) -> Unit<Cycle> {
    let c = crate::cycle::store::any(tx, cycle).await?;
    grant.admits(&tree::node(tx, c.root).await?.path)?;
    Ok(c)
}

/// Publishes the list with its hash. From now on nobody can change what is drawn from; an earlier draw stays beside it.
async fn announce(tx: &mut Tx<'_>, c: &Cycle, mut a: Announced) -> Unit<(DrawId, Event)> {
    let earlier = store::earlier(tx, c.id, &a).await?;
    if earlier.is_some() {
        reason::given(&a.reason, "draw-reason")?;
    }
    // One form asks for either layer's teams, so its field is also there when nothing is drawn again.
    if earlier.is_none() {
        a.reason.clear();
    }
    let lines: Vec<&str> = a.candidates.lines().collect();
    let (hash, n, id) = (draw::candidate_hash(&lines)?, lines.len(), a.id);
    store::insert(tx, c.id, &a, &hash, earlier).await?;
    if let Some(earlier) = earlier {
        inbox::settle(tx, &matter(earlier), a.at).await?;
    }
    hand_on(tx, c, (id, a.kind), a.by.0, a.at).await?;
    let event = Event::new("draw.publish", format!("draw:{id}")).at(c.root).with("kind", a.kind).with("hash", hash).with("candidates", n);
    Ok((id, if a.reason.is_empty() { event } else { event.because(&a.reason) }))
}

fn matter(id: DrawId) -> String {
    format!("draw:{id}")
}

/// Ends the 待办 of the lists nobody drew from while their phase ran; the records stay.
///
/// # Errors
/// The engine's own.
pub(crate) async fn lapse(tx: &mut Tx<'_>, cycle: CycleId, phase: Phase, at: Instant) -> Unit<()> {
    for draw in waiting(tx, cycle).await?.iter().filter(|d| season::may_complete(phase, d).is_err()) {
        inbox::settle(tx, &matter(draw.id), at).await?;
    }
    Ok(())
}

/// Nobody is asked for a number any more once the cycle is withdrawn; the records stay.
///
/// # Errors
/// The engine's own.
pub(crate) async fn withdrawn(tx: &mut Tx<'_>, cycle: CycleId, at: Instant) -> Unit<()> {
    for draw in waiting(tx, cycle).await? {
        inbox::settle(tx, &matter(draw.id), at).await?;
    }
    Ok(())
}

/// 待办 of the second person: the number that completes the seed.
async fn hand_on(tx: &mut Tx<'_>, c: &Cycle, (id, kind): (DrawId, &str), by: AccountId, at: Instant) -> Unit<()> {
    let (matter, href) = (matter(id), format!("/draws/{id}"));
    let todo = Todo {
        id: TodoId::new(),
        to: nearest(tx, "reviewer", c).await?,
        matter: &matter,
        key: "todo-draw",
        args: vec![("year", c.year.to_string()), ("kind", kind.to_owned())],
        href: &href,
        due: None,
        by: Some(by),
    };
    inbox::hand(tx, &todo, at).await
}

/// A second person enters the number that completes the seed. Answers how many branches, or teams, were drawn.
///
/// # Errors
/// `second-person` if it is the one who published; `draw-done` if it has been drawn; `draw-replaced` if it was published
/// anew; as [`season::may_complete`] if its phase is over; what the draw itself says.
pub async fn complete(
    db: &Db,
    grant: &Grant<DrawSecond>,
    id: DrawId,
    number: &str,
    due: BusinessDate,
    team_name: impl Fn(usize) -> String,
) -> Result<usize> {
    let (g, account) = (grant.clone(), grant.account()?);
    let (d, _) = db.read(async move |tx| admitted(tx, &g, id, account).await).await?;
    if d.kind == store::TEAMS {
        return teams::complete(db, grant, d, number, due, team_name).await;
    }
    recheck::complete(db, grant, d, number, due).await
}

/// A draw that `account`, as the second person, may complete.
async fn admitted(tx: &mut Tx<'_>, grant: &Grant<DrawSecond>, id: DrawId, account: AccountId) -> Unit<(store::Draw, Cycle)> {
    let d = store::one(tx, id).await?;
    let c = crate::cycle::store::any(tx, d.cycle).await?;
    grant.admits(&tree::node(tx, c.root).await?.path)?;
    if d.published_by == account {
        return Err(Error::denied("second-person").into());
    }
    if d.number.is_some() {
        return Err(Error::conflict("draw-done").into());
    }
    if store::is_replaced(tx, &d).await? {
        return Err(Error::conflict("draw-replaced").into());
    }
    season::may_complete(c.phase, &d)?;
    Ok((d, c))
}

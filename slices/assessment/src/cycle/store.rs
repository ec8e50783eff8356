//! The SQL of cycles.
use super::phase::Phase;
use super::{Cycle, Publicity};
use access::{Grant, Permission};
use db::{Db, Result, Tx, params};
use kernel::{BusinessDate, CycleId, EditionId, Error, Instant, OrgId, SchemeId};
use standards::Bindings;
use std::cmp::Reverse;

db::row! {
    pub(crate) struct Line {
        id: CycleId, year: i64, title: String, root: OrgId, scheme: SchemeId, bindings: String, phase: String, opened: BusinessDate,
        self_until: BusinessDate, publicity_from: Option<BusinessDate>, publicity_until: Option<BusinessDate>,
        publicity_provisional: Option<i64>, result_version: i64, participants: i64,
    }
}

/// Of cycles that people see, in the order of [`Line`], and what follows.
macro_rules! cycles {
    ($($rest:literal)?) => {
        concat!(
            "SELECT id, year, title, root, scheme, bindings, phase, opened, self_until, publicity_from, publicity_until,
               publicity_provisional, result_version, participants FROM cycle WHERE ready = 1",
            $($rest)?
        )
    };
}

const ONE: &str = cycles!(" AND id = $1");

pub(crate) use cycles;

macro_rules! withdrawn {
    ($more:literal) => {
        concat!(
            "SELECT c.title, c.root, c.participants, p.day, p.by_name, p.reason FROM cycle c
             JOIN cycle_phase p ON p.cycle = c.id AND p.phase = 'withdrawn' WHERE c.ready = 2",
            $more,
            " ORDER BY c.year DESC, c.id DESC"
        )
    };
}

impl Line {
    pub(crate) fn cycle(self) -> Result<Cycle> {
        let mut editions = self.bindings.split(',').map(|e| EditionId::parse(e).ok());
        let bindings = Bindings { scheme: self.scheme, standard: editions.next().flatten(), star_rules: editions.next().flatten() };
        let dates = self.publicity_from.zip(self.publicity_until);
        let publicity = dates.map(|(from, until)| Publicity { from, until, provisional: self.publicity_provisional == Some(1) });
        Ok(Cycle {
            id: self.id,
            year: self.year,
            title: self.title,
            root: self.root,
            bindings,
            phase: Phase::parse(&self.phase)?,
            opened: self.opened,
            self_until: self.self_until,
            publicity,
            result_version: self.result_version,
            participants: self.participants,
        })
    }
}

/// Writes a cycle nobody sees yet: `ready` is 0, becomes 1 in [`make_ready`] when its sheets are there, and 2 in [`withdraw`].
///
/// # Errors
/// The engine's own.
pub async fn insert(tx: &mut Tx<'_>, c: &Cycle) -> Result<()> {
    let edition = |e: Option<EditionId>| e.map(|e| e.to_string()).unwrap_or_default();
    let bindings = format!("{},{}", edition(c.bindings.standard), edition(c.bindings.star_rules));
    tx.exec(
        "INSERT INTO cycle (id, year, title, root, scheme, bindings, phase, ready, opened, self_until, result_version, participants)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 0, 0)",
        &params![&c.id, c.year, &c.title, &c.root, &c.bindings.scheme, &bindings, c.phase.name(), c.opened, c.self_until],
    )
    .await?;
    Ok(())
}

/// # Errors
/// [`db::Error::Missing`] if it is not one that was being opened.
pub async fn make_ready(tx: &mut Tx<'_>, id: CycleId, participants: i64) -> Result<()> {
    let n = tx.exec("UPDATE cycle SET ready = 1, participants = $2 WHERE id = $1 AND ready = 0", &params![&id, participants]).await?;
    if n == 1 { Ok(()) } else { Err(db::Error::Missing) }
}

/// A cycle whose root, or a branch of which, is within reach of the grant. Cycles are not secret within their root.
///
/// # Errors
/// Missing and out of reach are the same `not-found`; `cycle-is-withdrawn` for one that was, with who did it, when and why.
pub async fn one<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, id: CycleId) -> Result<Cycle> {
    let (root, found) = match any(tx, id).await {
        Ok(cycle) => (cycle.root, Ok(cycle)),
        Err(db::Error::Missing) => {
            let withdrawn = gone(tx, id).await?;
            (withdrawn.root, Err(withdrawn.refusal()))
        }
        Err(e) => return Err(e),
    };
    let root = tree::node(tx, root).await?.path;
    let related = grant.posts().iter().any(|h| h.path.as_ref().is_none_or(|p| p.covers(&root) || root.covers(p)));
    if related { Ok(found?) } else { Err(Error { key: "outside-scope", ..Error::not_found() }.into()) }
}

/// The cycle of something the reader has been admitted to.
///
/// # Errors
/// `cycle-is-withdrawn` for one that was; `not-found` if there is no such cycle.
pub async fn of_admitted(tx: &mut Tx<'_>, id: CycleId) -> Result<Cycle> {
    match any(tx, id).await {
        Err(db::Error::Missing) => Err(gone(tx, id).await?.refusal().into()),
        found => found,
    }
}

async fn gone(tx: &mut Tx<'_>, id: CycleId) -> Result<Withdrawn> {
    tx.one(withdrawn!(" AND c.id = $1"), &params![&id]).await
}

/// A cycle whatever the scope: for units that have checked it, jobs and commands.
///
/// # Errors
/// `not-found` if there is no such cycle.
pub async fn any(tx: &mut Tx<'_>, id: CycleId) -> Result<Cycle> {
    tx.one::<Line>(ONE, &params![&id]).await?.cycle()
}

/// All cycles, newest year first. There are few: one or two a year.
///
/// # Errors
/// The engine's own.
pub async fn all(db: &Db) -> Result<Vec<Cycle>> {
    let lines: Vec<Line> = db
        .read(async |tx| {
            tx.all(
                "SELECT id, year, title, root, scheme, bindings, phase, opened, self_until, publicity_from, publicity_until,
                   publicity_provisional, result_version, participants FROM cycle WHERE ready = 1 ORDER BY year DESC, id DESC",
                &[],
            )
            .await
        })
        .await?;
    lines.into_iter().map(Line::cycle).collect()
}

/// Those whose root, or a branch of which, is within reach of the grant; newest year first, and of one year the one with most
/// branches, which is the whole of what others are parts of.
///
/// # Errors
/// The engine's own.
pub async fn seen<P: Permission>(db: &Db, grant: &Grant<P>) -> Result<Vec<Cycle>> {
    let (all, g) = (all(db).await?, grant.clone());
    db.read(async move |tx| {
        let mut seen = Vec::new();
        for c in &all {
            seen.extend(one(tx, &g, c.id).await.ok());
        }
        seen.sort_by_key(|c: &Cycle| (Reverse(c.year), Reverse(c.participants)));
        Ok(seen)
    })
    .await
}

db::row! {
    /// A cycle that was opened by mistake and takes part in nothing any more.
    #[derive(Clone, Debug)]
    pub struct Withdrawn {
        pub title: String, pub root: OrgId, pub participants: i64, pub day: BusinessDate, pub by_name: String, pub reason: String,
    }
}

impl Withdrawn {
    /// What an old link to it, or to anything of it, is answered with.
    fn refusal(&self) -> Error {
        Error::conflict("cycle-is-withdrawn").with("day", self.day).with("by", &self.by_name).with("reason", &self.reason)
    }
}

/// Those that were withdrawn, newest year first.
///
/// # Errors
/// The engine's own.
pub async fn withdrawn(tx: &mut Tx<'_>) -> Result<Vec<Withdrawn>> {
    tx.all(withdrawn!(""), &[]).await
}

/// What people have put into a cycle in preparation: anything filled, files on their way. Teams and draws are nobody's work
/// yet: they go with the cycle, and their records stay.
///
/// # Errors
/// The engine's own.
pub async fn begun(tx: &mut Tx<'_>, id: CycleId) -> Result<i64> {
    tx.one(
        "SELECT (SELECT COUNT(*) FROM sheet WHERE cycle = $1
                   AND (self_state <> 'untouched' OR acceptance_state <> 'untouched' OR recheck_state <> 'untouched'))
              + (SELECT COUNT(*) FROM score s JOIN sheet h ON h.id = s.sheet WHERE h.cycle = $1)
              + (SELECT COUNT(*) FROM claim s JOIN sheet h ON h.id = s.sheet WHERE h.cycle = $1)
              + (SELECT COUNT(*) FROM intake WHERE cycle = $1 AND state <> 'done')",
        &params![&id],
    )
    .await
}

/// How many teams and draws there are of a cycle.
///
/// # Errors
/// The engine's own.
pub async fn sent(tx: &mut Tx<'_>, id: CycleId) -> Result<(i64, i64)> {
    let teams = tx.one("SELECT COUNT(*) FROM team WHERE cycle = $1", &params![&id]).await?;
    Ok((teams, tx.one("SELECT COUNT(*) FROM draw WHERE cycle = $1", &params![&id]).await?))
}

/// From now on nobody sees it but in the list of what was withdrawn. The line of its history keeps who did it and why.
///
/// # Errors
/// `cycle-moved` if somebody moved it meanwhile.
pub async fn withdraw(tx: &mut Tx<'_>, cycle: &Cycle, step: &Step<'_>) -> Result<()> {
    let sql = "UPDATE cycle SET ready = 2 WHERE id = $1 AND ready = 1 AND phase = $2";
    if tx.exec(sql, &params![&cycle.id, cycle.phase.name()]).await? != 1 {
        return Err(Error::conflict("cycle-moved").into());
    }
    line(tx, cycle.id, "withdrawn", step).await
}

/// Moves a cycle to a phase and records who moved it, when and why.
///
/// # Errors
/// `cycle-moved` if somebody moved it meanwhile.
pub async fn set_phase(tx: &mut Tx<'_>, from: &Cycle, to: Phase, step: &Step<'_>) -> Result<()> {
    let n = tx.exec("UPDATE cycle SET phase = $2 WHERE id = $1 AND phase = $3", &params![&from.id, to.name(), from.phase.name()]).await?;
    if n != 1 {
        return Err(Error::conflict("cycle-moved").into());
    }
    line(tx, from.id, to.name(), step).await
}

async fn line(tx: &mut Tx<'_>, id: CycleId, phase: &str, step: &Step<'_>) -> Result<()> {
    let no: i64 = tx.one("SELECT COUNT(*) + 1 FROM cycle_phase WHERE cycle = $1", &params![&id]).await?;
    tx.exec(
        "INSERT INTO cycle_phase (cycle, no, phase, day, at, by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &params![&id, no, phase, step.day, step.at, step.by, step.reason],
    )
    .await
    .map(drop)
}

/// Who moves a cycle, when and why.
pub struct Step<'a> {
    pub day: BusinessDate,
    pub at: Instant,
    pub by: &'a str,
    pub reason: &'a str,
}

/// # Errors
/// The engine's own.
pub async fn set_publicity(tx: &mut Tx<'_>, id: CycleId, p: &Publicity) -> Result<()> {
    tx.exec(
        "UPDATE cycle SET publicity_from = $2, publicity_until = $3, publicity_provisional = $4 WHERE id = $1",
        &params![&id, p.from, p.until, i64::from(p.provisional)],
    )
    .await?;
    Ok(())
}

db::row! {
    /// A line of a cycle's history.
    #[derive(Clone, Debug)]
    pub struct PhaseLine { pub phase: String, pub day: BusinessDate, pub at: Instant, pub by_name: String, pub reason: String }
}

/// # Errors
/// The engine's own.
pub async fn phases(tx: &mut Tx<'_>, id: CycleId) -> Result<Vec<PhaseLine>> {
    tx.all("SELECT phase, day, at, by_name, reason FROM cycle_phase WHERE cycle = $1 ORDER BY no", &params![&id]).await
}

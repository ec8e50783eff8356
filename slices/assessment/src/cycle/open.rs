//! Opening a cycle: who takes part, and where each stands in the tree on that day.
use super::phase::Phase;
use super::{Cycle, store};
use crate::carried::{self, Way};
use crate::sheet::{self, State, counted, store::Sheet};
use audit::{Author, Event};
use db::{Db, Result as Read};
use kernel::{BusinessDate, CycleId, Error, Instant, OrgId, OrgPath, Result, SchemeId, SheetId};
use organisations::import::Organisations;
use organisations::{OrgKind, Organisation};
use rectification::By;
use std::collections::HashMap;

/// Rows read, and sheets written, at once: a chunk stays well under 50 ms, so other writers do not wait.
const CHUNK: usize = 500;

/// What somebody asks for. The grant over `root` has been checked.
#[derive(Clone, Debug)]
pub struct Opening {
    pub scheme: SchemeId,
    pub year: i64,
    pub root: OrgId,
    pub title: String,
    /// The day whose tree is copied.
    pub day: BusinessDate,
    pub self_until: BusinessDate,
}

/// Opens a cycle: every branch of type 631 and 632 below the root on that day gets a sheet. It becomes visible as a
/// whole, by one row; until then only rows nobody sees are written.
///
/// # Errors
/// `cycle-no-branches` if nobody would take part; not found for a scheme or organisation that is not there.
pub async fn open<A: Author>(db: &Db, by: &A, asked: Opening) -> Result<CycleId> {
    let bindings = standards::bindings(db, asked.scheme, asked.day).await?;
    // A file of organisations that counts but is not carried over whole yet would leave branches out for the whole year.
    organisations::import::resume::<Organisations>(db, Instant::now()).await?;
    let sheets = participants(db, asked.root, asked.day).await?;
    if sheets.is_empty() {
        return Err(Error::invalid("cycle-no-branches").at("root"));
    }
    let id = CycleId::new();
    let cycle = Cycle {
        id,
        year: asked.year,
        title: asked.title.clone(),
        root: asked.root,
        bindings,
        phase: Phase::Preparation,
        opened: asked.day,
        self_until: asked.self_until,
        publicity: None,
        result_version: 0,
        participants: sheets.len() as i64,
    };
    let new = cycle.clone();
    audit::stage(db, async move |tx| store::insert(tx, &new).await).await?;
    for chunk in sheets.chunks(CHUNK) {
        let rows: Vec<Sheet> = chunk.iter().map(|s| Sheet { cycle: id, ..s.clone() }).collect();
        audit::stage(db, async move |tx| {
            for row in &rows {
                sheet::store::insert(tx, row).await?;
                counted::takes_part(tx, id, &row.path, &row.category).await?;
            }
            Ok(())
        })
        .await?;
    }
    let (at, name, opened) = (Instant::now(), by.name(), cycle.clone());
    let hand = By { account: None, name: by.name(), day: opened.opened, at };
    let who = hand.clone();
    let ready: CycleId = audit::change(db, by, async move |tx| {
        store::make_ready(tx, id, cycle.participants).await?;
        let step = store::Step { day: cycle.opened, at, by: &name, reason: "" };
        store::set_phase(tx, &cycle, Phase::Preparation, &step).await?;
        carried::owe(tx, id, Way::Into, &who).await?;
        let event =
            Event::new("cycle.open", format!("cycle:{id}")).at(cycle.root).with("year", cycle.year).with("branches", cycle.participants);
        Ok((id, event))
    })
    .await?;
    if ready != id {
        // Sent again: the first one's cycle stands, and nobody sees the rows of this one.
        return Ok(ready);
    }
    let scheme = standards::scheme(db, opened.scheme()).await?;
    carried::carry_all(db, &opened, &scheme, Way::Into, &hand).await?;
    Ok(id)
}

/// How many branches would take part.
///
/// # Errors
/// `not-found` for a root that is not there.
pub async fn would_take_part(db: &Db, root: OrgId, day: BusinessDate) -> Result<usize> {
    Ok(participants(db, root, day).await?.len())
}

/// The branches below `root` on a day, as sheets of no cycle yet, in path order.
async fn participants(db: &Db, root: OrgId, day: BusinessDate) -> Result<Vec<Sheet>> {
    let top = tree::path(db, root).await?.ok_or_else(Error::not_found)?;
    let mut branches = all_of(db, OrgKind::Branch).await?;
    branches.extend(all_of(db, OrgKind::JointBranch).await?);
    let committees = all_of(db, OrgKind::Committee).await?;
    let placed = db.read(async move |tx| tree::subtree_on(tx, &top, day).await).await?;
    let units: HashMap<&str, OrgId> =
        placed.iter().filter(|(org, _)| committees.contains_key(org)).map(|(org, path)| (path.as_str(), *org)).collect();
    Ok(placed.iter().filter_map(|(org, path)| branches.remove(org).map(|b| sheet_of(b, path, unit_of(path, &units)))).collect())
}

/// The nearest committee above; nobody inspects a branch under the unit committee of their own.
fn unit_of(path: &OrgPath, committees: &HashMap<&str, OrgId>) -> Option<OrgId> {
    let line: Vec<&str> = path.line().collect();
    line.into_iter().rev().skip(1).find_map(|above| committees.get(above).copied())
}

/// Committees, and the one nearest above each organisation on a day.
pub struct Units {
    committees: HashMap<OrgId, Organisation>,
    above: HashMap<OrgId, OrgId>,
}

impl Units {
    /// The unit committee above an organisation of the subtree.
    pub fn above(&self, org: OrgId) -> Option<OrgId> {
        self.above.get(&org).copied()
    }
    pub fn code(&self, committee: OrgId) -> Option<&str> {
        self.committees.get(&committee).map(|o| o.code.as_str())
    }
}

/// The unit committees of everything below `root` on a day.
///
/// # Errors
/// `not-found` for a root that is not there.
pub async fn units_on(db: &Db, root: OrgId, day: BusinessDate) -> Result<Units> {
    let top = tree::path(db, root).await?.ok_or_else(Error::not_found)?;
    let committees = all_of(db, OrgKind::Committee).await?;
    let placed = db.read(async move |tx| tree::subtree_on(tx, &top, day).await).await?;
    let known: HashMap<&str, OrgId> =
        placed.iter().filter(|(org, _)| committees.contains_key(org)).map(|(org, path)| (path.as_str(), *org)).collect();
    let above = placed.iter().filter_map(|(org, path)| unit_of(path, &known).map(|unit| (*org, unit))).collect();
    Ok(Units { committees, above })
}

async fn all_of(db: &Db, kind: OrgKind) -> Result<HashMap<OrgId, Organisation>> {
    let mut all = HashMap::new();
    let mut after = None;
    loop {
        let page: Read<Vec<Organisation>> = db.read(async move |tx| organisations::of_kind(tx, kind, after, CHUNK as i64).await).await;
        let page = page?;
        after = page.last().map(|o| o.id);
        let last = page.len() < CHUNK;
        all.extend(page.into_iter().map(|o| (o.id, o)));
        if last {
            return Ok(all);
        }
    }
}

fn sheet_of(org: Organisation, path: &OrgPath, unit: Option<OrgId>) -> Sheet {
    Sheet {
        id: SheetId::new(),
        cycle: CycleId::from_bytes([0; 16]),
        org: org.id,
        code: org.code,
        name: org.name,
        category: org.category,
        path: path.clone(),
        unit,
        self_state: State::Untouched,
        acceptance_state: State::Untouched,
        recheck_state: State::Untouched,
        late_until: None,
        total: None,
        grade: None,
        star: None,
    }
}

//! Publicity on paper. A notice hangs where its branches are: what one notice does not hold is printed unit by unit, so that
//! nobody hangs up a part and takes it for the whole, and a page weighs no more than any other.
use super::kept::{self, Edition};
use super::pages::{above, readable};
use super::rows::{Row, lines};
use super::rules;
use crate::cycle::Cycle;
use crate::sheet::counted::{below as count_below, just_below as count_just_below};
use crate::sheet::listing::page as sheets;
use crate::sheet::store::{Sheet, of_org};
use access::{Grant, Reach, SignedIn};
use askama::Template;
use db::{Result as Unit, Tx};
use kernel::{CycleId, Error, OrgId, OrgPath};
use organisations::{OrgKind, Organisation};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use web::{Asked, At, Crumb, Page, Pager, T, Ui};

/// Branches of one notice: some eight sheets of A4, and a page within the guide's weight.
const NOTICE: i64 = 250;
/// Units on one page to choose from.
const UNITS: usize = 100;
/// Organisations of a level read at once.
const CHUNK: i64 = 500;

#[derive(Template)]
#[template(path = "publicity/print.html")]
struct Paper {
    t: T,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    /// Whose branches they are, and how many.
    place: String,
    total: i64,
    /// Nothing to print here: choose one of them.
    units: Vec<Choice>,
    rows: Vec<Row>,
    /// More of this place stands on another page.
    part: bool,
    pager: Pager,
    /// Whose publicity it is: paper is signed with it.
    issuer: String,
    /// When the data of the figures were read; `None` while they are being computed, and once they are final.
    as_of: Option<String>,
}

struct Choice {
    name: String,
    branches: i64,
    address: String,
}

/// `?under=` a place in the cycle's copy of the tree, `own=` only the branches directly below it, `after=` a code.
#[derive(Deserialize, Serialize, Default, Clone)]
pub struct Query {
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

impl Query {
    fn address(&self, cycle: CycleId) -> String {
        format!("/assess/{cycle}/publicity/print?{}", serde_urlencoded::to_string(self).unwrap_or_default())
    }
    fn after(&self) -> &str {
        self.after.as_deref().unwrap_or_default()
    }
}

pub async fn print(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycle = readable(&ui, &grant, id).await?;
    rules::shown(&cycle)?;
    let (c, asked) = (cycle.clone(), q.clone());
    let found = ui.db.read(async move |tx| Found::read(tx, &c, &asked).await).await?;
    let year = ui.t.text("cycle-of-year").with("year", cycle.year);
    let mut crumbs = vec![above(&ui, &cycle, year).await, Crumb::link(ui.t.text("publicity-title"), format!("/assess/{id}/publicity"))];
    if q.under.is_some() {
        crumbs.push(Crumb::link(ui.t.text("publicity-print"), Query::default().address(id)));
    }
    let place = if q.own.is_some() { just_below(ui.t, &found.place) } else { found.place.clone() };
    crumbs.push(Crumb::here(if q.under.is_some() { place.clone() } else { ui.t.text("publicity-print").to_string() }));
    let mut units: Vec<Choice> =
        found.units.into_iter().map(|u| Choice { name: u.name, branches: u.branches, address: u.ask.address(id) }).collect();
    if found.directly > 0 {
        let ask = Query { own: Some("1".into()), under: Some(found.path.to_string()), after: None };
        units.push(Choice { name: just_below(ui.t, &found.place), branches: found.directly, address: ask.address(id) });
    }
    let pager = Pager { after: found.next.map(|after| Query { after: Some(after), ..q.clone() }.address(id)), ..Pager::default() };
    let body = Paper {
        t: ui.t,
        crumbs,
        place,
        total: found.total,
        units,
        part: pager.after.is_some() || q.after.is_some(),
        rows: found.rows,
        pager,
        issuer: found.issuer,
        as_of: found.edition.map(|e| ui.clock().business_time(e.at)),
        cycle,
    };
    ui.page("assessment/publicity/print.html", "publicity-title", body).await
}

fn just_below(t: T, place: &str) -> String {
    t.text("publicity-directly").with("name", place).to_string()
}

/// A unit that has branches below it.
struct Below {
    code: String,
    name: String,
    branches: i64,
    ask: Query,
}

struct Found {
    place: String,
    path: OrgPath,
    total: i64,
    units: Vec<Below>,
    /// Branches directly below the place, beside its units.
    directly: i64,
    rows: Vec<Row>,
    next: Option<String>,
    issuer: String,
    edition: Option<Edition>,
}

impl Found {
    async fn read(tx: &mut Tx<'_>, c: &Cycle, q: &Query) -> Unit<Self> {
        let (org, path) = place(tx, c, q.under.as_deref()).await?;
        let (own, after) = (q.own.is_some(), q.after());
        let total = if own { count_just_below(tx, c, org).await? } else { count_below(tx, c.id, &path).await? };
        let (mut units, mut directly, mut next) = (Vec::new(), 0, None);
        if !own && total > NOTICE {
            units = below(tx, c, org, after).await?;
            if units.len() > UNITS {
                units.truncate(UNITS);
                next = units.last().map(|unit| unit.code.clone());
            }
            if !units.is_empty() && after.is_empty() {
                directly = count_just_below(tx, c, org).await?;
            }
        }
        let mut rows = Vec::new();
        if units.is_empty() {
            let found = match own {
                true => directly_below(tx, c, org, after).await?,
                false => sheets(tx, c.id, &Reach::of([Some(path.clone())]), Some(after), NOTICE + 1).await?,
            };
            let more = found.len() as i64 > NOTICE;
            rows = lines(tx, c, found.into_iter().take(NOTICE as usize).collect()).await?;
            next = rows.last().filter(|_| more).map(|row| row.code.clone());
        }
        let called = organisations::named(tx, &[org, c.root]).await?;
        let name = |id: OrgId| called.iter().find(|o| o.id == id).map(|o| o.name.clone()).unwrap_or_default();
        let edition = if c.is_final() { None } else { kept::edition(tx, c.id).await? };
        Ok(Self { place: name(org), path, total, units, directly, rows, next, issuer: name(c.root), edition })
    }
}

/// Where it stood on the opening day; without any other place the cycle's root.
async fn place(tx: &mut Tx<'_>, c: &Cycle, under: Option<&str>) -> Unit<(OrgId, OrgPath)> {
    let root = tree::placed(tx, &[c.root], c.opened).await?.pop().ok_or_else(Error::not_found)?.path;
    let Some(under) = under else { return Ok((c.root, root)) };
    let path = OrgPath::parse(under).ok().filter(|path| root.covers(path)).ok_or_else(Error::not_found)?;
    let org = tree::org_at(tx, &path, c.opened).await?.ok_or_else(Error::not_found)?;
    Ok((org, path))
}

/// The units just below a place that have branches, behind a code, one more than a page has.
async fn below(tx: &mut Tx<'_>, c: &Cycle, org: OrgId, after: &str) -> Unit<Vec<Below>> {
    let (mut all, mut after) = (Vec::new(), after.to_owned());
    loop {
        let level = organisations::below(tx, org, c.opened, &after, CHUNK).await?;
        let Some(last) = level.last() else { return Ok(all) };
        after.clone_from(&last.code);
        let units: Vec<Organisation> = level.into_iter().filter(|org| !is_branch(org)).collect();
        let ids: Vec<OrgId> = units.iter().map(|unit| unit.id).collect();
        let mut paths: HashMap<OrgId, OrgPath> = tree::placed(tx, &ids, c.opened).await?.into_iter().map(|p| (p.org, p.path)).collect();
        for unit in units {
            let Some(path) = paths.remove(&unit.id) else { continue };
            let branches = count_below(tx, c.id, &path).await?;
            if branches > 0 {
                let ask = Query { under: Some(path.to_string()), ..Query::default() };
                all.push(Below { code: unit.code, name: unit.name, branches, ask });
            }
            if all.len() > UNITS {
                return Ok(all);
            }
        }
    }
}

/// The branches just below a place, behind a code, one more than a notice has.
async fn directly_below(tx: &mut Tx<'_>, c: &Cycle, org: OrgId, after: &str) -> Unit<Vec<Sheet>> {
    let (mut all, mut after) = (Vec::new(), after.to_owned());
    while all.len() as i64 <= NOTICE {
        let level = organisations::below(tx, org, c.opened, &after, CHUNK).await?;
        let Some(last) = level.last() else { break };
        after.clone_from(&last.code);
        for branch in level.iter().filter(|org| is_branch(org)) {
            all.extend(of_org(tx, c.id, branch.id).await?);
        }
    }
    Ok(all)
}

fn is_branch(org: &Organisation) -> bool {
    OrgKind::parse(&org.kind).is_ok_and(|kind| matches!(kind, OrgKind::Branch | OrgKind::JointBranch))
}

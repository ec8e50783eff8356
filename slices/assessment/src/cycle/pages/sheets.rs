//! The sheets of a cycle within one's scope, by state; reminding and late permissions.
use super::counts::{Count, counts};
use crate::cycle::advance::{behind, permit_late as permit};
use crate::cycle::remind::{owes, remind as remind_all};
use crate::cycle::{Cycle, store};
use crate::sheet::store::{self as sheets, Listing};
use crate::sheet::{State, rechecked};
use crate::{CycleLead, SheetRead};
use access::{Grant, Permission, Reach};
use askama::Template;
use db::{Result as Unit, Tx};
use kernel::{BusinessDate, CycleId, Error, Kind, OrgPath, Result, SheetId};
use scoring::Layer;
use serde::{Deserialize, Serialize};
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

/// `?layer=&state=&under=&category=&grade=&after=`; the state is one of the layer `self`, `acceptance` or `recheck`, `under` a
/// place in the cycle's copy of the tree, or several with commas between. The re-check lists only the branches that were drawn.
#[derive(Deserialize, Serialize, Default)]
pub struct Query {
    pub layer: Option<String>,
    pub state: Option<String>,
    pub under: Option<String>,
    pub category: Option<String>,
    pub grade: Option<String>,
    pub after: Option<String>,
}

impl Query {
    /// # Errors
    /// Not found for a state there is not, and for a place outside the reach.
    pub fn listing(&self, cycle: CycleId, reach: Reach) -> Result<Listing> {
        let state = self.state.as_deref().filter(|s| !s.is_empty()).map(State::parse).transpose().map_err(|_| Error::not_found())?;
        let under = self.under.as_deref().unwrap_or_default().split(',').filter(|s| !s.is_empty());
        let under = under.map(OrgPath::parse).collect::<Result<Vec<_>>>()?;
        let reach = match under.as_slice() {
            [] => reach,
            places if places.iter().all(|path| reach.covers(path)) => Reach::of(under.into_iter().map(Some)),
            _ => return Err(Error::not_found()),
        };
        let after = self.after.as_deref().map(OrgPath::parse).transpose()?;
        let layer = self.layer();
        Ok(Listing { cycle, layer, state, category: self.category.clone(), grade: self.grade.clone(), reach, after, limit: PAGE })
    }
    /// What one may open of this page, and where the next begins. The first page also has what has come into one's reach since
    /// the cycle opened.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn page(
        tx: &mut Tx<'_>,
        grant: &Grant<SheetRead>,
        cycle: &Cycle,
        l: &Listing,
        whole: bool,
    ) -> Unit<(Vec<sheets::Sheet>, Option<OrgPath>)> {
        let rows = sheets::list(tx, l).await?;
        let last = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|s| s.path.clone());
        let mut seen = sheets::within(tx, grant, rows).await?;
        // Nothing can come into the reach of whoever has all of the cycle in it.
        let all = grant.reach().covers(&tree::node(tx, cycle.root).await?.path);
        if whole && !all && l.after.is_none() {
            let arrived = sheets::arrived(tx, l).await?;
            let arrived = drawn(tx, l, arrived).await?;
            seen.splice(..0, sheets::within(tx, grant, arrived).await?);
        }
        Ok((seen, last))
    }
    /// The reader's whole reach is listed, not one place in it.
    pub fn whole(&self) -> bool {
        self.under.as_deref().is_none_or(str::is_empty)
    }
    /// How many of its branches a list by the cycle's copy does not show, because they have left the reader's reach, and how many
    /// it shows beside them, because they have come into it; by their state.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn moves<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, cycle: &Cycle, l: &Listing, whole: bool) -> Unit<Moves> {
        let states = |rows: Vec<sheets::Sheet>| rows.iter().map(|s| s.state(l.layer)).collect();
        let gone = sheets::departed(tx, grant, l).await?;
        let gone = states(drawn(tx, l, gone).await?);
        if !whole || grant.reach().covers(&tree::node(tx, cycle.root).await?.path) {
            return Ok(Moves { gone, come: Vec::new() });
        }
        let come = sheets::arrived(tx, l).await?;
        let come = sheets::within(tx, grant, come).await?;
        let come = drawn(tx, l, come).await?;
        Ok(Moves { gone, come: states(come) })
    }
    /// The layer whose states the list goes by.
    pub fn layer(&self) -> Layer {
        let asked = |l: &Layer| self.layer.as_deref() == Some(l.name());
        [Layer::Acceptance, Layer::Recheck].into_iter().find(asked).unwrap_or(Layer::SelfAssessment)
    }
    /// As the links of the page keep the places that were asked for.
    fn kept(&self) -> String {
        let under = self.under.as_deref().filter(|under| !under.is_empty());
        under.and_then(|under| serde_urlencoded::to_string([("under", under)]).ok()).unwrap_or_default()
    }
    /// Where the list goes on.
    fn next(self, after: OrgPath) -> String {
        serde_urlencoded::to_string(Query { after: Some(after.to_string()), ..self }).unwrap_or_default()
    }
}

/// States of the branches that stand elsewhere today than in the cycle's copy.
#[derive(Default)]
pub struct Moves {
    pub gone: Vec<State>,
    pub come: Vec<State>,
}

/// The re-check lists only what was drawn.
async fn drawn(tx: &mut Tx<'_>, l: &Listing, rows: Vec<sheets::Sheet>) -> Unit<Vec<sheets::Sheet>> {
    if l.layer != Layer::Recheck { Ok(rows) } else { rechecked::among(tx, rows).await }
}

#[derive(Template)]
#[template(path = "cycle/sheets.html")]
struct Sheets {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    counts: Vec<Count>,
    /// Of the reach, or the places asked for.
    all: i64,
    /// Of those places, what has left the reader's reach.
    gone: usize,
    kept: String,
    layer: &'static str,
    state: String,
    /// Only one grade is shown.
    grade: Option<String>,
    rows: Vec<sheets::Sheet>,
    /// Drawn, and no team has been given it.
    nobodys: Vec<SheetId>,
    pager: Pager,
    reminding: Reminding,
    /// The reader may permit late self-assessments, and there is still time for them.
    may_permit: bool,
    until: BusinessDate,
    /// What was typed for a permission and refused.
    late: Late,
    /// What the page's own address asks for.
    here: String,
    errors: Errors,
}

/// What is said of 催办 to whoever leads the cycle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reminding {
    /// Nothing: the reader does not lead it, or everybody has finished.
    No,
    Offered,
    /// Some have not finished, and nobody can be reminded of it yet.
    Nobody,
}

async fn reminding(ui: &Ui, grant: &Grant<SheetRead>, cycle: &Cycle) -> Result<Reminding> {
    let Some(lead) = grant.also::<CycleLead>() else { return Ok(Reminding::No) };
    let (c, today) = (cycle.clone(), ui.today());
    let asked = ui.db.read(async move |tx| {
        Ok(match owes(tx, &c, &lead.reach(), today).await? {
            true => Reminding::Offered,
            false if behind(tx, &c).await? > 0 => Reminding::Nobody,
            false => Reminding::No,
        })
    });
    Ok(asked.await?)
}

impl Sheets {
    /// The permission of this very row was refused.
    fn again(&self, sheet: &SheetId) -> bool {
        !self.errors.is_empty() && SheetId::parse(&self.late.sheet).is_ok_and(|typed| typed == *sheet)
    }
}

pub async fn page(grant: Grant<SheetRead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    shown(&grant, &ui, id, q, Late::default(), Errors::none()).await
}

async fn shown(grant: &Grant<SheetRead>, ui: &Ui, id: CycleId, mut q: Query, late: Late, errors: Errors) -> web::Result<Page> {
    let (g, listing, whole) = (grant.clone(), q.listing(id, grant.reach())?, q.whole());
    let (recheck, of) = (listing.layer == Layer::Recheck, listing.clone());
    let (cycle, rows, nobodys, last) = ui
        .db
        .read(async move |tx| {
            let cycle = store::one(tx, &g, id).await?;
            let (rows, last) = Query::page(tx, &g, &cycle, &listing, whole).await?;
            let nobodys = if recheck { rechecked::nobodys(tx, &rows).await? } else { Vec::new() };
            Ok((cycle, rows, nobodys, last))
        })
        .await?;
    let layer = q.layer();
    let state = q.state.clone().unwrap_or_default();
    let grade = q.grade.clone().filter(|g| !g.is_empty());
    let kept = q.kept();
    // Said aloud, so that what is pressed here comes back here in every phase.
    q.layer = Some(layer.name().to_owned());
    let here = serde_urlencoded::to_string(&q).unwrap_or_default();
    let next = last.map(|path| format!("/assess/{id}/sheets?{}", q.next(path)));
    let (counts, moves) = counts(ui, grant, &cycle, Listing { state: None, category: None, grade: None, after: None, ..of }, whole).await?;
    let body = Sheets {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("cycle-sheets")),
        ],
        all: counts.iter().map(|c| c.n).sum(),
        gone: if whole { 0 } else { moves.gone.len() },
        kept,
        counts,
        layer: layer.name(),
        state,
        grade,
        rows,
        nobodys,
        pager: Pager { before: None, after: next, note: String::new() },
        reminding: reminding(ui, grant, &cycle).await?,
        may_permit: grant.also::<CycleLead>().is_some() && cycle.phase.takes_late() && !recheck,
        until: ui.today().plus_days(7),
        late,
        here,
        errors,
        cycle,
    };
    ui.page("assessment/cycle/sheets.html", "cycle-sheets", body).await
}

/// The list it was pressed on, as its address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Pressed {
    list: String,
}

/// A list as it was asked for, nothing else.
fn address(id: CycleId, list: &str) -> Option<String> {
    let list = serde_urlencoded::from_str::<Query>(list).ok().and_then(|q| serde_urlencoded::to_string(q).ok())?;
    Some(format!("/assess/{id}/sheets?{list}")).filter(|_| !list.is_empty())
}

pub async fn remind(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Pressed>) -> web::Result<See> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    let layer = cycle.phase.layer().name();
    let (c, reach, today) = (cycle.clone(), grant.reach(), ui.today());
    let owing = ui.db.read(async move |tx| owes(tx, &c, &reach, today).await).await?;
    let n = remind_all(&ui.db, &grant, cycle, grant.reach(), today).await?;
    let list = address(id, &f.list).unwrap_or_else(|| format!("/assess/{id}/sheets?layer={layer}"));
    let said = match (n, owing) {
        (0, false) => Flash::done("cycle-remind-none"),
        (0, true) => Flash::done("cycle-reminded-today"),
        _ => Flash::done("cycle-reminded").with("n", n),
    };
    Ok(See::to(list).flash(&said))
}

/// A written permission to hand in late, as it was typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Late {
    sheet: String,
    until: String,
    reason: String,
    /// The list it was given on, as its address.
    list: String,
}

pub async fn permit_late(
    grant: Grant<CycleLead>,
    ui: Ui,
    At((id,)): At<(CycleId,)>,
    Form(f): Form<Late>,
) -> web::Result<std::result::Result<See, Page>> {
    match (permitted(&grant, &ui, id, f.clone()).await, grant.also::<SheetRead>()) {
        (Ok(()), _) => {
            let to = address(id, &f.list).unwrap_or_else(|| format!("/assess/{id}/sheets"));
            Ok(Ok(See::to(to).flash(&Flash::done("cycle-late-permitted"))))
        }
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            let list = serde_urlencoded::from_str(&f.list).unwrap_or_default();
            Ok(Err(shown(&reader, &ui, id, list, f, e.into()).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

async fn permitted(grant: &Grant<CycleLead>, ui: &Ui, id: CycleId, f: Late) -> Result<()> {
    let (g, sheet) = (grant.clone(), SheetId::parse(&f.sheet)?);
    let sheet = ui.db.read(async move |tx| sheets::one(tx, &g, sheet).await).await?;
    if sheet.cycle != id {
        return Err(Error::not_found());
    }
    let until = BusinessDate::parse(&f.until).map_err(|e| e.at("until"))?;
    permit(&ui.db, grant, sheet, id, until, f.reason, ui.today()).await
}

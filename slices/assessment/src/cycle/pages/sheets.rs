//! The sheets of a cycle within one's scope, by state; reminding and late permissions.
use super::show::{Count, counts};
use crate::cycle::advance::permit_late as permit;
use crate::cycle::remind::remind as remind_all;
use crate::cycle::{Cycle, store};
use crate::sheet::store::{self as sheets, Listing};
use crate::sheet::{State, rechecked};
use crate::{CycleLead, SheetRead};
use access::{Grant, Reach};
use askama::Template;
use db::{Result as Unit, Tx};
use kernel::{BusinessDate, CycleId, Error, Kind, OrgPath, Result, SheetId};
use scoring::Layer;
use serde::{Deserialize, Serialize};
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

const PAGE: i64 = 50;

/// `?layer=&state=&under=&category=&grade=&after=`; the state is one of the layer `self`, `acceptance` or `recheck`, `under` a
/// place in the cycle's copy of the tree. The re-check lists only the branches that were drawn.
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
        let under = self.under.as_deref().filter(|s| !s.is_empty()).map(OrgPath::parse).transpose()?;
        let reach = match under {
            Some(path) if reach.covers(&path) => Reach::of([Some(path)]),
            Some(_) => return Err(Error::not_found()),
            None => reach,
        };
        let after = self.after.as_deref().map(OrgPath::parse).transpose()?;
        let layer = self.layer();
        Ok(Listing { cycle, layer, state, category: self.category.clone(), grade: self.grade.clone(), reach, after, limit: PAGE })
    }
    /// What one may open of this page, and where the next begins. The first page also has what has come into one's reach since
    /// the cycle opened; the re-check goes by the draw alone.
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
        if whole && !all && l.after.is_none() && l.layer != Layer::Recheck {
            let arrived = sheets::arrived(tx, l).await?;
            seen.splice(..0, sheets::within(tx, grant, arrived).await?);
        }
        Ok((seen, last))
    }
    /// The reader's whole reach is listed, not one place in it.
    pub fn whole(&self) -> bool {
        self.under.as_deref().is_none_or(str::is_empty)
    }
    /// The layer whose states the list goes by.
    fn layer(&self) -> Layer {
        let asked = |l: &Layer| self.layer.as_deref() == Some(l.name());
        [Layer::Acceptance, Layer::Recheck].into_iter().find(asked).unwrap_or(Layer::SelfAssessment)
    }
    /// Where the list goes on.
    fn next(self, after: OrgPath) -> String {
        serde_urlencoded::to_string(Query { after: Some(after.to_string()), ..self }).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "cycle/sheets.html")]
struct Sheets {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    counts: Vec<Count>,
    /// Of one's own reach.
    all: i64,
    layer: &'static str,
    state: String,
    /// Only one grade is shown.
    grade: Option<String>,
    rows: Vec<sheets::Sheet>,
    /// Drawn, and no team has been given it.
    nobodys: Vec<SheetId>,
    pager: Pager,
    may_lead: bool,
    /// The reader may permit late self-assessments, and there is still time for them.
    may_permit: bool,
    until: BusinessDate,
    /// What was typed for a permission and refused.
    late: Late,
    /// What the page's own address asks for.
    here: String,
    errors: Errors,
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

async fn shown(grant: &Grant<SheetRead>, ui: &Ui, id: CycleId, q: Query, late: Late, errors: Errors) -> web::Result<Page> {
    let (g, listing, whole) = (grant.clone(), q.listing(id, grant.reach())?, q.whole());
    let recheck = listing.layer == Layer::Recheck;
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
    let here = serde_urlencoded::to_string(&q).unwrap_or_default();
    let next = last.map(|path| format!("/assess/{id}/sheets?{}", q.next(path)));
    let counts = counts(ui, grant, &cycle, layer).await?;
    let body = Sheets {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("cycle-sheets")),
        ],
        all: counts.iter().map(|c| c.n).sum(),
        counts,
        layer: layer.name(),
        state,
        grade,
        rows,
        nobodys,
        pager: Pager { before: None, after: next, note: String::new() },
        may_lead: grant.also::<CycleLead>().is_some(),
        may_permit: grant.also::<CycleLead>().is_some() && cycle.phase.takes_late() && !recheck,
        until: ui.today().plus_days(7),
        late,
        here,
        errors,
        cycle,
    };
    ui.page("assessment/cycle/sheets.html", "cycle-sheets", body).await
}

#[derive(Deserialize)]
pub struct Nothing {}

pub async fn remind(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(_): Form<Nothing>) -> web::Result<See> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    let layer = cycle.phase.layer().name();
    let n = remind_all(&ui.db, &grant, cycle, grant.reach(), ui.today()).await?;
    Ok(See::to(format!("/assess/{id}/sheets?layer={layer}")).flash(&Flash::done("cycle-reminded").with("n", n)))
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
            let list = serde_urlencoded::from_str::<Query>(&f.list).ok().and_then(|q| serde_urlencoded::to_string(q).ok());
            let to = format!("/assess/{id}/sheets?{}", list.unwrap_or_default());
            Ok(Ok(See::to(to.trim_end_matches('?')).flash(&Flash::done("cycle-late-permitted"))))
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

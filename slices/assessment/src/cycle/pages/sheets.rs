//! The sheets of a cycle within one's scope, by state; late permissions.
use super::counts::{Count, counts};
use super::listing::Query;
use crate::cycle::advance::behind;
use crate::cycle::late::{self, permit};
use crate::cycle::remind::owes;
use crate::cycle::{Cycle, store};
use crate::sheet::listing::Listing;
use crate::sheet::rechecked;
use crate::sheet::store::Sheet;
use crate::{CycleLead, SheetRead};
use access::Grant;
use askama::Template;
use kernel::{BusinessDate, CycleId, Error, Kind, Result, SheetId};
use scoring::Layer;
use serde::Deserialize;
use web::{Asked, At, Crumb, Errors, Flash, Form, FormFields, Page, Pager, See, StatusCode, T, Ui};

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
    /// What else the list is limited to; see [`Query::only`].
    only: Vec<(&'static str, String, String)>,
    rows: Vec<Sheet>,
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
    /// 催办, which leads back here.
    remind: String,
    /// Its files.
    export: String,
    /// What it is limited to, in words.
    limits: Vec<String>,
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
    let (recheck, of, asked) = (listing.layer == Layer::Recheck, listing.clone(), q.clone());
    let (cycle, rows, nobodys, last, places) = ui
        .db
        .read(async move |tx| {
            let cycle = store::one(tx, &g, id).await?;
            let (rows, last) = Query::page(tx, &g, &cycle, &listing, whole).await?;
            let nobodys = if recheck { rechecked::nobodys(tx, &rows).await? } else { Vec::new() };
            let places = asked.named(tx, &cycle).await?;
            Ok((cycle, rows, nobodys, last, places))
        })
        .await?;
    let layer = q.layer();
    let state = q.state.clone().unwrap_or_default();
    let (kept, only) = (q.kept(), q.only(&places, cycle.is_final()));
    // Said aloud, so that what is pressed here comes back here in every phase.
    q.layer = Some(layer.name().to_owned());
    let here = serde_urlencoded::to_string(&q).unwrap_or_default();
    let export = serde_urlencoded::to_string(Query { after: None, ..q.clone() }).unwrap_or_default();
    let limits = super::export::asked(ui.t, &q, &cycle, &places);
    let next = last.map(|code| format!("/assess/{id}/sheets?{}", q.next(code)));
    let (counts, moves) = counts(ui, grant, &cycle, Listing { state: None, after: None, ..of }, whole).await?;
    let body = Sheets {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::here(ui.t.text("cycle-sheets")),
        ],
        limits,
        all: counts.iter().map(|c| c.n).sum(),
        gone: if whole { 0 } else { moves.gone.len() },
        kept,
        counts,
        layer: layer.name(),
        state,
        only,
        rows,
        nobodys,
        pager: Pager { before: None, after: next, note: String::new() },
        reminding: reminding(ui, grant, &cycle).await?,
        may_permit: grant.also::<CycleLead>().is_some() && cycle.phase.takes_late() && !recheck,
        until: late::first_day(cycle.phase, cycle.self_until, ui.today()).plus_days(6),
        late,
        remind: super::reminders::href(id, &here),
        here,
        export: format!("/assess/{id}/sheets/export?{export}"),
        errors,
        cycle,
    };
    ui.page("assessment/cycle/sheets.html", "cycle-sheets", body).await
}

/// A list as it was asked for, nothing else.
pub(super) fn address(id: CycleId, list: &str) -> Option<String> {
    let list = serde_urlencoded::from_str::<Query>(list).ok().and_then(|q| serde_urlencoded::to_string(q).ok())?;
    Some(format!("/assess/{id}/sheets?{list}")).filter(|_| !list.is_empty())
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
    let sheet = ui.db.read(async move |tx| crate::sheet::store::one(tx, &g, sheet).await).await?;
    if sheet.cycle != id {
        return Err(Error::not_found());
    }
    let until = BusinessDate::parse(&f.until).map_err(|e| e.at("until"))?;
    permit(&ui.db, grant, sheet, id, late::Late { until, reason: f.reason }, ui.today()).await
}

//! 催办 from the list of sheets: who would be told and who not stands on a page before anything is sent, and afterwards it is
//! said who was not reached (guide §10.11).
use super::sheets::address;
use crate::cycle::advance::behind;
use crate::cycle::remind::{Outlook, Preview, Sent, preview, remind};
use crate::cycle::{Cycle, store};
use crate::{CycleLead, SheetRead};
use access::Grant;
use askama::Template;
use kernel::CycleId;
use serde::Deserialize;
use web::{Asked, At, Crumb, Flash, Form, FormFields, Page, See, T, Ui};

/// The list it was pressed on, as its address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Pressed {
    list: String,
}

#[derive(Template)]
#[template(path = "cycle/reminders.html")]
struct Reminders {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    preview: Preview,
    /// Branches that have not finished either, of which nobody can do anything now: nobody is reminded of them.
    beyond: i64,
    /// Whoever may open the sheets is led to them.
    may_open: bool,
    list: String,
    /// Where it goes on.
    back: String,
}

/// The page, asked for from a list.
pub fn href(id: CycleId, list: &str) -> String {
    format!("/assess/{id}/reminders?{}", serde_urlencoded::to_string([("list", list)]).unwrap_or_default())
}

/// The list it was pressed on; that of the phase if that cannot be told.
fn back(cycle: &Cycle, list: &str) -> String {
    address(cycle.id, list).unwrap_or_else(|| format!("/assess/{}/sheets?layer={}", cycle.id, cycle.phase.layer().name()))
}

pub async fn page(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(f): Asked<Pressed>) -> web::Result<Page> {
    let (g, today) = (grant.clone(), ui.today());
    let read = ui.db.read(async move |tx| {
        let cycle = store::one(tx, &g, id).await?;
        let preview = preview(tx, &g, &cycle, today).await?;
        let listed = (preview.goes + preview.nobody + preview.today) as i64;
        let whole = !preview.more && g.admits(&tree::node(tx, cycle.root).await?.path).is_ok();
        let beyond = if whole { (behind(tx, &cycle).await? - listed).max(0) } else { 0 };
        Ok((cycle, preview, beyond))
    });
    let (cycle, preview, beyond) = read.await?;
    let back = back(&cycle, &f.list);
    let body = Reminders {
        t: ui.t,
        form: ui.form(),
        crumbs: vec![
            Crumb::link(ui.t.text("menu-assessment"), "/assess"),
            Crumb::link(&cycle.title, format!("/assess/{id}")),
            Crumb::link(ui.t.text("cycle-sheets"), back.as_str()),
            Crumb::here(ui.t.text("cycle-remind")),
        ],
        cycle,
        preview,
        beyond,
        may_open: grant.also::<SheetRead>().is_some(),
        list: f.list,
        back,
    };
    ui.page("assessment/cycle/reminders.html", "cycle-remind", body).await
}

pub async fn post(grant: Grant<CycleLead>, ui: Ui, At((id,)): At<(CycleId,)>, Form(f): Form<Pressed>) -> web::Result<See> {
    let g = grant.clone();
    let cycle = ui.db.read(async move |tx| store::one(tx, &g, id).await).await?;
    let to = back(&cycle, &f.list);
    let sent = remind(&ui.db, &grant, cycle, grant.reach(), ui.today()).await?;
    Ok(See::to(to).flash(&said(&sent)))
}

fn said(sent: &Sent) -> Flash {
    let named = |flash: Flash| {
        let more = if sent.nobody > sent.names.len() as i64 { "yes" } else { "no" };
        flash.with("left", sent.nobody).with("names", sent.names.join("、")).with("more", more)
    };
    match (sent.reminded, sent.nobody, sent.today) {
        (0, 0, 0) => Flash::done("cycle-remind-none"),
        (0, 0, _) => Flash::done("cycle-reminded-today"),
        (n, 0, _) => Flash::done("cycle-reminded").with("n", n),
        (n, _, _) => named(Flash::done("cycle-reminded-some").with("n", n)),
    }
}

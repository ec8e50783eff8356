//! The list of objections: all of them for the committee, their own for everybody else.
use super::pages::readable;
use super::store::{self, Answer, Objection};
use crate::ReviewRead;
use crate::cycle::Cycle;
use crate::sheet::store::any;
use access::{Grant, SignedIn};
use askama::Template;
use db::{Result as Read, Tx};
use kernel::{CycleId, ObjectionId, Result};
use serde::Deserialize;
use web::{Asked, At, Crumb, Page, Pager, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "publicity/objections.html")]
struct List {
    t: T,
    crumbs: Vec<Crumb>,
    cycle: Cycle,
    rows: Vec<Row>,
    /// All objections are shown, with who raised them.
    all: bool,
    pager: Pager,
}

struct Row {
    id: ObjectionId,
    /// Empty: about the whole.
    branch: String,
    by: String,
    raised: String,
    kind: &'static str,
    state: &'static str,
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<String>,
}

pub async fn page(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(CycleId,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let cycle = readable(&ui, &grant, id).await?;
    let all = reads_all(&ui, &grant, &cycle).await?;
    let of = if all { None } else { Some(grant.account()?) };
    let after = q.after.as_deref().map(ObjectionId::parse).transpose()?;
    let found = ui.db.read(async move |tx| found(tx, id, of, after).await).await?;
    let next = found.last().filter(|_| found.len() as i64 == PAGE).map(|f| format!("/assess/{id}/objections?after={}", f.0.id));
    let year = ui.t.text("cycle-of-year").with("year", cycle.year);
    let body = List {
        t: ui.t,
        crumbs: vec![Crumb::link(year, format!("/assess/{id}/publicity")), Crumb::here(ui.t.text("objections"))],
        rows: found.into_iter().map(|f| row(&ui, f)).collect(),
        all,
        pager: Pager { after: next, ..Pager::default() },
        cycle,
    };
    ui.page("assessment/publicity/objections.html", "objections", body).await
}

/// Whether the reader reviews this cycle: a committee's or a reviewer's post at the root or above.
pub(crate) async fn reads_all(ui: &Ui, grant: &Grant<SignedIn>, cycle: &Cycle) -> Result<bool> {
    let Some(path) = tree::path(&ui.db, cycle.root).await? else { return Ok(false) };
    Ok(grant.also::<ReviewRead>().is_some_and(|g| g.admits(&path).is_ok()))
}

type Found = (Objection, String, Vec<Answer>);

async fn found(tx: &mut Tx<'_>, cycle: CycleId, of: Option<kernel::AccountId>, after: Option<ObjectionId>) -> Read<Vec<Found>> {
    let mut all = Vec::new();
    for objection in store::page(tx, cycle, of, after, PAGE).await? {
        let branch = match objection.sheet {
            Some(sheet) => any(tx, sheet).await?.name,
            None => String::new(),
        };
        let answers = store::answers(tx, objection.id).await?;
        all.push((objection, branch, answers));
    }
    Ok(all)
}

fn row(ui: &Ui, (objection, branch, answers): Found) -> Row {
    let (kind, state) = state(&answers);
    Row { id: objection.id, branch, by: objection.by_name, raised: ui.clock().business_time(objection.at), kind, state }
}

/// Tag and text of how far an objection is.
pub(crate) fn state(answers: &[Answer]) -> (&'static str, &'static str) {
    match answers.last() {
        Some(a) if a.stands() && a.upheld() => ("ok", "objection-upheld"),
        Some(a) if a.stands() => ("info", "objection-dismissed"),
        _ => ("warn", "objection-open"),
    }
}

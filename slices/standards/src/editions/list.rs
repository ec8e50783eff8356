//! /standards: what is in force on a day, and everything else on request.
use super::store;
use crate::EditionPublish;
use crate::edition::{Edition, Kind, in_force};
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{BusinessDate, EditionId};
use serde::Deserialize;
use std::sync::Arc;
use web::{Asked, Page, T, Ui};

#[derive(Deserialize, Default)]
pub struct Filter {
    on: Option<String>,
    kind: Option<String>,
    show: Option<String>,
}

#[derive(Template)]
#[template(path = "edition/list.html")]
struct List {
    t: T,
    on: BusinessDate,
    /// Code of the kind asked for, or empty.
    kind: &'static str,
    kinds: &'static [Kind],
    everything: bool,
    valid: usize,
    all: usize,
    rows: Vec<Row>,
    may_publish: bool,
}

struct Row {
    edition: Arc<Edition>,
    standing: Standing,
}

/// How an edition stands on the day asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    InForce,
    Past,
    ToCome,
}

impl Standing {
    pub fn text(self) -> &'static str {
        match self {
            Standing::InForce => "standing-in-force",
            Standing::Past => "standing-past",
            Standing::ToCome => "standing-to-come",
        }
    }
    pub fn tag(self) -> &'static str {
        match self {
            Standing::InForce => "ok",
            Standing::Past => "",
            Standing::ToCome => "info",
        }
    }
}

pub async fn list(_: Grant<SignedIn>, ui: Ui, Asked(q): Asked<Filter>) -> web::Result<Page> {
    let on = q.on.as_deref().filter(|d| !d.is_empty()).map(BusinessDate::parse).transpose()?.unwrap_or_else(|| ui.today());
    let kind = q.kind.as_deref().map(Kind::parse).transpose()?;
    let all = store::editions(&ui.db).await?;
    let mut rows: Vec<Row> = rows(&all, on).into_iter().filter(|r| kind.is_none_or(|k| r.edition.head.kind == k)).collect();
    let (count, everything) = (rows.len(), q.show.as_deref() == Some("all"));
    let valid = rows.iter().filter(|r| r.standing == Standing::InForce).count();
    rows.retain(|r| everything || r.standing == Standing::InForce);
    let caller = ui.caller();
    let may_publish = caller.holds::<EditionPublish>();
    let kind = kind.map_or("", Kind::code);
    let body = List { t: ui.t, on, kind, kinds: Kind::ALL, everything, valid, all: count, rows, may_publish };
    ui.page("standards/edition/list.html", "standards-title", body).await
}

fn rows(all: &[(EditionId, Arc<Edition>)], on: BusinessDate) -> Vec<Row> {
    all.iter().map(|(_, edition)| Row { edition: edition.clone(), standing: standing(all, edition, on) }).collect()
}

pub(super) fn standing(all: &[(EditionId, Arc<Edition>)], edition: &Edition, on: BusinessDate) -> Standing {
    let of_code = all.iter().map(|(_, e)| e.as_ref()).filter(|e| e.head.code == edition.head.code);
    match in_force(of_code, on).first() {
        Some(valid) if valid.head.version == edition.head.version => Standing::InForce,
        _ if edition.head.effective_from.day() > on => Standing::ToCome,
        _ => Standing::Past,
    }
}

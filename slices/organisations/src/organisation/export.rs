//! 导出当前表: the organisations that the list or the search shows, by code.
use super::kind::OrgKind;
use super::list::{Query, asked, found};
use super::listing::{self, Asked as Wanted, Filter};
use super::store::Organisation;
use crate::OrganisationRead;
use access::Grant;
use audit::Event;
use axum::response::Response;
use tabular::{Cell, Column};
use web::{Asked, CHUNK, Rows, T, Table, Ui};

pub async fn get(grant: Grant<OrganisationRead>, ui: Ui, Asked(query): Asked<Query>) -> web::Result<Response> {
    let (q, f, t) = (query.sought(), Filter::parse(query.f.as_deref()), ui.t);
    let asked = asked(t, f, &q);
    let rows = if q.is_empty() {
        listed(&ui, Wanted { reach: grant.reach(), filter: f, after: String::new(), limit: CHUNK })
    } else {
        Rows::read(found(&ui, &grant, q).await?.into_iter().map(|o| cells(t, o)).collect())
    };
    let heads = [("org-name-label", 40.0), ("org-type-label", 16.0), ("org-category-label", 16.0), ("org-code-label", 18.0)];
    let table = Table {
        file: "organisations".into(),
        title: t.text("orgs-title").to_string(),
        columns: heads.into_iter().map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect(),
        rows,
        asked: vec![asked],
    };
    ui.export(&grant, Event::new("organisation.export", "organisations"), query.format.as_deref().unwrap_or_default(), table).await
}

fn listed(ui: &Ui, all: Wanted) -> Rows {
    let (db, t) = (ui.db.clone(), ui.t);
    Rows::behind(all, move |mut wanted| {
        let db = db.clone();
        async move {
            let asked = wanted.clone();
            let chunk = db.read(async move |tx| listing::page(tx, &asked).await).await?;
            let Some(last) = chunk.last() else { return Ok(None) };
            wanted.after.clone_from(&last.code);
            Ok(Some((chunk.into_iter().map(|o| cells(t, o)).collect(), wanted)))
        }
    })
}

fn cells(t: T, o: Organisation) -> Vec<Cell> {
    let kind = t.text(OrgKind::parse(&o.kind).map_or("org-type-631", OrgKind::text)).to_string();
    [o.name, kind, o.category, o.code].into_iter().map(Cell::Text).collect()
}

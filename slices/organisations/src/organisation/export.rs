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
use web::{Asked, CHUNK, T, Table, Ui};

pub async fn get(grant: Grant<OrganisationRead>, ui: Ui, Asked(query): Asked<Query>) -> web::Result<Response> {
    let (q, f, t) = (query.sought(), Filter::parse(query.f.as_deref()), ui.t);
    let asked = asked(t, f, &q);
    let all = if q.is_empty() { listed(&ui, &grant, f).await? } else { found(&ui, &grant, q).await? };
    let heads = [("org-name-label", 40.0), ("org-type-label", 16.0), ("org-category-label", 16.0), ("org-code-label", 18.0)];
    let table = Table {
        file: "organisations".into(),
        title: t.text("orgs-title").to_string(),
        columns: heads.into_iter().map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect(),
        rows: all.into_iter().map(move |o| cells(t, o)),
        asked: vec![asked],
    };
    ui.export(&grant, Event::new("organisation.export", "organisations"), query.format.as_deref().unwrap_or_default(), table).await
}

async fn listed(ui: &Ui, grant: &Grant<OrganisationRead>, filter: Filter) -> web::Result<Vec<Organisation>> {
    let (mut wanted, mut all) = (Wanted { reach: grant.reach(), filter, after: String::new(), limit: CHUNK }, Vec::new());
    loop {
        let asked = wanted.clone();
        let chunk = ui.db.read(async move |tx| listing::page(tx, &asked).await).await?;
        let Some(last) = chunk.last() else { return Ok(all) };
        wanted.after.clone_from(&last.code);
        all.extend(chunk);
    }
}

fn cells(t: T, o: Organisation) -> Vec<Cell> {
    let kind = t.text(OrgKind::parse(&o.kind).map_or("org-type-631", OrgKind::text)).to_string();
    [o.name, kind, o.category, o.code].into_iter().map(Cell::Text).collect()
}

//! 导出当前表: a branch's members as its list shows them, numbers masked.
use super::pages::status_key;
use super::store::{self, Member};
use crate::MemberRead;
use access::Grant;
use audit::Event;
use axum::response::Response;
use kernel::{MemberId, OrgId};
use serde::Deserialize;
use tabular::{Cell, Column};
use web::{Asked, At, CHUNK, Rows, T, Table, Ui};

#[derive(Deserialize, Default)]
pub struct Query {
    format: Option<String>,
}

pub async fn get(grant: Grant<MemberRead>, ui: Ui, At((id,)): At<(OrgId,)>, Asked(q): Asked<Query>) -> web::Result<Response> {
    let (g, t) = (grant.clone(), ui.t);
    let org = ui.db.read(async move |tx| organisations::one(tx, &g, id).await).await?.0;
    let db = ui.db.clone();
    let rows = Rows::behind(None, move |from: Option<(String, MemberId)>| {
        let db = db.clone();
        async move {
            let read = async move |tx: &mut db::Tx<'_>| store::of_org(tx, id, from.as_ref().map(|(s, m)| (s.as_str(), *m)), CHUNK).await;
            let chunk = db.read(read).await?;
            let Some(after) = chunk.last().map(|last| (last.sort.clone(), last.id)) else { return Ok(None) };
            Ok(Some((chunk.into_iter().map(|m| cells(t, m)).collect(), Some(after))))
        }
    });
    let heads = [("member-name-label", 14.0), ("member-status-label", 12.0), ("member-joined-label", 12.0), ("member-id-label", 22.0)];
    let table = Table {
        file: "members".into(),
        title: t.text("members-title").to_string(),
        columns: heads.into_iter().map(|(key, width)| Column::new(t.text(key).to_string(), width)).collect(),
        rows,
        asked: vec![org.name],
    };
    ui.export(&grant, Event::new("member.export", format!("org:{id}")).at(id), q.format.as_deref().unwrap_or_default(), table).await
}

fn cells(t: T, m: Member) -> Vec<Cell> {
    let status = Cell::Text(t.text(status_key(&m.status)).to_string());
    vec![Cell::Text(m.name), status, m.joined.map_or_else(Cell::empty, Cell::Date), Cell::Text(m.id_masked)]
}

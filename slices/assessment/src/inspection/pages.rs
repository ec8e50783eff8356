//! What an inspector has to do.
use super::store::{self, Behind, Task};
use crate::Inspect;
use access::Grant;
use askama::Template;
use serde::Deserialize;
use web::{Asked, Page, Pager, T, Ui};

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "inspection/tasks.html")]
struct Tasks {
    t: T,
    rows: Vec<Task>,
    pager: Pager,
}

#[derive(Deserialize, Default)]
pub struct Query {
    #[serde(default)]
    after: String,
}

pub async fn tasks(grant: Grant<Inspect>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (account, behind) = (grant.account()?, Behind::parse(&q.after));
    let rows = ui.db.read(async move |tx| store::tasks(tx, account, &behind, PAGE).await).await?;
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE);
    let next =
        last.and_then(|last| serde_urlencoded::to_string([("after", last.place())]).ok()).map(|after| format!("/inspections?{after}"));
    let pager = Pager { before: None, after: next, note: String::new() };
    ui.page("assessment/inspection/tasks.html", "menu-inspections", Tasks { t: ui.t, rows, pager }).await
}

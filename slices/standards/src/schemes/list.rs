//! /schemes: published schemes.
use super::store::{SchemeLine, schemes};
use crate::SchemePublish;
use access::{Grant, SignedIn};
use askama::Template;
use kernel::BusinessDate;
use web::{Page, T, Ui};

#[derive(Template)]
#[template(path = "scheme/list.html")]
struct List {
    t: T,
    today: BusinessDate,
    rows: Vec<SchemeLine>,
    may_publish: bool,
}

pub async fn list(_: Grant<SignedIn>, ui: Ui) -> web::Result<Page> {
    let rows = schemes(&ui.db).await?;
    let body = List { t: ui.t, today: ui.today(), rows, may_publish: ui.caller().holds::<SchemePublish>() };
    ui.page("standards/scheme/list.html", "schemes-title", body).await
}

//! /ledger/years/{year}: a past year that was brought in (外部结果), and a branch's grades over the years.
use super::store::{Behind, Filter, page as lines};
use crate::LedgerRead;
use crate::result::Line;
use access::Grant;
use askama::Template;
use db::{Result as Unit, Tx, params};
use kernel::{CycleId, Error, OrgId, Points};
use serde::Deserialize;
use web::{Asked, At, Crumb, Page, Pager, T, Ui};

const PAGE: i64 = 50;

db::row! {
    /// A year brought in.
    #[derive(Clone, Debug)]
    pub struct Past { pub id: CycleId, pub year: i64, pub file: String, pub by_name: String }
    /// A year of one branch.
    #[derive(Clone, Debug)]
    pub struct Year {
        pub year: i64, pub total: Option<Points>, pub grade: String, pub star: Option<i64>, pub change: Option<String>,
        /// 1 for 外部结果.
        pub external: i64,
    }
}

/// The years brought in, newest first; of several files for a year the last one counts.
///
/// # Errors
/// The engine's own.
pub async fn past(tx: &mut Tx<'_>) -> Unit<Vec<Past>> {
    let mut all: Vec<Past> = tx.all("SELECT id, year, file, by_name FROM past_ledger ORDER BY year DESC, at DESC", &[]).await?;
    all.dedup_by_key(|p| p.year);
    Ok(all)
}

/// A branch's results, newest year first.
///
/// # Errors
/// The engine's own.
pub async fn history(tx: &mut Tx<'_>, org: OrgId) -> Unit<Vec<Year>> {
    let mut years: Vec<Year> = tx
        .all(
            "SELECT c.year, r.total, r.grade, r.star, r.change, CAST(0 AS BIGINT) FROM result r
             JOIN cycle c ON c.id = r.cycle AND c.result_version = r.version
             WHERE r.org = $1 AND c.phase = 'final' ORDER BY c.year DESC",
            &params![&org],
        )
        .await?;
    for p in past(tx).await? {
        let of_year: Option<Year> = tx
            .opt(
                "SELECT CAST($3 AS BIGINT), total, grade, star, change, CAST(1 AS BIGINT) FROM result WHERE cycle = $1 AND version = 1 AND org = $2",
                &params![&p.id, &org, p.year],
            )
            .await?;
        years.extend(of_year.filter(|y| years.iter().all(|known| known.year != y.year)));
    }
    years.sort_by_key(|y| std::cmp::Reverse(y.year));
    Ok(years)
}

#[derive(Deserialize, Default)]
pub struct Query {
    /// `rank` puts them in the order of their ranks.
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "ledger/year.html")]
struct PastYear {
    t: T,
    crumbs: Vec<Crumb>,
    past: Past,
    by_rank: bool,
    rows: Vec<Line>,
    pager: Pager,
}

pub async fn page(grant: Grant<LedgerRead>, ui: Ui, At((year,)): At<(i64,)>, Asked(q): Asked<Query>) -> web::Result<Page> {
    let (reach, behind) = (grant.reach(), Behind::new(q.sort == "rank", &q.after));
    let (by_rank, start) = (behind.by_rank(), behind.clone());
    let (past, rows) = ui
        .db
        .read(async move |tx| {
            let known = past(tx).await?.into_iter().find(|p| p.year == year).ok_or_else(Error::not_found)?;
            let rows = lines(tx, &Filter::all(known.id, 1, reach.clone()), &start, PAGE).await?;
            Ok((known, rows))
        })
        .await?;
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|r| behind.then(r).to_string());
    let next = last.and_then(|after| serde_urlencoded::to_string([("sort", &q.sort), ("after", &after)]).ok());
    let body = PastYear {
        t: ui.t,
        crumbs: vec![Crumb::link(ui.t.text("menu-ledger"), "/ledger"), Crumb::here(year)],
        past,
        by_rank,
        rows,
        pager: Pager { before: None, after: next.map(|asked| format!("/ledger/years/{year}?{asked}")), note: String::new() },
    };
    ui.page("assessment/ledger/year.html", "menu-ledger", body).await
}

//! 评星定级: the cycles somebody's branches take part in; a secretary finds the own sheets at once.
use crate::cycle::{Cycle, store, store::Withdrawn};
use crate::sheet::store::of_org;
use crate::{CycleLead, CycleRead, SheetRead};
use access::Grant;
use askama::Template;
use kernel::SheetId;
use web::{Page, T, Ui};

struct Line {
    cycle: Cycle,
    /// Of the reader's own branches, with their names.
    sheets: Vec<(SheetId, String)>,
}

#[derive(Template)]
#[template(path = "cycle/list.html")]
struct List {
    t: T,
    lines: Vec<Line>,
    withdrawn: Vec<Withdrawn>,
    /// The reader has a branch of their own; a committee has none.
    own: bool,
    may_open: bool,
}

pub async fn page(grant: Grant<CycleRead>, ui: Ui) -> web::Result<Page> {
    let (g, homes) = (grant.clone(), grant.also::<SheetRead>().map(|g| g.homes()).unwrap_or_default());
    let cycles = store::all(&ui.db).await?;
    let (lines, withdrawn) = ui
        .db
        .read(async move |tx| {
            let mut lines = Vec::new();
            for c in &cycles {
                if let Ok(cycle) = store::one(tx, &g, c.id).await {
                    let mut sheets = Vec::new();
                    for org in &homes {
                        sheets.extend(of_org(tx, c.id, *org).await?.map(|s| (s.id, s.name)));
                    }
                    lines.push(Line { cycle, sheets });
                }
            }
            let mut withdrawn = Vec::new();
            let posts: Vec<_> = g.posts().iter().map(|h| h.path.clone()).collect();
            for cycle in store::withdrawn(tx).await? {
                let root = tree::node(tx, cycle.root).await?.path;
                if posts.iter().any(|p| p.as_ref().is_none_or(|p| p.covers(&root) || root.covers(p))) {
                    withdrawn.push(cycle);
                }
            }
            Ok((lines, withdrawn))
        })
        .await?;
    let may_open = grant.also::<CycleLead>().is_some();
    ui.page(
        "assessment/cycle/list.html",
        "menu-assessment",
        List { t: ui.t, own: lines.iter().any(|l| !l.sheets.is_empty()), lines, withdrawn, may_open },
    )
    .await
}

//! 搜索: organisations and members by name, pinyin, initials and code, what slices above find, and the product's own pages,
//! within one's own scope.
mod above;
mod pages;

pub use above::{Finder, Finders, FoundLine};

use crate::MemberRead;
use access::{Grant, Permission, SignedIn};
use askama::Template;
use db::Tx;
use kernel::OrgId;
use organisations::OrganisationRead;
use search::{Hit, Sight, find};
use serde::Deserialize;
use std::collections::HashMap;
use web::{Asked, Errors, FormFields, Page, T, Ui};

const MOST: usize = 50;
/// Longer queries find nothing more.
const LONGEST: usize = 40;

#[derive(Deserialize, Default)]
pub struct Query {
    q: Option<String>,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct Found {
    t: T,
    /// To find by ID number; for those who read a register.
    form: Option<FormFields>,
    q: String,
    hits: Vec<Hit>,
    lines: Vec<FoundLine>,
    most: usize,
    /// There may be more than are shown.
    full: bool,
    errors: Errors,
}

/// Whoever may read neither organisations nor members finds nothing rather than being refused.
pub async fn page(grant: Grant<SignedIn>, ui: Ui, Asked(query): Asked<Query>) -> web::Result<Page> {
    shown(&grant, &ui, query, Errors::none()).await
}

/// The page; `errors` are those of the form by ID number, which does not repeat what was typed.
///
/// # Errors
/// The engine's own.
pub async fn shown<P: Permission>(grant: &Grant<P>, ui: &Ui, query: Query, errors: Errors) -> web::Result<Page> {
    let q: String = query.q.unwrap_or_default().trim().chars().take(LONGEST).collect();
    let mut sights = Vec::new();
    sights.extend(grant.also::<OrganisationRead>().map(|g| Sight::of("organisation", &g)));
    sights.extend(grant.also::<MemberRead>().map(|g| Sight::of("member", &g)));
    let asked = q.clone();
    let hits = match q.is_empty() {
        true => Vec::new(),
        false => ui.db.read(async move |tx| found(tx, &asked, &sights).await).await?,
    };
    let mut lines = pages::pages(ui, &q);
    if let (Ok(all), false) = (ui.app.shared::<Finders>(), q.is_empty()) {
        lines.extend(all.find(&ui.db, ui.t, ui.caller(), &q).await?);
    }
    let form = grant.also::<MemberRead>().map(|_| ui.form());
    let body = Found { t: ui.t, form, q, full: hits.len() == MOST, hits, lines, most: MOST, errors };
    ui.page("members/search/page.html", "search-title", body).await
}

/// Hits with the branch of each person: several bear one name.
async fn found(tx: &mut Tx<'_>, asked: &str, sights: &[Sight]) -> db::Result<Vec<Hit>> {
    let mut hits = find(tx, asked, sights, MOST).await?;
    let mut orgs: Vec<OrgId> = hits.iter().filter(|hit| hit.kind == "member").map(|hit| hit.org).collect();
    orgs.sort();
    orgs.dedup();
    let named: HashMap<OrgId, String> = organisations::named(tx, &orgs).await?.into_iter().map(|org| (org.id, org.name)).collect();
    for hit in hits.iter_mut().filter(|hit| hit.kind == "member") {
        hit.subtitle = named.get(&hit.org).cloned().unwrap_or_default();
    }
    Ok(hits)
}

//! /orgs: the list with its chips, what a search finds in it, and the tree.
use super::kind::OrgKind;
use super::listing::{self, Asked as Wanted, COUNTED, Filter};
use super::store::Organisation;
use super::tree_view::{self, Branching};
use crate::{OrganisationRead, OrganisationWrite};
use access::Grant;
use askama::Template;
use kernel::OrgId;
use search::Sight;
use serde::Deserialize;
use web::{Asked, Page, Pager, T, Ui};

pub const PAGE: i64 = 50;
/// Longer queries find nothing more.
const LONGEST: usize = 40;

/// `?view=list|tree&f=&q=&after=&open=&on=`
#[derive(Deserialize, Default, Clone)]
pub struct Query {
    pub view: Option<String>,
    pub f: Option<String>,
    pub q: Option<String>,
    pub after: Option<String>,
    /// In the tree: the organisation whose children are shown.
    pub open: Option<String>,
    /// In the tree: the day.
    pub on: Option<String>,
    /// Of its file.
    pub format: Option<String>,
}

impl Query {
    /// What is searched for; nothing is the list.
    pub fn sought(&self) -> String {
        self.q.as_deref().unwrap_or_default().trim().chars().take(LONGEST).collect()
    }
}

struct Chip {
    f: Filter,
    n: String,
}

struct Line {
    id: OrgId,
    name: String,
    code: String,
    kind: &'static str,
    category: String,
}

#[derive(Template)]
#[template(path = "organisation/list.html")]
struct List {
    t: T,
    chips: Vec<Chip>,
    f: Filter,
    q: String,
    rows: Vec<Line>,
    tree: Option<Branching>,
    pager: Pager,
    may_write: bool,
    /// What it is limited to, in words.
    limits: Vec<String>,
    /// Its files; none of the tree.
    export: Option<String>,
}

pub async fn page(grant: Grant<OrganisationRead>, ui: Ui, Asked(query): Asked<Query>) -> web::Result<Page> {
    let q = query.sought();
    let (f, in_tree) = (Filter::parse(query.f.as_deref()), query.view.as_deref() == Some("tree"));
    let mut body = List {
        t: ui.t,
        chips: Vec::new(),
        f,
        q: q.clone(),
        rows: Vec::new(),
        tree: None,
        pager: Pager::default(),
        limits: vec![asked(ui.t, f, &q)],
        may_write: ui.caller().holds::<OrganisationWrite>(),
        export: if in_tree {
            None
        } else {
            serde_urlencoded::to_string([("f", f.name()), ("q", &q)]).ok().map(|asked| format!("/orgs/export?{asked}"))
        },
    };
    if in_tree {
        body.tree = Some(tree_view::of(&ui, &grant, &query).await?);
    } else if q.is_empty() {
        (body.chips, body.rows, body.pager) = listed(&ui, &grant, f, query.after).await?;
    } else {
        body.rows = found(&ui, &grant, q).await?.into_iter().map(line).collect();
    }
    ui.page("organisations/organisation/list.html", "orgs-title", body).await
}

async fn listed(ui: &Ui, grant: &Grant<OrganisationRead>, f: Filter, after: Option<String>) -> web::Result<(Vec<Chip>, Vec<Line>, Pager)> {
    let wanted = Wanted { reach: grant.reach(), filter: f, after: after.unwrap_or_default(), limit: PAGE };
    let read = ui.db.read(async move |tx| {
        let mut counts = Vec::new();
        for filter in OrgKind::ALL.map(Filter::Of).into_iter().chain([Filter::Closed]) {
            let of = Wanted { filter, after: String::new(), ..wanted.clone() };
            counts.push((filter, listing::count(tx, &of).await?));
        }
        // What stands is of one kind or another.
        let standing = counts.iter().filter(|(f, _)| *f != Filter::Closed).map(|(_, n)| n).sum::<i64>().min(COUNTED);
        counts.insert(0, (Filter::Standing, standing));
        Ok((counts, listing::page(tx, &wanted).await?))
    });
    let (counts, rows) = read.await?;
    let shown = |(filter, n): &(Filter, i64)| *n > 0 || *filter == f || *filter == Filter::Standing;
    let chips = counts.into_iter().filter(shown).map(|(f, n)| Chip { f, n: number(n) }).collect();
    let last = rows.last().filter(|_| rows.len() as i64 == PAGE);
    let after = last.map(|o| format!("/orgs?f={}&after={}", f.name(), o.code));
    Ok((chips, rows.into_iter().map(line).collect(), Pager { after, ..Pager::default() }))
}

/// By name, pinyin, initials or code.
///
/// # Errors
/// The engine's own.
pub async fn found(ui: &Ui, grant: &Grant<OrganisationRead>, q: String) -> web::Result<Vec<Organisation>> {
    let sights = [Sight::of("organisation", grant)];
    let read = ui.db.read(async move |tx| {
        let hits = search::find(tx, &q, &sights, PAGE as usize).await?;
        let ids: Vec<OrgId> = hits.into_iter().map(|h| h.org).collect();
        super::store::named(tx, &ids).await
    });
    Ok(read.await?)
}

/// What the list or the search is limited to.
pub fn asked(t: T, f: Filter, q: &str) -> String {
    if q.is_empty() { t.text(f.text()).to_string() } else { t.text("org-asked").with("q", q).to_string() }
}

fn line(o: Organisation) -> Line {
    Line { id: o.id, name: o.name, code: o.code, kind: OrgKind::parse(&o.kind).map_or("org-type-631", OrgKind::text), category: o.category }
}

/// Beyond what is counted it is 999+.
fn number(n: i64) -> String {
    if n < COUNTED { n.to_string() } else { format!("{}+", COUNTED - 1) }
}

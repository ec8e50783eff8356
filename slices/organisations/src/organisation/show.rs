//! An organisation's page: where it stands, what is below it, what higher slices know of it; today or on a past day.
use super::kind::OrgKind;
use super::store::{self, Organisation};
use crate::{OrganisationRead, OrganisationWrite};
use access::Grant;
use askama::Template;
use db::{Result as Read, Tx};
use kernel::{BusinessDate, Error, OrgId};
use serde::Deserialize;
use web::{Asked, At, Crumb, Moment, Page, Pager, Place, See, T, Ui};

/// Children on one page.
const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "organisation/show.html")]
struct Show {
    t: T,
    crumbs: Vec<Crumb>,
    org: Organisation,
    kind: &'static str,
    closed: Option<BusinessDate>,
    on: BusinessDate,
    past: bool,
    /// The first day there was, if the day asked about lies before it.
    later: Option<BusinessDate>,
    children: Vec<(OrgId, String)>,
    /// How many there are in all, and where the rest is.
    below: i64,
    pager: Pager,
    joint_units: Option<i64>,
    history: Vec<Moment>,
    panels: Vec<String>,
    may_write: bool,
    may_see_members: bool,
}

#[derive(Deserialize, Default)]
pub struct On {
    pub on: Option<String>,
    /// Where the page of children begins.
    pub after: Option<String>,
}

impl On {
    /// # Errors
    /// `date-format`.
    pub fn day(&self) -> kernel::Result<Option<BusinessDate>> {
        self.on.as_deref().filter(|d| !d.is_empty()).map(BusinessDate::parse).transpose()
    }
}

/// Everything that is read in one snapshot.
struct Found {
    /// With the name of the day.
    org: Organisation,
    /// If it was closed by then.
    closed: Option<BusinessDate>,
    since: BusinessDate,
    above: Vec<(OrgId, String)>,
    children: Vec<(OrgId, String)>,
    below: i64,
    next: Option<String>,
    joint_units: Option<i64>,
    /// By reach, not merely by permission: elsewhere the list would be a 404.
    members_seen: bool,
    history: Vec<audit::Line>,
}

/// An organisation by its id; by its code, as people type it, the way to there.
pub async fn page(
    grant: Grant<OrganisationRead>,
    ui: Ui,
    At((said,)): At<(String,)>,
    Asked(q): Asked<On>,
) -> web::Result<std::result::Result<Page, See>> {
    if let Ok(id) = OrgId::parse(&said) {
        return Ok(Ok(shown(grant, ui, id, q).await?));
    }
    let found = ui.db.read(async move |tx| {
        let org = store::by_code(tx, said.trim()).await?.ok_or_else(Error::not_found)?;
        Ok(store::one(tx, &grant, org.id).await?.0)
    });
    Ok(Err(See::to(format!("/orgs/{}", found.await?.id))))
}

async fn shown(grant: Grant<OrganisationRead>, ui: Ui, id: OrgId, q: On) -> web::Result<Page> {
    let on = q.day()?.unwrap_or_else(|| ui.today());
    let after = q.after.clone().unwrap_or_default();
    let g = grant.clone();
    let found = ui.db.read(async move |tx| find(tx, &g, id, on, &after).await).await?;
    let panels = ui.panels(Place::Organisation, &grant, id).await?;
    let mut crumbs = vec![Crumb::link(ui.t.text("orgs-title"), "/orgs")];
    crumbs.extend(found.above.iter().map(|(org, name)| Crumb::link(name, format!("/orgs/{org}"))));
    crumbs.push(Crumb::here(&found.org.name));
    let history = administration::history(&ui, &grant, found.history).await?;
    let body = Show {
        t: ui.t,
        crumbs,
        kind: OrgKind::parse(&found.org.kind).map_or("org-type-631", OrgKind::text),
        closed: found.closed,
        later: Some(found.since).filter(|since| on < *since),
        past: on != ui.today(),
        on,
        children: found.children,
        below: found.below,
        pager: Pager { after: found.next.map(|p| format!("/orgs/{id}?on={on}&after={p}")), ..Pager::default() },
        joint_units: found.joint_units,
        history,
        panels,
        may_write: grant.also::<OrganisationWrite>().is_some(),
        may_see_members: found.members_seen,
        org: found.org,
    };
    let title = body.org.name.clone();
    ui.titled("organisations/organisation/show.html", title, body).await
}

/// Names, children and ancestors are as they stood on the day; what lies above the grant's reach is not named.
async fn find(tx: &mut Tx<'_>, grant: &Grant<OrganisationRead>, id: OrgId, on: BusinessDate, after: &str) -> Read<Found> {
    let (mut org, node) = store::one(tx, grant, id).await?;
    org.name = store::name_on(tx, id, on).await?.unwrap_or(org.name);
    let (since, closed) = (tree::span(tx, id).await?.0, node.closed.filter(|day| *day <= on));
    let mut above = Vec::new();
    for up in tree::ancestors_on(tx, id, on).await?.into_iter().filter(|up| *up != id) {
        let reach = tree::node(tx, up).await?.path;
        if grant.admits(&reach).is_ok() {
            above.extend(store::name_on(tx, up, on).await?.map(|name| (up, name)));
        }
    }
    let mut children = Vec::new();
    let page = store::below(tx, id, on, after, PAGE).await?;
    let next = page.last().filter(|_| page.len() as i64 == PAGE).map(|c| c.code.clone());
    for child in page.into_iter().map(|c| c.id) {
        children.extend(store::name_on(tx, child, on).await?.map(|name| (child, name)));
    }
    let history = audit::history(tx, &format!("org:{id}"), 50).await?;
    let (below, joint_units) = (tree::children_count(tx, id, on).await?, store::joint_units(tx, id).await?);
    // The slice of members stands on this one, so its permission is known here by its code only.
    let members_seen = grant.caller().reaches_code("members.read", &node.path);
    Ok(Found { org, closed, since, above, children, below, next, joint_units, members_seen, history })
}

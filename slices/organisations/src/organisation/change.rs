//! How an organisation changes: renamed, moved, closed, each from a day on; what was before stays visible on its days.
use super::kind::OrgKind;
use super::store;
use super::{NewOrganisation, named};
use crate::OrganisationWrite;
use access::{Grant, System};
use audit::{Author, Event};
use db::{Db, Tx};
use kernel::{BusinessDate, Error, OrgId, Result};

/// Creates many at once, parents before children: one unit of work, one event. For imports and the demo, which have
/// checked who may; at most a few hundred a call.
///
/// # Errors
/// `org-code-taken`, `org-parent-closed`; then none is created.
pub async fn create_many<A: Author>(db: &Db, by: &A, all: Vec<NewOrganisation>) -> Result<usize> {
    audit::change(db, by, async move |tx| {
        for new in &all {
            place(tx, new).await?;
        }
        Ok((all.len(), Event::new("organisation.create-many", "organisations").with("count", all.len())))
    })
    .await
}

/// As [`create_many`], by the installation itself.
///
/// # Errors
/// As [`create_many`].
pub async fn found(db: &Db, by: &System, new: NewOrganisation) -> Result<OrgId> {
    let id = new.id;
    create_many(db, by, vec![new]).await.map(|_| id)
}

/// Writes one with its place in the tree and its search terms.
pub(crate) async fn place(tx: &mut Tx<'_>, new: &NewOrganisation) -> db::Result<()> {
    store::insert(tx, new).await?;
    tree::add(tx, new.id, new.parent, new.from).await?;
    index(tx, new.id, &new.code, &new.name).await
}

async fn index(tx: &mut Tx<'_>, id: OrgId, code: &str, name: &str) -> db::Result<()> {
    let href = format!("/orgs/{id}");
    let entry = search::Entry { kind: "organisation", object: id.bytes(), org: id, title: name, subtitle: code, href: &href };
    search::put(tx, &entry, &[search::Text::Name(name), search::Text::Code(code)]).await
}

/// Makes the organisation of this code what `new` says, from its day on: created, or renamed, retyped and moved.
/// Whose place and right that is has been checked.
///
/// # Errors
/// `org-cycle`, `org-move-before`, `org-parent-closed`.
pub(crate) async fn bring(tx: &mut Tx<'_>, new: NewOrganisation, with_category: bool) -> db::Result<()> {
    let Some(old) = store::by_code(tx, &new.code).await? else { return place(tx, &new).await };
    let category = if with_category { new.category.as_str() } else { old.category.as_str() };
    if old.kind != new.kind.code() || old.category != category {
        store::retype(tx, old.id, new.kind, category).await?;
    }
    if old.name != new.name {
        rename_to(tx, old.id, &old.code, &new.name, new.from).await?;
    }
    if tree::node(tx, old.id).await?.parent != new.parent {
        tree::relocate(tx, old.id, new.parent, new.from).await?;
    }
    Ok(())
}

/// The name from a day on, findable by it.
pub(crate) async fn rename_to(tx: &mut Tx<'_>, id: OrgId, code: &str, name: &str, day: BusinessDate) -> db::Result<()> {
    store::rename(tx, id, name, day).await?;
    index(tx, id, code, name).await
}

/// An organisation that a file brought in and that is taken back: as if it had never been. Its place goes first.
pub(crate) async fn erase(tx: &mut Tx<'_>, id: OrgId) -> db::Result<()> {
    search::remove(tx, "organisation", id.bytes()).await?;
    store::erase(tx, id).await
}

/// Closes the organisation of this code, unless it is closed.
///
/// # Errors
/// `org-has-children`.
pub(crate) async fn end(tx: &mut Tx<'_>, code: &str, day: BusinessDate) -> db::Result<()> {
    let Some(org) = store::by_code(tx, code).await? else { return Ok(()) };
    if tree::node(tx, org.id).await?.closed.is_none() {
        tree::close(tx, org.id, day).await?;
    }
    Ok(())
}

/// Renames from a day on.
///
/// # Errors
/// `org-name`, `name-control` at field `name`; `org-meanwhile` if it does not bear the name any more that `seen` marks
/// ([`web::seen`]); out of reach is not found.
pub async fn rename(db: &Db, grant: &Grant<OrganisationWrite>, id: OrgId, name: &str, seen: &str, day: BusinessDate) -> Result<()> {
    let (g, name, seen) = (grant.clone(), named(name)?.to_owned(), seen.to_owned());
    audit::change(db, grant, async move |tx| {
        let (org, _) = store::one(tx, &g, id).await?;
        if web::late(&seen, &[&org.name]) {
            return Err(Error::conflict("org-meanwhile").with("name", &org.name).at("name").into());
        }
        store::rename(tx, id, &name, day).await?;
        index(tx, id, &org.code, &name).await?;
        let event = Event::new("organisation.rename", format!("org:{id}")).at(id).with("day", day);
        Ok(((), event.field("name", Some(org.name), Some(name.clone()))))
    })
    .await
}

/// Moves with all below it under another parent from a day on; both within reach.
///
/// # Errors
/// `org-cycle`, `org-move-before`; out of reach is not found.
pub async fn relocate(db: &Db, grant: &Grant<OrganisationWrite>, id: OrgId, parent: OrgId, day: BusinessDate) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let (_, node) = store::one(tx, &g, id).await?;
        g.admits(&tree::node(tx, parent).await?.path)?;
        let (from, to) = tree::relocate(tx, id, Some(parent), day).await?;
        let event = Event::new("organisation.move", format!("org:{id}")).at(id).with("day", day);
        let event = event.field("parent", node.parent.map(|p| p.to_string()), Some(parent.to_string()));
        Ok(((), event.field("path", Some(from.to_string()), Some(to.to_string()))))
    })
    .await
}

/// Notes how many units a joint branch (632) covers; more than five are out of order (《条例》第五条), but are noted too.
///
/// # Errors
/// `org-joint-units` for another type, or beyond 1 to 99; out of reach is not found.
pub async fn set_joint_units(db: &Db, grant: &Grant<OrganisationWrite>, id: OrgId, units: i64) -> Result<()> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        let (org, _) = store::one(tx, &g, id).await?;
        if org.kind != OrgKind::JointBranch.code() || !(1..=99).contains(&units) {
            return Err(Error::invalid("org-joint-units").at("units").into());
        }
        let before = store::joint_units(tx, id).await?;
        store::set_joint_units(tx, id, Some(units)).await?;
        let event = Event::new("organisation.joint-units", format!("org:{id}")).at(id);
        Ok(((), event.field("joint_units", before.map(|n| n.to_string()), Some(units.to_string()))))
    })
    .await
}

/// # Errors
/// `org-close-reason` at field `reason`.
pub fn reason(text: &str) -> Result<&str> {
    kernel::reason::given(text, "org-close-reason")
}

/// Closes from a day on. What links to it stays; nothing new can be put below it.
///
/// # Errors
/// `org-has-children` while something open stands below it; out of reach is not found.
pub async fn close(db: &Db, grant: &Grant<OrganisationWrite>, id: OrgId, reason: &str, day: BusinessDate) -> Result<()> {
    let (g, reason) = (grant.clone(), self::reason(reason)?.to_owned());
    audit::change(db, grant, async move |tx| {
        store::one(tx, &g, id).await?;
        tree::close(tx, id, day).await?;
        Ok(((), Event::new("organisation.close", format!("org:{id}")).at(id).with("day", day).because(&reason)))
    })
    .await
}

//! An organisation: what it is and how it comes to be.
pub mod api;
pub mod change;
pub mod directory;
pub mod edit;
pub mod export;
pub mod kind;
pub mod list;
pub mod listing;
pub mod meant;
pub mod pages;
pub mod show;
pub mod sight;
pub mod store;
pub mod tree_view;

use crate::OrganisationWrite;
use access::Grant;
use audit::Event;
use db::Db;
use kernel::{BusinessDate, Error, OrgId, Result};
use kind::OrgKind;

/// What a new organisation is made of; parsed, so it holds only what may be stored.
#[derive(Clone, Debug)]
pub struct NewOrganisation {
    pub id: OrgId,
    pub code: String,
    pub name: String,
    pub kind: OrgKind,
    pub category: String,
    pub parent: Option<OrgId>,
    pub from: BusinessDate,
    /// How many units a joint branch covers, if it is known.
    pub joint_units: Option<i64>,
}

/// Characters of a name.
const NAME_MAX: usize = 80;

impl NewOrganisation {
    pub(crate) const CODE_MAX: usize = 64;

    /// # Errors
    /// `org-code`, `org-name` or `name-control`, each at its field.
    pub fn parse(code: &str, name: &str, kind: OrgKind, category: &str, parent: Option<OrgId>, from: BusinessDate) -> Result<Self> {
        let (code, name) = (coded(code)?, named(name)?);
        let (id, category) = (OrgId::new(), category.trim().into());
        Ok(Self { id, code: code.into(), name: name.into(), kind, category, parent, from, joint_units: None })
    }
    /// Everything that is wrong with what was typed, each at its field; [`Self::parse`] stops at the first.
    pub fn faults(code: &str, name: &str) -> Vec<Error> {
        [coded(code).err(), named(name).err()].into_iter().flatten().collect()
    }
}

/// # Errors
/// `org-code` at field `code`.
fn coded(code: &str) -> Result<&str> {
    let code = code.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    let good = !code.is_empty() && code.len() <= NewOrganisation::CODE_MAX && code.bytes().all(plain);
    if good { Ok(code) } else { Err(Error::invalid("org-code").with("value", code).at("code")) }
}

/// # Errors
/// `org-name`; `name-control` for a tab or a line break, which nobody sees in a cell; both at field `name`.
fn named(name: &str) -> Result<&str> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(Error::invalid("org-name").with("max", NAME_MAX).at("name"));
    }
    if name.chars().any(char::is_control) { Err(Error::invalid("name-control").at("name")) } else { Ok(name) }
}

/// Creates an organisation below one within the grant's reach.
///
/// # Errors
/// `org-code-taken`; `outside-scope` if the parent is not within reach.
pub async fn create(db: &Db, grant: &Grant<OrganisationWrite>, new: NewOrganisation) -> Result<OrgId> {
    let g = grant.clone();
    audit::change(db, grant, async move |tx| {
        if let Some(parent) = new.parent {
            g.admits(&tree::node(tx, parent).await?.path)?;
        } else if !g.reach().is_everything() {
            return Err(Error::denied("org-root-denied").into());
        }
        change::place(tx, &new).await?;
        let event = Event::new("organisation.create", format!("org:{}", new.id)).at(new.id).with("code", &new.code).with("name", &new.name);
        Ok((new.id, event))
    })
    .await
}

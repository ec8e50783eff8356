//! What a slice hands over to the house.
use crate::{Routes, T};
use access::{Caller, Permission, PermissionInfo};
use db::{Db, Migration};
use kernel::OrgId;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Where a higher slice may put a piece of its own on a lower slice's page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Organisation,
    Member,
}

/// A piece of a lower slice's page that a higher slice fills. It asks for its own permission and may answer nothing.
pub trait Panel: Send + Sync {
    fn place(&self) -> Place;
    /// Rendered HTML, or `None`.
    fn show(&self, db: Db, t: T, caller: Arc<Caller>, org: OrgId) -> Later<crate::Result<Option<String>>>;
}

/// Whether an object is visible to somebody, so that a refused action on it is 403 and not 404.
pub trait Sight: Send + Sync {
    /// The path of the object's own page, e.g. `/problems/{problem}`.
    fn object(&self) -> &'static str;
    /// `id` is the path's parameter as it was sent.
    fn sees(&self, db: Db, caller: Arc<Caller>, id: String) -> Later<bool>;
}

/// Groups of the main menu, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    Desk,
    Study,
    Assessment,
    Service,
    Organisation,
    Administration,
}

/// A line of the main menu, shown to those who hold its permission.
#[derive(Clone, Copy, Debug)]
pub struct MenuEntry {
    pub group: Group,
    /// Key of its text.
    pub text: &'static str,
    pub href: &'static str,
    pub icon: &'static str,
    pub permission: &'static str,
    pub everyone: bool,
}

impl MenuEntry {
    pub const fn of<P: Permission>(group: Group, text: &'static str, href: &'static str, icon: &'static str) -> Self {
        Self { group, text, href, icon, permission: P::CODE, everyone: P::EVERYONE }
    }
}

/// One slice: its routes and what the house must know of it.
pub struct Slice {
    pub routes: Routes,
    pub migrations: &'static [Migration],
    pub permissions: &'static [PermissionInfo],
    /// `(language, Fluent file)`.
    pub texts: &'static [(&'static str, &'static str)],
    pub menu: Vec<MenuEntry>,
    pub panels: Vec<Box<dyn Panel>>,
    pub sights: Vec<Box<dyn Sight>>,
    pub workers: Vec<Box<dyn jobs::Worker>>,
}

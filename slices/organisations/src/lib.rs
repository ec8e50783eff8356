//! The tree with names: organisations and their pages.
//!
//! [`import`] is the passage by which tables of this slice and of those above come in. Others may call [`organisation`] (one, within a grant) and the functions of [`store`] that it re-exports.
pub mod import;
mod organisation;

pub use organisation::change::set_joint_units;
pub use organisation::change::{create_many, found};
pub use organisation::directory::Directory;
pub use organisation::kind::OrgKind;
pub use organisation::meant::meant;
pub use organisation::store::{Organisation, below, by_code, joint, named, of_kind, one};
pub use organisation::{NewOrganisation, create};

use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

/// For another crate's statement: the code of the organisation in the named column.
#[macro_export]
macro_rules! code_of {
    ($org:literal) => {
        concat!("(SELECT o.code FROM organisation o WHERE o.id = ", $org, ")")
    };
}

/// For another crate's statement: the name it bears today.
#[macro_export]
macro_rules! name_of {
    ($org:literal) => {
        concat!("(SELECT o.name FROM organisation o WHERE o.id = ", $org, ")")
    };
}

access::permissions! {
    /// See organisations of one's subtree.
    OrganisationRead = "organisations.read";
    /// Create, rename, move and close them.
    OrganisationWrite = "organisations.write";
    /// Hand in files; what of is a matter of the kind's own permission.
    ImportUse = "organisations.import";
}

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("organisations")
            .get("/orgs", organisation::list::page)
            .get("/orgs/export", organisation::export::get)
            .get("/orgs/new", organisation::pages::new)
            .post("/orgs", organisation::pages::create)
            .get("/orgs/{org}", organisation::show::page)
            .get("/orgs/{org}/edit", organisation::edit::page)
            .post("/orgs/{org}/name", organisation::edit::rename)
            .post("/orgs/{org}/place", organisation::edit::relocate)
            .post("/orgs/{org}/closure", organisation::edit::close)
            .post("/orgs/{org}/joint-units", organisation::edit::joint_units)
            .api_get::<organisation::api::__path_organisations, _, _, _>(organisation::api::organisations)
            .api_get::<organisation::api::__path_one, _, _, _>(organisation::api::one)
            .api_get::<organisation::api::__path_children, _, _, _>(organisation::api::children)
            .merge(import::handed::routes()),
        migrations: &[
            Migration { name: "0100_organisations", sql: include_str!("../migrations/0100_organisations.sql") },
            Migration { name: "0101_imports", sql: include_str!("../migrations/0101_imports.sql") },
            Migration { name: "0102_import_files", sql: include_str!("../migrations/0102_import_files.sql") },
            Migration { name: "0103_joint_units", sql: include_str!("../migrations/0103_joint_units.sql") },
        ],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/organisations.ftl")),
            ("en", include_str!("../../../content/locales/en/organisations.ftl")),
            ("zh", include_str!("../../../content/locales/zh/imports.ftl")),
            ("en", include_str!("../../../content/locales/en/imports.ftl")),
        ],
        menu: vec![
            MenuEntry::of::<OrganisationRead>(Group::Organisation, "menu-organisations", "/orgs", "home"),
            MenuEntry::of::<ImportUse>(Group::Organisation, "imports-title", "/imports", "file"),
        ],
        panels: vec![],
        sights: vec![Box::new(organisation::sight::Seen)],
        workers: vec![],
    }
}

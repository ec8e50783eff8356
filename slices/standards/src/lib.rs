//! Regulations, rules and schemes as editions: what is asked of a branch, since when, and by which version.
//!
//! - [`edition`]: what an edition is, reading one from TOML or plain text, comparing two, which was in force; pure.
//! - [`editions`], [`schemes`]: published ones. They never change, belong to the whole installation and are read by
//!   everybody who is signed in.
//! - [`ByName`]: all of them, and a scheme's indicators, in the search.
//! - [`Bindings`]: the editions a cycle goes by (S42).
//! - [`shipped`], [`seed`]: what stands in every database.
mod bindings;
mod by_name;
pub mod edition;
pub mod editions;
mod finding;
mod intake;
mod published;
pub mod schemes;
mod seed;
pub mod shipped;

pub use bindings::{Bindings, Bound, bindings, bound};
pub use by_name::ByName;
pub use editions::{Published, Titles, titles};
pub use finding::say;
pub use schemes::judged::{Cycles, Judged, Judging};
pub use schemes::scheme;
pub use seed::seed;

use access::SignedIn;
use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// Publishes editions of regulations and standards.
    EditionPublish = "standards.edition.publish", publishes;
    /// Checks and publishes schemes.
    SchemePublish = "standards.scheme.publish", publishes;
}

pub fn slice() -> Slice {
    Slice {
        routes: schemes::routes(editions::routes(Routes::new("standards"))),
        migrations: &[Migration { name: "0120_standards", sql: include_str!("../migrations/0120_standards.sql") }],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/standards.ftl")),
            ("en", include_str!("../../../content/locales/en/standards.ftl")),
            ("zh", include_str!("../../../content/locales/zh/rules.ftl")),
            ("en", include_str!("../../../content/locales/en/rules.ftl")),
        ],
        menu: vec![MenuEntry::of::<SignedIn>(Group::Study, "menu-standards", "/standards", "book")],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

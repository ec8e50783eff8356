//! Regulations, rules and schemes as editions: what is asked of a branch, since when, and by which version.
//!
//! - [`edition`]: what an edition is, reading one from TOML or plain text, comparing two, which was in force; pure.
//! - [`editions`], [`schemes`]: published ones. They never change, belong to the whole installation and are read by
//!   everybody who is signed in.
//! - [`Bindings`]: the editions a cycle goes by (S42).
//! - [`shipped`], [`seed`]: what stands in every database.
mod bindings;
pub mod edition;
pub mod editions;
pub mod schemes;
mod seed;
pub mod shipped;

pub use bindings::{Bindings, Bound, bindings, bound};
pub use editions::Published;
pub use schemes::scheme;
pub use seed::seed;

use db::Migration;

access::permissions! {
    /// Publishes editions of regulations and standards.
    EditionPublish = "standards.edition.publish";
    /// Checks and publishes schemes.
    SchemePublish = "standards.scheme.publish";
}

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0020_standards", sql: include_str!("../migrations/0020_standards.sql") }];

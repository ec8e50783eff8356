//! Who signs in and what they may: sign-in, set-up, accounts, roles, 我的, and the desk everybody starts at.
//!
//! Others may call [`set_up()`], [`reset`], [`create_many`], [`offer_entry`]; [`Above`] is what this slice asks of
//! the slices above it.
mod above;
mod desk;
mod set_up;
mod sign_in;
mod start;

pub use above::{Above, Calendars, OrgDirectory, OrgName};
pub use set_up::SetUp;
pub use start::offer_entry;

use access::SignedIn;
use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {}

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("accounts")
            .get("/", start::pages::home)
            .get("/start", start::pages::start)
            .post("/start/{role}", start::pages::enter)
            .get("/sign-in", sign_in::pages::form)
            .post("/sign-in", sign_in::pages::sign_in)
            .get("/password", sign_in::own_password_pages::form)
            .post("/password", sign_in::own_password_pages::set)
            .post("/sign-out", sign_in::pages::sign_out)
            .get("/todo", desk::pages::todo)
            .get("/notices", desk::pages::notices),
        migrations: &[Migration { name: "0010_accounts", sql: include_str!("../migrations/0010_accounts.sql") }],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/accounts.ftl")),
            ("en", include_str!("../../../content/locales/en/accounts.ftl")),
        ],
        menu: vec![
            MenuEntry::of::<SignedIn>(Group::Desk, "todo", "/todo", "todo"),
            MenuEntry::of::<SignedIn>(Group::Desk, "notices", "/notices", "file"),
        ],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

/// Whether an error belongs to this field; templates ask it.
pub(crate) fn at(error: &Option<kernel::Error>, field: &str) -> bool {
    error.as_ref().is_some_and(|e| e.field == Some(field))
}

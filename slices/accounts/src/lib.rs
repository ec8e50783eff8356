//! Who signs in and what they may: sign-in, set-up, accounts, roles, 我的, the desk everybody starts at, and what is kept of a
//! form that has not been sent.
//!
//! Others may call [`set_up()`], [`reset`], [`create_many`] and [`create_waiting`] with [`codes_page`] and
//! [`new_accounts_page`], [`appoint`], [`offer_entry`]; [`calendar_now`]; [`Above`] is what this slice asks of
//! the slices above it.
mod above;
mod desk;
mod drafts;
mod hex;
mod me;
mod people;
mod roles;
mod second_factor;
mod set_up;
mod sign_in;
mod start;

pub use above::{Above, Calendars, OrgDirectory, OrgName, Part, Top, calendar_now};
pub use desk::{Concern, Concerning, Concerns, organisations_of, sealed};
pub use people::pages::{codes_page, new_accounts_page};
pub use people::{Issued, NewPerson, create_many, create_waiting, reset, set_disabled as set_account_disabled};
pub use roles::{appoint, end as end_role};
pub use set_up::{SetUp, SetUpInput, set_up};
pub use start::renewal::{Afterwards, Renewal};
pub use start::{Beginner, Beginning, Beginnings, offer_entry};

use access::SignedIn;
use db::Migration;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// Make accounts, renew codes, disable and enable.
    PeopleManage = "accounts.people.manage";
    /// Give and end roles.
    RolesManage = "accounts.roles.manage";
    /// Read which role may what.
    PermissionsRead = "accounts.permissions.read";
}

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("accounts")
            .get("/", start::pages::home)
            .get("/start", start::pages::start)
            .get("/start/renewal", start::renewal::page)
            .post("/start/renewal", start::renewal::begin)
            .post("/start/{role}", start::pages::enter)
            .get("/sign-in", sign_in::pages::form)
            .post("/sign-in", sign_in::pages::sign_in)
            .post("/sign-in/kept", sign_in::kept::keep)
            .get("/sign-in/code", second_factor::door_pages::form)
            .post("/sign-in/code", second_factor::door_pages::give)
            .get("/sign-in/second-factor", second_factor::door_pages::device_form)
            .post("/sign-in/second-factor", second_factor::door_pages::set)
            .get("/password", sign_in::own_password_pages::form)
            .post("/password", sign_in::own_password_pages::set)
            .post("/sign-out", sign_in::pages::sign_out)
            .post("/sign-out-everywhere", me::pages::sign_out_everywhere)
            .get("/set-up", set_up::pages::form)
            .post("/set-up", set_up::pages::code)
            .get("/set-up/installation", set_up::pages::installation_form)
            .post("/set-up/installation", set_up::pages::found)
            .get("/people", people::pages::list)
            .post("/people", people::pages::create)
            .get("/people/new", people::pages::new)
            .get("/people/{account}", people::pages::show)
            .post("/people/{account}/code", people::pages::renew)
            .post("/people/{account}/second-factor/removal", people::pages::take_second_factor)
            .post("/people/{account}/disabling", people::pages::disable)
            .post("/people/{account}/enabling", people::pages::enable)
            .get("/roles", roles::pages::list)
            .get("/roles/{account}", roles::pages::show)
            .post("/roles/{account}", roles::pages::give)
            .post("/roles/{account}/{post}/ending", roles::pages::end)
            .get("/permissions", roles::permissions_page::show)
            .get("/me", me::pages::show)
            .post("/me/sessions/{session}/ending", me::pages::end_session)
            .post("/me/tokens", me::token_pages::make)
            .post("/me/tokens/{token}/revocation", me::token_pages::revoke)
            .get("/me/password", me::password_pages::form)
            .post("/me/password", me::password_pages::change)
            .get("/me/second-factor", second_factor::own_pages::device_form)
            .post("/me/second-factor", second_factor::own_pages::set)
            .get("/me/second-factor/removal", second_factor::own_pages::off_form)
            .post("/me/second-factor/removal", second_factor::own_pages::switch_off)
            .get("/me/recovery-codes", second_factor::own_pages::codes_form)
            .post("/me/recovery-codes", second_factor::own_pages::renew_codes)
            .get("/todo", desk::pages::todo)
            .get("/notices", desk::pages::notices)
            .get("/drafts", drafts::pages::offer)
            .post("/drafts", drafts::pages::keep)
            .post("/drafts/forgetting", drafts::pages::forget),
        migrations: &[
            Migration { name: "0010_accounts", sql: include_str!("../migrations/0010_accounts.sql") },
            Migration { name: "0180_draft", sql: include_str!("../migrations/0180_draft.sql") },
            Migration { name: "0190_second_factor", sql: include_str!("../migrations/0190_second_factor.sql") },
        ],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/accounts.ftl")),
            ("en", include_str!("../../../content/locales/en/accounts.ftl")),
        ],
        menu: vec![
            MenuEntry::of::<SignedIn>(Group::Desk, "todo", "/todo", "todo"),
            MenuEntry::of::<SignedIn>(Group::Desk, "notices", "/notices", "file"),
            MenuEntry::of::<PeopleManage>(Group::Administration, "accounts-title", "/people", "me"),
            MenuEntry::of::<RolesManage>(Group::Administration, "roles-title", "/roles", "flag"),
            MenuEntry::of::<PermissionsRead>(Group::Administration, "permissions-title", "/permissions", "book"),
        ],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

/// 422 shows a form again with what was typed.
pub(crate) fn status(errors: &web::Errors) -> web::StatusCode {
    if errors.is_empty() { web::StatusCode::OK } else { web::StatusCode::UNPROCESSABLE_ENTITY }
}

//! Who may. [`Grant`] is the only proof that somebody may do something, and only the gate makes one.
//!
//! A role is held at an organisation (a *post*) and reaches that subtree and nothing else. Which role holds
//! which permission is content (`content/roles.toml`); this crate sees strings only.
mod account;
mod caller;
mod device;
mod gate;
mod grant;
mod hasher;
mod holders;
mod masked;
mod origin;
mod password;
mod permission;
mod reach;
mod roles;
mod session;
mod system;
mod token;

pub use account::{
    Account, Code, NewAccount, PostLine, PostPast, accounts_at, accounts_like, by_id, by_login, by_member, create, created, end_post,
    give_post, nobody, posts_ever, posts_of, rename, renew_code, set_disabled, set_password,
};
pub use caller::{Caller, Held, Repeat};
pub use device::{Counter, Device};
pub use gate::{Cookies, Gate, cookie};
pub use grant::{Denied, Grant};
pub use hasher::{Hasher, Place};
pub use holders::{Bearer, Tenure, anybody_at_work, bearers, holders, holders_ever, installed_holders};
pub use origin::same_origin;
pub use password::PasswordRule;
pub use permission::{Permission, PermissionInfo, Public, SignedIn};
pub use reach::{Reach, Scope, first};
pub use roles::{Role, Roles};
pub use session::{IDLE_MINUTES, NewSession, SessionLine, close, close_all, open, sessions_of};
pub use system::System;
pub use token::{NewToken, TokenLine, make_token, revoke_token, tokens_of};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0003_access", sql: include_str!("../migrations/0003_access.sql") }];

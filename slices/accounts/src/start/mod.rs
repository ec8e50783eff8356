//! The first page, and in a demonstration the choice of an identity to enter with by one press.
pub mod pages;
pub mod renewal;
mod store;
mod walk;

pub use store::offer_entry;
pub use walk::{Beginner, Beginning, Beginnings};

use access::{NewSession, Public};
use audit::Event;
use db::Db;
use kernel::{AccountId, Error, Instant, Result, SessionId};

/// The identities in the order of the page, each with the page it looks at first.
pub const IDENTITIES: [(&str, &str); 9] = [
    ("committee", "/overview"),
    ("reviewer", "/todo"),
    ("deputy", "/problems"),
    ("secretary", "/todo"),
    ("member", "/assess"),
    ("inspector", "/todo"),
    ("system_administrator", "/people"),
    ("security_administrator", "/roles"),
    ("audit_administrator", "/audit"),
];

/// Enters as the demonstration's account of a role; nobody is asked for a password there.
///
/// # Errors
/// Not found if the demonstration offers no such identity.
pub async fn enter(
    db: &Db,
    grant: &access::Grant<Public>,
    role: String,
    agent: String,
    old: Option<(AccountId, SessionId)>,
) -> Result<NewSession> {
    let (new, now) = (NewSession::new()?, Instant::now());
    let session = new.clone();
    audit::change(db, grant, async move |tx| {
        let account = store::entry(tx, &role).await?.ok_or_else(Error::not_found)?;
        crate::sign_in::begin(tx, account, &new, &agent, old, now).await?;
        Ok(((), Event::new("demo.entered", format!("account:{account}")).with("role", &role)))
    })
    .await?;
    Ok(session)
}

//! The first page, and in a demonstration the choice of an identity to enter with by one press.
pub mod pages;
pub mod renewal;
mod store;
mod walk;

pub use store::offer_entry;
pub use walk::{Beginner, Beginning, Beginnings};

use crate::second_factor::Admitted;
use crate::sign_in::{Browser, begin};
use access::{NewSession, Public};
use audit::Event;
use db::Db;
use installation::Kind;
use kernel::{Error, Instant, Result};

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
pub async fn enter(db: &Db, grant: &access::Grant<Public>, role: String, kind: Kind, browser: Browser) -> Result<NewSession> {
    let (new, now) = (NewSession::new()?, Instant::now());
    let session = new.clone();
    audit::change(db, grant, async move |tx| {
        let account = store::entry(tx, &role).await?.ok_or_else(Error::not_found)?;
        begin(tx, &Admitted::to_a_demo(kind, account)?, &new, &browser, now).await?;
        Ok(((), Event::new("demo.entered", format!("account:{account}")).with("role", &role)))
    })
    .await?;
    Ok(session)
}

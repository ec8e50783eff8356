//! Set-up: founds the installation and its three administrators. It works only while nobody has an account.
//!
//! Whoever may do it proves it by a one-time code that the start prints on the console; there is no default password.
mod code;
mod input;
pub mod pages;

pub use code::SetUp;
pub use input::SetUpInput;

use crate::people::Issued;
use crate::{OrgDirectory, Top};
use access::{Code, NewAccount, PostLine, System};
use audit::Event;
use db::Db;
use installation::{Installation, Keys, Kind};
use kernel::{AccountId, Error, Instant, PostId, Result};
use std::sync::Arc;

/// The three administrators: role, and the name they sign in with.
pub const ADMINISTRATORS: [(&str, &str); 3] =
    [("system_administrator", "system"), ("security_administrator", "security"), ("audit_administrator", "audit")];

/// An administrator about to be made.
#[derive(Clone)]
struct Chosen {
    id: AccountId,
    post: PostId,
    login: &'static str,
    role: &'static str,
    name: String,
    code: Code,
}

/// Founds the installation, the organisation at its top (without one nobody could be given a role, and nobody import the
/// others) and its three administrators; answers their one-time codes, which are shown once.
///
/// # Errors
/// `set-up-done` if somebody has an account already (asked in the same transaction); `org-code` at `code`.
pub async fn set_up(db: &Db, keys: &Keys, by: &System, organisations: Arc<dyn OrgDirectory>, input: SetUpInput) -> Result<[Issued; 3]> {
    let now = Instant::now();
    let what = Installation { kind: Kind::Real, name: input.name, area: input.area, year: input.year };
    let top = (!input.code.is_empty()).then(|| Top { code: input.code, name: what.name.clone() });
    let (fingerprint, who) = (keys.fingerprint(), by.who().to_owned());
    let [a, b, c] = input.administrators;
    let [system, security, auditor] = ADMINISTRATORS;
    let chosen = [chosen(system, a, now)?, chosen(security, b, now)?, chosen(auditor, c, now)?];
    let issued = chosen.clone().map(|c| Issued::of(c.id, c.login, &c.name, &c.code));
    audit::change(db, by, async move |tx| {
        if !access::nobody(tx).await? {
            return Err(Error::conflict("set-up-done").into());
        }
        installation::found(tx, &what, &fingerprint, None).await?;
        if let Some(top) = &top {
            organisations.found(tx, top).await?;
        }
        for c in &chosen {
            access::create(tx, &NewAccount { id: c.id, login: c.login, name: &c.name, member: None, code: Some(&c.code) }, now).await?;
            let post = PostLine { id: c.post, account: c.id, role: c.role.into(), org: None, granted: now };
            access::give_post(tx, &post, &who).await?;
        }
        Ok(((), Event::new("installation.found", "installation").with("name", &what.name).with("area", &what.area)))
    })
    .await?;
    Ok(issued)
}

fn chosen((role, login): (&'static str, &'static str), name: String, now: Instant) -> Result<Chosen> {
    Ok(Chosen { id: AccountId::new(), post: PostId::new(), login, role, name, code: Code::new(now)? })
}

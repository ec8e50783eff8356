//! What one administrator's step leaves to another (三员分立): a new account waits for its role, an account whose last
//! role has been ended waits to be looked at. The administrator who watches is told of each step, and so is the other one.
use db::{Result, Tx};
use inbox::{Addressee, Notice, Todo};
use kernel::{AccountId, Instant, NoticeId, TodoId};

/// The security administrator gives the new account its role.
///
/// # Errors
/// The engine's own.
pub(crate) async fn wants_role(tx: &mut Tx<'_>, todo: TodoId, id: AccountId, name: &str, now: Instant) -> Result<()> {
    let (matter, href) = (role_matter(id), format!("/roles/{id}"));
    let (to, args) = (Addressee::Role("security_administrator"), vec![("name", name.to_owned())]);
    inbox::hand(tx, &Todo { id: todo, to, matter: &matter, key: "todo-account-role", args, href: &href, due: None, by: None }, now).await
}

/// The system administrator decides whether an account without any role is still needed.
///
/// # Errors
/// The engine's own.
pub(crate) async fn has_no_role(tx: &mut Tx<'_>, todo: TodoId, id: AccountId, now: Instant) -> Result<()> {
    let (matter, href, name) = (idle_matter(id), format!("/people/{id}"), access::by_id(tx, id).await?.name);
    inbox::settle(tx, &role_matter(id), now).await?;
    let (to, args) = (Addressee::Role("system_administrator"), vec![("name", name)]);
    inbox::hand(tx, &Todo { id: todo, to, matter: &matter, key: "todo-account-idle", args, href: &href, due: None, by: None }, now).await
}

/// A role is given: neither waits any more.
///
/// # Errors
/// The engine's own.
pub(crate) async fn has_role(tx: &mut Tx<'_>, id: AccountId, now: Instant) -> Result<()> {
    inbox::settle(tx, &role_matter(id), now).await?;
    inbox::settle(tx, &idle_matter(id), now).await
}

/// Somebody has disabled the account, or enabled it: it has been looked at.
///
/// # Errors
/// The engine's own.
pub(crate) async fn looked_at(tx: &mut Tx<'_>, id: AccountId, now: Instant) -> Result<()> {
    inbox::settle(tx, &idle_matter(id), now).await
}

/// Who is told of a step: whoever does the other half, at the account's page of theirs, and whoever audits, at the log.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    other: (NoticeId, &'static str, &'static str),
    audit: NoticeId,
}

impl Told {
    /// The security administrator has given or ended a role.
    pub(crate) fn of_role() -> Self {
        Self { other: (NoticeId::new(), "system_administrator", "/people/"), audit: NoticeId::new() }
    }
    /// The system administrator has disabled or enabled an account.
    pub(crate) fn of_account() -> Self {
        Self { other: (NoticeId::new(), "security_administrator", "/roles/"), audit: NoticeId::new() }
    }
    /// `key` is the notice's sentence, with `{ $name }`.
    ///
    /// # Errors
    /// The engine's own.
    pub(crate) async fn tell(self, tx: &mut Tx<'_>, id: AccountId, key: &'static str, now: Instant) -> Result<()> {
        let (name, (other, role, page)) = (access::by_id(tx, id).await?.name, self.other);
        for (notice, role, href) in
            [(other, role, format!("{page}{id}")), (self.audit, "audit_administrator", format!("/audit?object=account:{id}"))]
        {
            let (to, args) = (Addressee::Role(role), vec![("name", name.clone())]);
            inbox::tell(tx, &Notice { id: notice, to, key, args, href: &href }, now).await?;
        }
        Ok(())
    }
}

fn role_matter(id: AccountId) -> String {
    format!("account:{id}:role")
}

fn idle_matter(id: AccountId) -> String {
    format!("account:{id}:idle")
}

//! Giving and ending roles.
use crate::people::handover::{self, Told};
use crate::second_factor::{self, Required};
use crate::{OrgName, RolesManage};
use access::{Grant, PostLine, Roles};
use audit::Event;
use db::{Db, Tx};
use kernel::{AccountId, Error, Instant, PostId, Result, TodoId};

/// Gives a role in the caller's unit of work, if it goes with what the account holds: an administrator holds one
/// administrator's role and nothing else (三员分立). The caller's event records it.
///
/// # Errors
/// `role-unknown`; `role-incompatible` with the role already held; `post-held`.
pub async fn appoint(tx: &mut Tx<'_>, roles: &Roles, post: &PostLine, by: &str) -> db::Result<()> {
    roles.get(&post.role).ok_or_else(|| Error::invalid("role-unknown").with("role", &post.role).at("role"))?;
    for held in access::posts_of(tx, post.account).await? {
        if !roles.compatible(&held.role, &post.role) {
            return Err(Error::conflict("role-incompatible").at("role").into());
        }
    }
    access::give_post(tx, post, by).await
}

/// Gives a role at an organisation (`None`: an administrator's, at the installation). Whoever is signed in without the second
/// factor that it needs is signed out: with their next sign-in they set one.
///
/// # Errors
/// `role-own`; `role-choose`, `role-org-needed`, `role-org-none` or `role-org-type` at `org`; those of [`appoint`].
pub async fn give(
    db: &Db,
    grant: &Grant<RolesManage>,
    required: Required,
    account: AccountId,
    role: &str,
    org: Option<OrgName>,
) -> Result<()> {
    let roles = grant.caller().roles().clone();
    fits(&roles, role, org.as_ref())?;
    if grant.visitor_or_account() == Some(account) {
        return Err(Error::denied("role-own"));
    }
    let at = org.map(|o| o.id);
    let post = PostLine { id: PostId::new(), account, role: role.into(), org: at, granted: Instant::now() };
    let (by, told) = (grant.caller().name().to_owned(), Told::of_role());
    audit::change(db, grant, async move |tx| {
        access::by_id(tx, account).await?;
        appoint(tx, &roles, &post, &by).await?;
        if required.by_role(&post.role) && !second_factor::is_set(tx, account).await? {
            access::close_all(tx, account).await?;
        }
        handover::has_role(tx, account, post.granted).await?;
        told.tell(tx, account, "notice-role-given", post.granted).await?;
        let event = Event::new("role.given", format!("account:{account}")).with("role", &post.role);
        Ok(((), at.map_or(event.clone(), |org| event.at(org))))
    })
    .await
}

/// # Errors
/// `role-choose` at field `role`.
pub fn chosen(role: &str) -> Result<&str> {
    if role.is_empty() { Err(Error::invalid("role-choose").at("role")) } else { Ok(role) }
}

/// Whether a role is held at such a place.
fn fits(roles: &Roles, name: &str, org: Option<&OrgName>) -> Result<()> {
    let role = roles.get(chosen(name)?).ok_or_else(|| Error::invalid("role-unknown").with("role", name).at("role"))?;
    match org {
        Some(_) if role.is_administrator() => Err(Error::invalid("role-org-none").at("org")),
        None if !role.is_administrator() => Err(Error::invalid("role-org-needed").at("org")),
        Some(org) if !role.at.is_empty() && !role.at.contains(&org.kind) => {
            Err(Error::invalid("role-org-type").with("org", &org.name).at("org"))
        }
        _ => Ok(()),
    }
}

/// Ends a role from now on; what was done under it stays.
///
/// # Errors
/// `role-own`; not found if it does not hold now, or is not this account's.
pub async fn end(db: &Db, grant: &Grant<RolesManage>, account: AccountId, post: PostId) -> Result<()> {
    if grant.visitor_or_account() == Some(account) {
        return Err(Error::denied("role-own"));
    }
    let (now, todo, told) = (Instant::now(), TodoId::new(), Told::of_role());
    audit::change(db, grant, async move |tx| {
        let ended = access::end_post(tx, post, now).await?;
        if ended.account != account {
            return Err(Error::not_found().into());
        }
        if access::posts_of(tx, account).await?.is_empty() {
            handover::has_no_role(tx, todo, account, now).await?;
        }
        told.tell(tx, account, "notice-role-ended", now).await?;
        let event = Event::new("role.ended", format!("account:{account}")).field("role", Some(ended.role), None);
        Ok(((), ended.org.map_or(event.clone(), |org| event.at(org))))
    })
    .await
}

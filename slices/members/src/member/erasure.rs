//! 删除个人信息: whoever has left is taken out of the register, the search and the imports for good. What the branch's past needs
//! stays without them: since when there were how many members, and when a post was held.
use super::show::{Sent, shown};
use super::store;
use crate::{MemberErase, MemberRead, term};
use access::Grant;
use audit::Event;
use db::Db;
use kernel::{BusinessDate, Error, Kind, MemberId, OrgId, Result};
use serde::Deserialize;
use web::{At, Flash, Form, Page, See, StatusCode, Ui};

/// Why: 《个人信息保护法》第四十七条. It is chosen, not written, since the log is kept for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// The person asks for it.
    Asked,
    /// What they were kept for is over.
    Needless,
}

impl Ground {
    pub const ALL: [Ground; 2] = [Ground::Asked, Ground::Needless];

    pub fn name(self) -> &'static str {
        match self {
            Ground::Asked => "asked",
            Ground::Needless => "needless",
        }
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Ground::Asked => "ground-asked",
            Ground::Needless => "ground-needless",
        }
    }
    /// # Errors
    /// `member-erase-ground-missing` at field `ground`.
    pub fn parse(text: &str) -> Result<Self> {
        let missing = || Error::invalid("member-erase-ground-missing").at("ground");
        Self::ALL.into_iter().find(|g| g.name() == text).ok_or_else(missing)
    }
}

/// Erases a member, with the files' traces of them; answers the branch they were last in.
///
/// # Errors
/// `member-erase-here` while they have not left, `member-erase-account` while they can sign in; out of reach is not found.
pub async fn erase(db: &Db, grant: &Grant<MemberErase>, id: MemberId, ground: Ground, day: BusinessDate) -> Result<OrgId> {
    let g = grant.clone();
    let org = audit::change(db, grant, async move |tx| {
        let member = store::any(tx, id).await?;
        g.admits(&tree::node(tx, member.org).await?.path)?;
        if !member.has_left() {
            return Err(Error::conflict("member-erase-here").into());
        }
        if let Some(account) = access::by_member(tx, id).await?.filter(|a| a.disabled.is_none()) {
            return Err(Error::conflict("member-erase-account").with("login", account.login).into());
        }
        term::store::end_everywhere(tx, id, day).await?;
        store::forget(tx, id).await?;
        organisations::import::forget(tx, "members", &id.to_string()).await?;
        let event = Event::new("member.erase", format!("member:{id}")).at(member.org).with("ground", ground.name());
        Ok((member.org, event))
    });
    let org = org.await?;
    db.scrub().await?;
    Ok(org)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Chosen {
    ground: String,
}

/// To the list, since there is no member's page any more; a form that was refused is shown with what is in its way.
pub async fn post(
    grant: Grant<MemberErase>,
    ui: Ui,
    At((id,)): At<(MemberId,)>,
    Form(f): Form<Chosen>,
) -> web::Result<std::result::Result<See, Page>> {
    let done = match Ground::parse(&f.ground) {
        Ok(ground) => erase(&ui.db, &grant, id, ground, ui.today()).await,
        Err(e) => Err(e),
    };
    match (done, grant.also::<MemberRead>()) {
        (Ok(org), _) => Ok(Ok(See::to(format!("/orgs/{org}/members")).flash(&Flash::done("member-erased")))),
        (Err(e), Some(read)) if matches!(e.kind, Kind::Invalid | Kind::Conflict) => {
            let status = if e.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(Err(shown(&read, &ui, id, Sent::default(), e.into()).await?.status(status)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

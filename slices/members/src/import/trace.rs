//! Rosters as a kind of file on the pages, and how their import is taken back.
use super::{Members, import_members};
use crate::MemberWrite;
use crate::member::status::Status;
use crate::member::store::{self, Member};
use crate::term::store as terms;
use access::{Caller, Permission, Reach};
use db::Tx;
use kernel::{BusinessDate, Error, Instant, MemberId, OrgId, Result, TermId};
use organisations::import::{Asked, Back, Builds, Built, Importer, Own, Report, Undo, reach, take_back};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use web::Later;

/// The kind of file.
pub struct MemberFiles;

impl Importer for MemberFiles {
    fn name(&self) -> &'static str {
        "members"
    }
    fn permission(&self) -> &'static str {
        MemberWrite::CODE
    }
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach> {
        reach::<MemberWrite>(caller)
    }
    fn sample(&self) -> &'static str {
        include_str!("../../../../content/templates/members.csv")
    }
    fn bring(&self, a: Asked) -> Later<Result<Report>> {
        Box::pin(async move { import_members(&a.db, &a.by, &a.keys, &a.take).await })
    }
    fn take_back(&self) -> Option<Back> {
        Some(Box::new(|a: Asked| Box::pin(async move { take_back::<Members, _>(&a.db, &a.by, &a.take, &()).await })))
    }
}

/// An organisation with members is not taken back.
pub struct InRegister;

impl Builds for InRegister {
    fn on<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, org: OrgId) -> Built<'a> {
        Box::pin(async move { Ok(store::anybody(tx, org).await?.then_some("import-built-members")) })
    }
}

/// What a row did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// None: the row entered the member.
    pub(super) was: Option<Shape>,
    pub(super) is: Stand,
    /// The term it began.
    pub(super) term: Option<TermId>,
    /// The terms it ended.
    pub(super) ended: Vec<TermId>,
}

/// What stood in the register before, the phone sealed as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Shape {
    pub stand: Stand,
    pub phone: Option<Vec<u8>>,
}

/// A member as the register shows them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stand {
    pub id: MemberId,
    pub org: OrgId,
    pub name: String,
    pub status: String,
    pub joined: Option<BusinessDate>,
    pub id_masked: String,
    pub phone_masked: String,
    pub sort: String,
}

impl From<Member> for Stand {
    fn from(m: Member) -> Self {
        let Member { id, org, name, status, joined, id_masked, phone_masked, sort } = m;
        Self { id, org, name, status, joined, id_masked, phone_masked, sort }
    }
}

impl From<Stand> for Member {
    fn from(s: Stand) -> Self {
        let Stand { id, org, name, status, joined, id_masked, phone_masked, sort } = s;
        Self { id, org, name, status, joined, id_masked, phone_masked, sort }
    }
}

impl Undo for Members {
    type Ground = ();

    fn touched(trace: &Trace) -> [u8; 16] {
        *trace.is.id.bytes()
    }
    async fn stands(tx: &mut Tx<'_>, trace: &Trace, own: &Own, (): &()) -> db::Result<Option<Error>> {
        let (id, name) = (trace.is.id, trace.is.name.as_str());
        let changed = || Ok(Some(Error::conflict("import-undo-member").with("name", name)));
        if !store::is_there(tx, id).await? || Stand::from(store::any(tx, id).await?) != trace.is {
            return changed();
        }
        let held = terms::of_member(tx, id).await?;
        if let Some(term) = trace.term {
            let Some(served) = held.iter().find(|h| h.id == term) else { return changed() };
            // Another row of the same file may have put a successor into this post.
            if served.ended.is_some() && !terms::successors(tx, served).await?.iter().any(|m| own.contains(m.bytes())) {
                return changed();
            }
        }
        if trace.was.is_some() {
            return Ok(None);
        }
        if held.iter().any(|h| Some(h.id) != trace.term) {
            return Ok(Some(Error::conflict("import-undo-post").with("name", name)));
        }
        let account = access::by_member(tx, id).await?;
        Ok(account.map(|a| Error::conflict("import-undo-account").with("name", name).with("login", a.login)))
    }
    async fn back(tx: &mut Tx<'_>, trace: &Trace, day: BusinessDate, at: Instant, file: &str) -> db::Result<()> {
        let (id, org) = (trace.is.id, trace.is.org);
        if let Some(term) = trace.term {
            terms::erase(tx, term).await?;
        }
        for term in &trace.ended {
            terms::go_on(tx, *term).await?;
        }
        let Some(Shape { stand: was, phone }) = &trace.was else { return store::erase(tx, id).await };
        if was.org != org {
            store::relocate(tx, &trace.is.clone().into(), was.org, day).await?;
        }
        if was.status != trace.is.status {
            store::set_status(tx, id, Status::parse(&was.status)?, file, day, at).await?;
        }
        store::restore(tx, &was.clone().into(), phone.as_ref()).await
    }
}

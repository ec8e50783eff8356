//! Who makes this request, as the gate found them.
use crate::masked::{masked, unmasked};
use crate::{Grant, Permission, Roles};
use kernel::{AccountId, Error, OrgId, OrgPath, Result, SessionId};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use subtle::ConstantTimeEq;

/// A post of the caller, with today's place of its organisation (`None`: the whole installation).
#[derive(Clone, Debug)]
pub struct Held {
    pub role: String,
    pub org: Option<OrgId>,
    pub path: Option<OrgPath>,
}

/// The idempotency key a request carried, and the hash of its body.
#[derive(Clone, Debug)]
pub struct Repeat {
    pub key: String,
    pub body: [u8; 32],
}

/// One request's caller: an account, or a visitor whom nobody knows.
pub struct Caller {
    pub(crate) account: Option<AccountId>,
    pub(crate) name: String,
    pub(crate) session: Option<SessionId>,
    pub(crate) held: Vec<Held>,
    pub(crate) csrf: String,
    /// A bearer token: no cookie was involved, so there is nothing to forge.
    pub(crate) bearer: bool,
    pub(crate) roles: Arc<Roles>,
    pub(crate) repeat: OnceLock<Repeat>,
    pub(crate) changes: AtomicU32,
}

impl Caller {
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn session(&self) -> Option<SessionId> {
        self.session
    }
    pub fn posts(&self) -> &[Held] {
        &self.held
    }
    pub fn roles(&self) -> &Arc<Roles> {
        &self.roles
    }
    pub fn is_bearer(&self) -> bool {
        self.bearer
    }
    /// The token every form of this session carries in its first field: another text each time, so that the length of a
    /// compressed page tells nothing about it (BREACH).
    pub fn csrf(&self) -> String {
        masked(&self.csrf)
    }
    /// # Errors
    /// `csrf` if the form was not made for this session.
    pub fn check_csrf(&self, sent: &str) -> Result<()> {
        if self.bearer || unmasked(sent).as_bytes().ct_eq(self.csrf.as_bytes()).into() { Ok(()) } else { Err(Error::denied("csrf")) }
    }
    /// Notes the idempotency key of the request's body; the first one counts.
    pub fn set_repeat(&self, repeat: Repeat) {
        let _ = self.repeat.set(repeat);
    }
    /// The key this request carried: that of the change by which it is done.
    pub fn repeat(&self) -> Option<&Repeat> {
        self.repeat.get()
    }
    /// The key of a change that is only a part of the request, whichever others come before it.
    pub fn repeat_of(&self, part: &str) -> Option<Repeat> {
        self.repeat.get().map(|first| Repeat { key: format!("{}/{part}", first.key), body: first.body })
    }
    /// The key for the next change of this request. A request that makes several changes gives each its own.
    pub fn next_repeat(&self) -> Option<Repeat> {
        let first = self.repeat.get()?;
        let n = self.changes.fetch_add(1, Ordering::Relaxed);
        let key = if n == 0 { first.key.clone() } else { format!("{}#{n}", first.key) };
        Some(Repeat { key, body: first.body })
    }
    pub fn holds<P: Permission>(&self) -> bool {
        self.holds_code(P::CODE, P::PUBLIC, P::EVERYONE)
    }
    /// As [`Self::holds`], for a permission known by its code only (menus).
    pub fn holds_code(&self, code: &str, public: bool, everyone: bool) -> bool {
        public || (self.account.is_some() && (everyone || self.held.iter().any(|h| self.roles.holds(&h.role, code))))
    }
    /// Whether a permission known by its code only reaches an organisation: for links to what a higher slice shows.
    pub fn reaches_code(&self, code: &str, path: &OrgPath) -> bool {
        let near = |h: &Held| h.path.as_ref().is_none_or(|top| top.covers(path));
        self.account.is_some() && self.held.iter().any(|h| self.roles.holds(&h.role, code) && near(h))
    }
    /// A proof that this caller holds `P`, if they do.
    pub fn grant<P: Permission>(self: &Arc<Self>) -> Option<Grant<P>> {
        if !self.holds::<P>() {
            return None;
        }
        let held = self.held.iter().filter(|h| P::PUBLIC || P::EVERYONE || self.roles.holds(&h.role, P::CODE)).cloned().collect();
        Some(Grant::new(self.clone(), held))
    }
}

//! The proof. A handler receives one; a store function takes one and adds its scope to what it asks.
use crate::{Caller, Held, Permission};
use axum_core::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::{AccountId, Error, OrgId, OrgPath, Result};
use std::marker::PhantomData;
use std::sync::Arc;

/// Somebody may do `P` within some subtrees. Private fields: only the gate and a [`Caller`] make one.
pub struct Grant<P> {
    caller: Arc<Caller>,
    held: Arc<[Held]>,
    permission: PhantomData<fn() -> P>,
}

impl<P> Clone for Grant<P> {
    fn clone(&self) -> Self {
        Grant { caller: self.caller.clone(), held: self.held.clone(), permission: PhantomData }
    }
}

/// The subtree a list is limited to, as the two bounds of a range on paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub from: String,
    pub to: String,
    /// The subtree's top, or `None` for the whole installation.
    pub top: Option<OrgPath>,
}

impl Scope {
    fn of(path: Option<&OrgPath>) -> Scope {
        match path {
            Some(p) => Scope { from: p.as_str().into(), to: p.end(), top: Some(p.clone()) },
            None => Scope { from: "/".into(), to: "0".into(), top: None },
        }
    }
    pub fn covers(&self, path: &OrgPath) -> bool {
        self.top.as_ref().is_none_or(|top| top.covers(path))
    }
}

impl<P: Permission> Grant<P> {
    pub(crate) fn new(caller: Arc<Caller>, held: Vec<Held>) -> Self {
        Grant { caller, held: held.into(), permission: PhantomData }
    }
    pub fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }
    /// Whose grant it is. A public grant may be a visitor's: then `None`.
    pub fn visitor_or_account(&self) -> Option<AccountId> {
        self.caller.account
    }
    /// Whose grant it is.
    ///
    /// # Errors
    /// `sign-in` on a public grant of a visitor; never otherwise.
    pub fn account(&self) -> Result<AccountId> {
        self.caller.account.ok_or_else(|| Error::new(kernel::Kind::SignIn, "sign-in"))
    }
    /// The posts that give this permission.
    pub fn posts(&self) -> &[Held] {
        &self.held
    }
    /// Whether an object standing at `path` is within reach; the answer to "no" is the same as to "missing".
    ///
    /// # Errors
    /// `outside-scope` (shown as not found).
    pub fn admits(&self, path: &OrgPath) -> Result<()> {
        let within = self.held.iter().any(|h| h.path.as_ref().is_none_or(|top| top.covers(path)));
        if within { Ok(()) } else { Err(Error { key: "outside-scope", ..Error::not_found() }) }
    }
    /// The subtree lists show unless asked for less: the widest this permission is held at.
    pub fn scope(&self) -> Scope {
        let widest = self.held.iter().min_by_key(|h| h.path.as_ref().map_or(0, OrgPath::depth));
        Scope::of(widest.and_then(|h| h.path.as_ref()))
    }
    /// A list limited to the subtree of `path`.
    ///
    /// # Errors
    /// `outside-scope` if that is not within reach.
    pub fn within(&self, path: &OrgPath) -> Result<Scope> {
        self.admits(path).map(|()| Scope::of(Some(path)))
    }
    /// The organisation of the widest post, where pages start.
    pub fn home(&self) -> Option<OrgId> {
        self.held.iter().min_by_key(|h| h.path.as_ref().map_or(0, OrgPath::depth)).and_then(|h| h.org)
    }
    /// The same person under another permission, if they hold it.
    pub fn also<Q: Permission>(&self) -> Option<Grant<Q>> {
        self.caller.grant()
    }
    /// The post whose reach covers `path`; the audit names its role and organisation.
    pub fn post_for(&self, path: Option<&OrgPath>) -> Option<&Held> {
        let covering = |h: &&Held| path.is_none_or(|p| h.path.as_ref().is_none_or(|top| top.covers(p)));
        self.held.iter().find(covering).or_else(|| self.held.first())
    }
}

/// A refusal on its way to the one place that turns errors into words (`web::error`).
#[derive(Debug)]
pub struct Denied(pub Error);

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let mut response = StatusCode::FORBIDDEN.into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

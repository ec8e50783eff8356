//! The proof. A handler receives one; a store function takes one and adds its reach to what it asks.
use crate::{Caller, Held, Permission, Reach};
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
    /// What lists show unless asked for less: exactly the places of which [`Self::admits`] says yes.
    pub fn reach(&self) -> Reach {
        Reach::of(self.held.iter().map(|h| h.path.clone()))
    }
    /// A list limited to the subtree of `path`.
    ///
    /// # Errors
    /// `outside-scope` if that is not within reach.
    pub fn within(&self, path: &OrgPath) -> Result<Reach> {
        self.admits(path).map(|()| Reach::of([Some(path.clone())]))
    }
    /// The organisation of the widest post, where pages start.
    pub fn home(&self) -> Option<OrgId> {
        self.held.iter().min_by_key(|h| h.path.as_ref().map_or(0, OrgPath::depth)).and_then(|h| h.org)
    }
    /// The organisations of the posts in the order of their paths, of which none stands below another; none for whoever
    /// reaches the whole installation.
    pub fn homes(&self) -> Vec<OrgId> {
        let post = |top: &OrgPath| self.held.iter().find(|h| h.path.as_ref() == Some(top));
        self.reach().tops().filter_map(|top| post(top)?.org).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Roles;
    use proptest::prelude::*;

    crate::permissions! { Read = "test.read"; }

    fn grant(posts: &[Option<String>]) -> Grant<Read> {
        let held =
            |path: &Option<String>| Held { role: "reader".into(), org: None, path: path.as_deref().map(|p| OrgPath::parse(p).unwrap()) };
        let text = "[reader]\nkind = \"business\"\npermissions = [\"test.read\"]\n";
        let caller = Arc::new(Caller {
            account: Some(AccountId::new()),
            name: String::new(),
            session: None,
            held: posts.iter().map(held).collect(),
            csrf: String::new(),
            bearer: false,
            roles: Arc::new(Roles::parse(text, PERMISSIONS).unwrap()),
            repeat: std::sync::OnceLock::new(),
            changes: std::sync::atomic::AtomicU32::new(0),
        });
        caller.grant::<Read>().unwrap()
    }

    /// A place of a small tree, so that posts often lie within each other; 1 and 11 begin alike.
    fn place() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!["1", "2", "11"]), 1..4).prop_map(|steps| format!("/{}/", steps.join("/")))
    }
    fn post() -> impl Strategy<Value = Option<String>> {
        prop_oneof![1 => Just(None), 12 => place().prop_map(Some)]
    }

    proptest! {
        #[test]
        fn the_reach_is_what_is_admitted_by_the_fewest_ranges(posts in prop::collection::vec(post(), 1..6), asked in place()) {
            let (grant, path) = (grant(&posts), OrgPath::parse(&asked).unwrap());
            // The oracle reads the posts as texts, one by one.
            let expected = posts.iter().any(|p| p.as_ref().is_none_or(|top| asked.starts_with(top.as_str())));
            let reach = grant.reach();
            let ranges: Vec<(&str, &str)> = reach.scopes().iter().map(|s| (s.from.as_str(), s.to.as_str())).collect();
            prop_assert_eq!(grant.admits(&path).is_ok(), expected);
            prop_assert_eq!(reach.covers(&path), expected);
            prop_assert_eq!(grant.within(&path).is_ok(), expected);
            // In exactly one range if admitted, in none otherwise: nothing is listed or counted twice.
            prop_assert_eq!(ranges.iter().filter(|(from, to)| *from <= asked.as_str() && asked.as_str() < *to).count(), usize::from(expected));
            prop_assert!(ranges.windows(2).all(|w| w[0].1 <= w[1].0), "{:?}", ranges);
            // No range could be left out, and each begins at a post.
            let tops: std::collections::HashSet<_> = posts.iter().map(|p| p.as_deref().unwrap_or("/")).collect();
            prop_assert!(ranges.iter().all(|(from, _)| tops.contains(from)));
            let lone = |a: &str| tops.iter().all(|b| a == *b || !a.starts_with(*b));
            prop_assert_eq!(ranges.len(), tops.iter().filter(|t| lone(t)).count());
        }
    }
}

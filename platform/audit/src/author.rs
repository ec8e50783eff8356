//! Whose change it is: a person with a grant, or the installation itself.
use access::{Caller, Grant, Permission, Repeat, System};
use kernel::AccountId;

/// What the event says of its author, taken before the unit of work.
#[derive(Clone, Debug)]
pub struct Identity {
    pub account: Option<AccountId>,
    /// A person's name, `os:root`, `job:import` or `visitor`.
    pub name: String,
    /// The role and organisation by which it was done.
    pub post: Option<(String, Option<String>)>,
    pub session: Option<String>,
    pub permission: &'static str,
}

/// A proof from which an event's author can be told.
pub trait Author {
    fn identity(&self) -> Identity;
    /// The name that rows of history carry.
    fn name(&self) -> String;
    /// Whose request it is; `None` for what nobody has asked for over the web.
    fn caller(&self) -> Option<&Caller> {
        None
    }
    /// The idempotency key of the change that comes now.
    fn repeat(&self) -> Option<Repeat> {
        self.caller().and_then(Caller::next_repeat)
    }
}

/// The author of a change on the way to the one by which a request is done. The request's own key must not be spent on it:
/// sent again after a cut in between, the request would be told that it was done.
pub struct Part<'a, A> {
    by: &'a A,
    name: Option<&'a str>,
}

impl<'a, A: Author> Part<'a, A> {
    /// `name` tells it from the other parts of the request, and is the same when the request comes again.
    pub fn named(by: &'a A, name: &'a str) -> Self {
        Self { by, name: Some(name) }
    }
    /// A part that, done again, finds it has nothing to do.
    pub fn unnamed(by: &'a A) -> Self {
        Self { by, name: None }
    }
}

impl<A: Author> Author for Part<'_, A> {
    fn name(&self) -> String {
        self.by.name()
    }
    fn identity(&self) -> Identity {
        self.by.identity()
    }
    fn caller(&self) -> Option<&Caller> {
        self.by.caller()
    }
    fn repeat(&self) -> Option<Repeat> {
        self.caller()?.repeat_of(self.name?)
    }
}

impl<P: Permission> Author for Grant<P> {
    fn name(&self) -> String {
        let caller = Grant::caller(self);
        if caller.account().is_some() { caller.name().into() } else { "visitor".into() }
    }
    fn identity(&self) -> Identity {
        let caller = Grant::caller(self);
        let post = self.post_for(None).filter(|_| !P::PUBLIC);
        Identity {
            account: caller.account(),
            name: self.name(),
            post: post.map(|h| (h.role.clone(), h.org.map(|o| o.to_string()))),
            session: caller.session().map(|s| s.to_string()),
            permission: P::CODE,
        }
    }
    fn caller(&self) -> Option<&Caller> {
        Some(Grant::caller(self))
    }
}

impl Author for System {
    fn name(&self) -> String {
        self.who().into()
    }
    fn identity(&self) -> Identity {
        Identity { account: None, name: self.name(), post: None, session: None, permission: "system" }
    }
}

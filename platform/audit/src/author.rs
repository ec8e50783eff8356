//! Whose change it is: a person with a grant, or the installation itself.
use access::{Grant, Permission, Repeat, System};
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
    pub repeat: Option<Repeat>,
}

/// A proof from which an event's author can be told.
pub trait Author {
    fn identity(&self) -> Identity;
    /// The name that rows of history carry.
    fn name(&self) -> String;
}

impl<P: Permission> Author for Grant<P> {
    fn name(&self) -> String {
        let caller = self.caller();
        if caller.account().is_some() { caller.name().into() } else { "visitor".into() }
    }
    fn identity(&self) -> Identity {
        let caller = self.caller();
        let post = self.post_for(None).filter(|_| !P::PUBLIC);
        Identity {
            account: caller.account(),
            name: self.name(),
            post: post.map(|h| (h.role.clone(), h.org.map(|o| o.to_string()))),
            session: caller.session().map(|s| s.to_string()),
            permission: P::CODE,
            repeat: caller.next_repeat(),
        }
    }
}

impl Author for System {
    fn name(&self) -> String {
        self.who().into()
    }
    fn identity(&self) -> Identity {
        Identity { account: None, name: self.name(), post: None, session: None, permission: "system", repeat: None }
    }
}

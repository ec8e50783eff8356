//! The installation itself acts: the command line, jobs, the start.

/// A proof that no person's request is behind a change. The audit names `who` as the actor.
#[derive(Clone, Debug)]
pub struct System {
    who: String,
}

impl System {
    /// A background job, named by its kind.
    pub fn job(kind: &str) -> Self {
        Self { who: format!("job:{kind}") }
    }
    /// A command; the actor is the operating-system user.
    pub fn command(os_user: &str) -> Self {
        Self { who: format!("os:{os_user}") }
    }
    /// Somebody who is not signed in yet (sign-in, set-up by one-time code).
    pub fn visitor() -> Self {
        Self { who: "visitor".into() }
    }
    pub fn who(&self) -> &str {
        &self.who
    }
}

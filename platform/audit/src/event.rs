//! What an event says.
use crate::author::Identity;
use kernel::{Instant, OrgId};
use serde_json::{Map, Value, json};

/// One change or export. Personal values are named, never written: `before`/`after` take non-personal fields only.
#[derive(Clone, Debug)]
pub struct Event {
    action: &'static str,
    object: String,
    org: Option<OrgId>,
    reason: Option<String>,
    before: Map<String, Value>,
    after: Map<String, Value>,
}

impl Event {
    /// `action` is `noun.verb`, `object` is `noun:id`.
    pub fn new(action: &'static str, object: impl std::fmt::Display) -> Self {
        Self { action, object: object.to_string(), org: None, reason: None, before: Map::new(), after: Map::new() }
    }
    #[must_use]
    pub fn at(mut self, org: OrgId) -> Self {
        self.org = Some(org);
        self
    }
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.into());
        self
    }
    /// A field's value before and after the change.
    #[must_use]
    pub fn field(mut self, name: &str, before: Option<String>, after: Option<String>) -> Self {
        self.before.extend(before.map(|v| (name.into(), Value::from(v))));
        self.after.extend(after.map(|v| (name.into(), Value::from(v))));
        self
    }
    /// A field's value after the change.
    #[must_use]
    pub fn with(self, name: &str, after: impl std::fmt::Display) -> Self {
        self.field(name, None, Some(after.to_string()))
    }
    pub fn action(&self) -> &'static str {
        self.action
    }
    pub fn object(&self) -> &str {
        &self.object
    }
    pub fn org(&self) -> Option<OrgId> {
        self.org
    }
    /// The canonical body: what the hash covers, and what a verifier without a database reads.
    pub(crate) fn body(&self, by: &Identity, at: Instant) -> String {
        let body = json!({
            "at": at.0,
            "account": by.account.map(|a| a.to_string()),
            "actor": by.name,
            "role": by.post.as_ref().map(|p| &p.0),
            "role_org": by.post.as_ref().and_then(|p| p.1.as_ref()),
            "session": by.session,
            "permission": by.permission,
            "action": self.action,
            "object": self.object,
            "org": self.org.map(|o| o.to_string()),
            "reason": self.reason,
            "before": self.before,
            "after": self.after,
        });
        body.to_string()
    }
}

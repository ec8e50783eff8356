//! Whose matter a line is: who holds posts at several organisations reads the organisation's name before it.
use crate::Above;
use kernel::{OrgId, Result};
use std::collections::{BTreeSet, HashMap};
use web::{T, Ui};

/// Values of a line by which its own sentence says whose it is.
const SAYS: [&str; 2] = ["org", "branch"];

/// The names that are needed; none for somebody with a single post.
#[derive(Default)]
pub(super) struct Whose(HashMap<OrgId, String>);

impl Whose {
    /// `always`: also for whoever holds one post, since what they have sent to others waits in many places.
    ///
    /// # Errors
    /// The engine's own.
    pub(super) async fn of(ui: &Ui, always: bool, orgs: impl Iterator<Item = OrgId>) -> Result<Self> {
        let held: BTreeSet<OrgId> = ui.caller().posts().iter().filter_map(|h| h.org).collect();
        let wanted: Vec<OrgId> = orgs.collect::<BTreeSet<_>>().into_iter().collect();
        let (Ok(above), true) = (ui.app.shared::<Above>(), !wanted.is_empty() && (always || held.len() > 1)) else {
            return Ok(Self::default());
        };
        let names = above.organisations.names(ui.db.clone(), wanted).await?;
        Ok(Self(names.into_iter().map(|n| (n.id, n.name)).collect()))
    }
    /// The sentence with the name before it, unless it says that itself.
    pub(super) fn named(&self, t: T, org: Option<OrgId>, args: &[(String, String)], text: String) -> String {
        let told = args.iter().any(|(name, _)| SAYS.contains(&name.as_str()));
        match org.and_then(|org| self.0.get(&org)).filter(|_| !told) {
            Some(name) => t.text("of-org").with("org", name).with("text", text).to_string(),
            None => text,
        }
    }
}

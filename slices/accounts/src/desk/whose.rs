//! Whose matter a line is: who holds posts at several organisations reads the organisation's name before it. A sentence that
//! says an organisation itself has its id, and says it by the name of today.
use crate::Above;
use kernel::{OrgId, Result};
use std::collections::{BTreeSet, HashMap};
use web::{T, Ui};

/// Values of a line by which its own sentence says whose it is.
const SAYS: [&str; 2] = [ORG, "branch"];
/// The one that is an id.
const ORG: &str = "org";

/// The names that are needed.
pub(super) struct Whose {
    names: HashMap<OrgId, String>,
    /// They stand before the lines; not for somebody with a single post.
    before: bool,
}

/// A line's organisation and the values of its sentence.
type Line = (Option<OrgId>, Vec<(String, String)>);

impl Whose {
    /// `always`: also for whoever holds one post, since what they have sent to others waits in many places.
    ///
    /// # Errors
    /// The engine's own.
    pub(super) async fn of(ui: &Ui, always: bool, lines: impl Iterator<Item = Line>) -> Result<Self> {
        let held: BTreeSet<OrgId> = ui.caller().posts().iter().filter_map(|h| h.org).collect();
        let before = always || held.len() > 1;
        let wanted: BTreeSet<OrgId> = lines.flat_map(|(org, args)| org.filter(|_| before).into_iter().chain(said(&args))).collect();
        let names = match ui.app.shared::<Above>() {
            Ok(above) if !wanted.is_empty() => above.organisations.names(ui.db.clone(), wanted.into_iter().collect()).await?,
            _ => Vec::new(),
        };
        Ok(Self { names: names.into_iter().map(|n| (n.id, n.name)).collect(), before })
    }
    /// A value as it is read; a name that was kept as one stays as it was kept.
    pub(super) fn value(&self, name: &str, value: String) -> String {
        let org = Some(&value).filter(|_| name == ORG).and_then(|id| OrgId::parse(id).ok());
        org.and_then(|org| self.names.get(&org)).cloned().unwrap_or(value)
    }
    /// The sentence with the name before it, unless it says that itself.
    pub(super) fn named(&self, t: T, org: Option<OrgId>, args: &[(String, String)], text: String) -> String {
        let told = args.iter().any(|(name, _)| SAYS.contains(&name.as_str()));
        match org.and_then(|org| self.names.get(&org)).filter(|_| self.before && !told) {
            Some(name) => t.text("of-org").with("org", name).with("text", text).to_string(),
            None => text,
        }
    }
}

fn said(args: &[(String, String)]) -> Option<OrgId> {
    args.iter().find(|(name, _)| name == ORG).and_then(|(_, id)| OrgId::parse(id).ok())
}
